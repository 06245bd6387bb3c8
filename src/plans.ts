/** Rate limits of Auth0's plans at the Management API: an overall token bucket, buckets of groups of endpoints, or both. */

/** Groups of endpoints that share a bucket (Auth0 docs, "Rate limit configurations"). */
export const endpointGroups = [
  'users_read',
  'users_write',
  'users_delete',
  'clients_read',
  'clients_search',
  'connections_read',
  'logs_read',
  'organizations_read',
  'organizations_read_by_id',
  'organizations_read_by_name',
  'organizations_write',
  'organization_members_read',
  'organization_members_write',
  'organization_member_roles_read',
  'organization_member_roles_write',
  'organization_connections_read',
  'organization_connections_write',
  'organization_client_grants_read',
  'organization_client_grants_write',
  'organization_invitations_read',
  'user_organizations_read',
  'other',
] as const;
export type EndpointGroup = (typeof endpointGroups)[number];

/** A token bucket: `burst` calls at once, refilled at `perSecond`. */
export interface Bucket {
  burst: number;
  perSecond: number;
  /** How often tokens are added, ms: rates by the minute are refilled each second (Auth0 docs, "Rate limit policy"). */
  stepMs: 1 | 1_000;
}

type GroupBuckets = Readonly<Partial<Record<EndpointGroup, Bucket>>>;

/** A group without a bucket of its own shares the one of `other`, where there is one. */
export type Plan =
  | {
      /** Every call costs a token of it. */
      all: Bucket;
      /** Calls to these groups cost a token of their bucket, too. */
      groups?: GroupBuckets;
    }
  | { all?: undefined; groups: GroupBuckets & { other: Bucket } };

const perSecond = (burst: number, rate: number): Bucket => ({ burst, perSecond: rate, stepMs: 1 });
const perMinute = (burst: number, rate: number): Bucket => ({ burst, perSecond: rate / 60, stepMs: 1_000 });

/** Endpoints of organizations: rows of the table "Enterprise"; other plans differ in a few of them. */
const organizations = {
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
} satisfies GroupBuckets;

/** The table "Essentials and Professional" has no row for reading invitations: they count with all other endpoints. */
const { organization_invitations_read: _countsAsOther, ...selfServiceOrganizations } = organizations;

/** Auth0 docs, "Rate limit configurations": the tables "Free", "Essentials and Professional", "Enterprise", "100 RPS". */
const plans: Readonly<Record<string, Plan>> = {
  free: { all: perSecond(2, 2) },
  'self-service': {
    groups: {
      users_read: perMinute(40, 500),
      users_write: perMinute(20, 200),
      users_delete: perMinute(20, 200),
      clients_read: perMinute(5, 100),
      clients_search: perMinute(5, 150),
      connections_read: perMinute(5, 50),
      logs_read: perMinute(10, 100),
      ...selfServiceOrganizations,
      organizations_read: perMinute(5, 50),
      organizations_read_by_id: perMinute(20, 200),
      organizations_read_by_name: perMinute(10, 100),
      organizations_write: perMinute(5, 25),
      // Listed twice, as 40, 500/min and as 20, 200/min: the lower one is safe.
      organization_members_read: perMinute(20, 200),
      organization_connections_read: perMinute(5, 50),
      organization_connections_write: perMinute(5, 25),
      other: perMinute(10, 150),
    },
  },
  enterprise: { all: perSecond(50, 16), groups: organizations },
  'enterprise-nonproduction': { all: perSecond(10, 2), groups: organizations },
  'private-cloud': {
    all: perSecond(50, 50),
    groups: { ...organizations, organizations_read_by_id: perMinute(40, 500) },
  },
};

export const PLAN_FORMS = `${Object.keys(plans).join(', ')}, or BURST,PER_SECOND`;

/** @returns undefined for what is no plan */
export function parsePlan(text: string): Plan | undefined {
  if (Object.hasOwn(plans, text)) return plans[text];
  const [, burst, rate] = /^(\d+),(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  return Number(burst) >= 1 && Number(rate) > 0 ? { all: perSecond(Number(burst), Number(rate)) } : undefined;
}

export interface NamedBucket extends Bucket {
  name: 'all' | EndpointGroup;
}

/** The buckets that a call costs a token each. */
export interface CallBuckets {
  /** The overall bucket, or that of the call's group on a plan without one. Slots of it can be reserved ahead. */
  main: NamedBucket;
  /** Beside the overall bucket: that of the call's group, if it has one. Never reserved ahead of `main`. */
  beside: NamedBucket | undefined;
}

export function bucketsOf({ all, groups }: Plan, group: EndpointGroup): CallBuckets {
  const name = groups?.[group] ? group : 'other';
  const bucket = groups?.[name];
  const own = bucket && { name, ...bucket };
  if (all) return { main: { name: 'all', ...all }, beside: own };
  if (!own) throw new Error(`a plan without a bucket for ${group}`);
  return { main: own, beside: undefined };
}

/** Calls a second that a group of endpoints can make at most. */
export function rateOf(plan: Plan, group: EndpointGroup): number {
  const { main, beside } = bucketsOf(plan, group);
  return Math.min(main.perSecond, beside?.perSecond ?? Infinity);
}
