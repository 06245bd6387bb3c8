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
 * @returns in which its users' consents are to be known: besides those above, the one that the tenant is about to become. Who signs in there
 * before it counts has a token when it does. Those without an organization are the tenant's for home users only: guests gave them elsewhere.
 */
export function signInOrganizations(tenant: Ways): readonly SignInOrganization[] {
  const { organization, organization_id } = tenant.change_over ?? {};
  const next = organization_id ?? (organization === 'new' ? undefined : organization);
  return [...new Set([...acceptedOrganizations(tenant), ...(next === undefined ? [] : [next])])];
}

/** @returns where a person who leaves the tenant may have consented as its user; a home user also before it became an organization */
export function leftOrganizations(tenant: Ways, isHome: boolean): readonly SignInOrganization[] {
  const named = signInOrganizations(tenant).filter((one) => one !== undefined);
  return isHome ? [...named, undefined] : named;
}

export type ReadOrganizations = () => Promise<readonly SignInOrganization[]>;

/** Past memory: reads the tenant at each call. None when it is gone. */
export const organizationsIn =
  (redis: Redis, tenantId: string): ReadOrganizations =>
  async () => {
    const tenant = await readTenant(redis, tenantId);
    return tenant ? signInOrganizations(tenant) : [];
  };

/** Id of whoever consents, in one organization. Without one it is as before organizations were known here. */
export const personIn = (organization: SignInOrganization, userId: string): string =>
  organization === undefined ? userId : `${organization} ${userId}`;
