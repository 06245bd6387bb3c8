/** What each plan of Auth0 allows at the Management API: a token bucket for all of it, or one for each group of endpoints. */

/** Groups of endpoints that share a bucket (Auth0 docs, "Rate limit configurations"). */
export const endpointGroups = [
  'users_read',
  'users_write',
  'users_delete',
  'clients_read',
  'clients_search',
  'connections_read',
  'logs_read',
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

export type Plan = { all: Bucket } | { groups: Readonly<Record<EndpointGroup, Bucket>> };

const perSecond = (burst: number, rate: number): Bucket => ({ burst, perSecond: rate, stepMs: 1 });
const perMinute = (burst: number, rate: number): Bucket => ({ burst, perSecond: rate / 60, stepMs: 1_000 });

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
      other: perMinute(10, 150),
    },
  },
  enterprise: { all: perSecond(50, 16) },
  'enterprise-nonproduction': { all: perSecond(10, 2) },
  'private-cloud': { all: perSecond(50, 50) },
};

export const PLAN_FORMS = `${Object.keys(plans).join(', ')}, or BURST,PER_SECOND`;

/** @returns undefined for what is no plan */
export function parsePlan(text: string): Plan | undefined {
  if (Object.hasOwn(plans, text)) return plans[text];
  const [, burst, rate] = /^(\d+),(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  return Number(burst) >= 1 && Number(rate) > 0 ? { all: perSecond(Number(burst), Number(rate)) } : undefined;
}

/** The bucket that a call to this group of endpoints is paid from. */
export function bucketOf(plan: Plan, group: EndpointGroup): { name: 'all' | EndpointGroup; bucket: Bucket } {
  return 'all' in plan ? { name: 'all', bucket: plan.all } : { name: group, bucket: plan.groups[group] };
}
