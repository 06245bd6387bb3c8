/** The tenant whose users are accessed, and how a record of the authority's is checked against it (invariant 1). */
import type { Auth0User } from '../../../src/auth0/management-users.ts';
import type { Management } from '../../../src/auth0/management.ts';
import { Problem } from '../../../src/problem.ts';
import type { SignInOrganization } from '../../../src/registry/sign-in-organizations.ts';
import type { Tenant } from '../../../src/registry/tenants.ts';
import type { CallOf } from '../../../src/relay/access.ts';
import { onFailure } from '../../failures.ts';
import type { GrantCalls } from '../own-consents.ts';
import { asSeenBy, isSharedWithOthers, standingOf, type TenantOfUsers } from '../whose-user.ts';

/** What organizations mean for users. */
export interface UserOrganizations {
  /** A tenant as it is now. */
  readTenant: (tenantId: string) => Promise<Pick<Tenant, 'organization' | 'change_over'> | undefined>;
  /** Whether people may be members of other organizations, so that memberships are read before an account is changed. */
  exist: () => Promise<boolean>;
  /** Called before a person is removed: a sign-in under way may write its mark again, which is then to be removed. */
  willLeave: (organization: string, userId: string) => Promise<void>;
  /** @returns when that was called, ms since 1970, for some minutes: longer than any change of the person lasts */
  leavingSince: (organization: string, userId: string) => Promise<number | undefined>;
  /** Deletes what the person consented to in these organizations. @returns whether there was anything */
  endConsents: (
    management: GrantCalls,
    userId: string,
    organizations: readonly SignInOrganization[],
  ) => Promise<boolean>;
}

export const WITHOUT_ORGANIZATIONS: UserOrganizations = {
  readTenant: () => Promise.resolve(undefined),
  exist: () => Promise.resolve(false),
  willLeave: () => Promise.resolve(),
  leavingSince: () => Promise.resolve(undefined),
  endConsents: () => Promise.resolve(false),
};

export interface FoundUser {
  /** As the tenant sees it. */
  user: Auth0User;
  /** As the authority has it. */
  record: Auth0User;
}

export class TenantScope {
  readonly management: Pick<Management, CallOf<'tenant-users'>>;
  readonly tenantId: string;
  readonly organizations: UserOrganizations;

  constructor(
    management: Pick<Management, CallOf<'tenant-users'>>,
    tenantId: string,
    organizations: UserOrganizations,
  ) {
    this.management = management;
    this.tenantId = tenantId;
    this.organizations = organizations;
  }

  /** The tenant as it is now. */
  async read(): Promise<TenantOfUsers> {
    const { organization, change_over } = (await this.organizations.readTenant(this.tenantId)) ?? {};
    return { id: this.tenantId, ...(organization && { organization }), ...(change_over && { change_over }) };
  }

  /** @throws Problem `not_found` */
  async find(tenant: TenantOfUsers, userId: string): Promise<FoundUser> {
    const { organization } = tenant;
    const record = await this.management.getUser(userId).catch(absentIfUnknown);
    const isSaid = record !== undefined && standingOf(tenant, record) !== 'unknown';
    // Also for an unknown id: the number of calls must not tell it from another tenant's user.
    const isMember =
      organization !== undefined &&
      !isSaid &&
      (await this.management.organizationsOf(userId)).includes(organization);
    const user = asSeenBy(tenant, record, isMember);
    if (!record || !user) throw new Problem('not_found');
    return { user, record };
  }

  /** Checks the answer to a write: with another tenant's user in it, the outcome is unknown. */
  checked(tenant: TenantOfUsers, user: Auth0User): Auth0User {
    const own = asSeenBy(tenant, user);
    if (!own)
      throw new Problem('outcome_unknown', { internal: "the authority answered with another tenant's user" });
    return own;
  }

  isShared(tenant: TenantOfUsers, record: Auth0User): Promise<boolean> {
    const { readTenant, exist } = this.organizations;
    const organizationsOf = (userId: string) => this.management.organizationsOf(userId);
    return isSharedWithOthers(tenant, record, { readTenant, exist, organizationsOf });
  }
}

/** Auth0 answers 400 for an id of an unknown format; no user has such an id. */
export const absentIfUnknown = onFailure(['not_found', 'invalid'], () => undefined);

/** For a call on a user that was read before. */
export const goneMeanwhile = onFailure('not_found', (): never => {
  throw new Problem('not_found');
});
