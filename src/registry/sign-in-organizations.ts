/**
 * In which organizations people sign in to a tenant, as `org_id` of their tokens and `organization_id` of their consents at the authority
 * say: the one place that decides it, for tokens, consents, and what is stored of them.
 */
import type { Redis } from 'ioredis';
import { acceptsNoOrganization } from './change-over.ts';
import { readTenant, type Tenant } from './tenants.ts';

/** Id of an organization, `org_…`; undefined: a sign-in without one. */
export type SignInOrganization = string | undefined;

type Ways = Pick<Tenant, 'organization' | 'change_over'>;

/** @returns those whose tokens count for the tenant now, its own first; while it changes over, that from before, too */
export function acceptedOrganizations(tenant: Ways): readonly SignInOrganization[] {
  const { organization } = tenant;
  return organization !== undefined && acceptsNoOrganization(tenant)
    ? [organization, undefined]
    : [organization];
}

/**
 * @returns in which a user's marks, consents and withdrawals are to be known: besides those above, the one that the tenant is about to
 * become. Who signs in there before it counts has a token when it does.
 */
export function signInOrganizations(tenant: Ways): readonly SignInOrganization[] {
  const { organization, organization_id } = tenant.change_over ?? {};
  const next = organization_id ?? (organization === 'new' ? undefined : organization);
  return [...new Set([...acceptedOrganizations(tenant), ...(next === undefined ? [] : [next])])];
}

export type ReadOrganizations = () => Promise<readonly SignInOrganization[]>;

/** Past memory: reads the tenant at each call. @param tenantId undefined: of no tenant, as of one that is gone */
export const organizationsIn =
  (redis: Redis, tenantId: string | undefined): ReadOrganizations =>
  async () => {
    const tenant = tenantId === undefined ? undefined : await readTenant(redis, tenantId);
    return tenant ? signInOrganizations(tenant) : WITHOUT;
  };

/** Of what no organization can be concerned with. */
export const WITHOUT: readonly SignInOrganization[] = [undefined];

/** Ids of what concerns one person in one organization. Without one they are as before organizations were known here. */
export const personIn = (organization: SignInOrganization, userId: string): string =>
  organization === undefined ? userId : `${organization} ${userId}`;
