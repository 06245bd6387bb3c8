/**
 * In which organizations people sign in to a tenant, as `org_id` of their tokens and `organization_id` of their consents at the authority
 * say: the one place that decides it, for tokens, consents, and what is stored of them.
 */
import type { Tenant } from './tenants.ts';

/** Id of an organization, `org_…`; undefined: a sign-in without one. */
export type SignInOrganization = string | undefined;

/** @returns those that count for the tenant now; while it changes over, those from before, too */
export function signInOrganizations(tenant: Pick<Tenant, 'organization'>): readonly SignInOrganization[] {
  return [tenant.organization];
}

/** Ids of what concerns one person in one organization. Without one they are as before organizations were known here. */
export const personIn = (organization: SignInOrganization, userId: string): string =>
  organization === undefined ? userId : `${organization} ${userId}`;
