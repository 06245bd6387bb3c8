import type { OrganizationGroup, RateGroup } from './rate-groups.ts';

/** A token bucket: its size and refill rate. Per-second rates are refilled every millisecond, per-minute ones every second. */
export interface Limit {
  burst: number;
  refill: number;
  per: 'second' | 'minute';
}

/** Limits of an account by its plan. Left out: unlimited. */
export interface Plan {
  name: string;
  management?: {
    /** Checked first. */
    global?: Limit;
    /** Checked in addition. Endpoint groups without a limit of their own share that of `other`, if there is one. */
    groups?: Partial<Record<RateGroup, Limit>>;
  };
  authentication?: {
    global?: Limit;
    /** `/oauth/token`, in addition. */
    token?: Limit;
    /** The key set, in addition. */
    keys?: Limit;
    /** `/userinfo`, per user. */
    userinfo?: Limit;
    registration?: Limit;
  };
  clientsMax: number;
  clientGrantsMax: number;
}

const perSecond = (burst: number, refill: number): Limit => ({ burst, refill, per: 'second' });
const perMinute = (burst: number, refill: number): Limit => ({ burst, refill, per: 'minute' });

/** Auth0 docs, "Entity limit policy". */
const FREE_ENTITIES = { clientsMax: 10, clientGrantsMax: 100 };
const SELF_SERVICE_ENTITIES = { clientsMax: 100, clientGrantsMax: 10_000 };
const ENTERPRISE_ENTITIES = { clientsMax: 100_000, clientGrantsMax: 100_000 };

/** On every plan (Auth0 docs, "Dynamic client registration" and "Rate limit configurations"). */
const EVERYWHERE = { registration: perSecond(5, 5), userinfo: perMinute(10, 5) };

/** Rows of the same tables about organizations: those of enterprise accounts, and the differences of other plans. */
const ORGANIZATIONS: Record<OrganizationGroup, Limit> = {
  organizations_read: perMinute(10, 100),
  organizations_read_by_id: perMinute(10, 100),
  organizations_read_by_name: perMinute(20, 200),
  organizations_write: perMinute(5, 150),
  organization_members_read: perMinute(40, 500),
  organization_members_write: perMinute(20, 200),
  organization_member_roles_read: perMinute(20, 200),
  organization_member_roles_write: perMinute(20, 200),
  organization_connections_read: perMinute(10, 100),
  organization_connections_write: perMinute(5, 150),
  organization_client_grants_read: perMinute(10, 100),
  organization_client_grants_write: perMinute(5, 150),
  organization_invitations_read: perMinute(20, 200),
  user_organizations_read: perMinute(40, 500),
};
const { organization_invitations_read: _sharesOther, ...OF_SELF_SERVICE } = ORGANIZATIONS;

/** Auth0 docs, "Rate limit configurations": the tables "Free", "Essentials and Professional" and "Enterprise". */
const PLANS: readonly Plan[] = [
  { name: 'off', ...ENTERPRISE_ENTITIES },
  {
    name: 'free',
    management: { global: perSecond(2, 2) },
    authentication: {
      global: perMinute(300, 300),
      token: perSecond(30, 30),
      keys: perSecond(20, 20),
      ...EVERYWHERE,
    },
    ...FREE_ENTITIES,
  },
  {
    name: 'self-service',
    management: {
      groups: {
        users_read: perMinute(40, 500),
        users_write: perMinute(20, 200),
        users_delete: perMinute(20, 200),
        logs_read: perMinute(10, 100),
        clients_read: perMinute(5, 100),
        clients_search: perMinute(5, 150),
        connections_read: perMinute(5, 50),
        ...OF_SELF_SERVICE,
        organizations_read: perMinute(5, 50),
        organizations_read_by_id: perMinute(20, 200),
        organizations_read_by_name: perMinute(10, 100),
        organizations_write: perMinute(5, 25),
        organization_members_read: perMinute(20, 200),
        organization_connections_read: perMinute(5, 50),
        organization_connections_write: perMinute(5, 25),
        other: perMinute(10, 150),
      },
    },
    authentication: { global: perSecond(25, 25), ...EVERYWHERE },
    ...SELF_SERVICE_ENTITIES,
  },
  {
    name: 'enterprise',
    management: { global: perSecond(50, 16), groups: ORGANIZATIONS },
    authentication: { global: perSecond(100, 100), ...EVERYWHERE },
    ...ENTERPRISE_ENTITIES,
  },
  {
    name: 'enterprise-nonproduction',
    management: { global: perSecond(10, 2), groups: ORGANIZATIONS },
    authentication: { global: perSecond(100, 100), ...EVERYWHERE },
    ...ENTERPRISE_ENTITIES,
  },
  {
    // Auth0 docs, "100 RPS private cloud".
    name: 'private-cloud',
    management: {
      global: perSecond(50, 50),
      groups: { ...ORGANIZATIONS, organizations_read_by_id: perMinute(40, 500) },
    },
    authentication: { global: perSecond(100, 100), ...EVERYWHERE },
    ...ENTERPRISE_ENTITIES,
  },
  // Not a plan of Auth0's: fast enough for tests, with limits that can be reached.
  { name: 'fast', management: { global: perSecond(100, 500) }, ...ENTERPRISE_ENTITIES },
];

export const PLAN_FORMS = `${PLANS.map(({ name }) => name).join(', ')} or BURST,PER_SECOND`;

/** @returns undefined when it is not a plan */
export function parsePlan(text: string): Plan | undefined {
  const known = PLANS.find(({ name }) => name === text);
  if (known) return known;
  const numbers = /^(\d+),(\d+(?:\.\d+)?)$/.exec(text);
  const [burst, refill] = [Number(numbers?.[1]), Number(numbers?.[2])];
  if (!(burst >= 1 && refill > 0)) return undefined;
  return { name: text, management: { global: perSecond(burst, refill) }, ...ENTERPRISE_ENTITIES };
}
