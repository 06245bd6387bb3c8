/** What the API tells of its own deployment: Redis, clocks, limits, quota. */
import type { components } from '../../generated-contract.ts';
import { finding, type Finding } from '../finding.ts';

type Schemas = components['schemas'];
export type Diagnosis = Schemas['Diagnosis'];
export type AccountDiagnosis = Schemas['AccountDiagnosis'];

/** Since then with everything that the queue's scripts use. */
const OLDEST_REDIS = [6, 2] as const;
const FULL_SHARE = 0.8;
const SECOND_MS = 1_000;
const NEAR_LIMIT = 0.9;
/** As many as a new tenant with a web app, and an app, take. */
const FEW = 3;

export function checkDeployment(diagnosis: Diagnosis): Finding[] {
  const { public_url, clocks, redis, workers, limits, differences, account_events } = diagnosis;
  const { url, leads_to } = public_url;
  return [
    ...(leads_to === 'elsewhere'
      ? [finding('public_url_elsewhere', `PUBLIC_URL is ${url}, and something else answers there`)]
      : []),
    ...(leads_to === 'nowhere'
      ? [finding('public_url_unreachable', `PUBLIC_URL is ${url}, and nothing answers the API there`)]
      : []),
    ...(workers.seen ? [] : [finding('no_worker', 'no worker has given a sign of life')]),
    ...checkRedis(redis),
    ...checkClock(
      'authority',
      'the clock of Auth0 is',
      "the API's",
      clocks.authority_ms,
      clocks.tolerance_ms,
    ),
    ...checkClock('machine', 'the clock of the API is', "Redis'", clocks.api_ms, clocks.tolerance_ms),
    ...limits.flatMap(checkLimit),
    ...(differences.total === 0
      ? []
      : [
          finding(
            'differences',
            `the last comparison found ${differences.total}: ${differences.first
              .slice(0, 3)
              .map(({ what, client_id }) => `${what} ${client_id}`)
              .join(', ')}`,
          ),
        ]),
    ...(account_events.by === 'none' ? [finding('account_events_none', 'no events come from Auth0')] : []),
  ];
}

export function checkRedis(redis: Diagnosis['redis']): Finding[] {
  const {
    product,
    version,
    role,
    appendonly,
    last_append,
    maxmemory_policy,
    maxmemory = 0,
    used_memory = 0,
  } = redis;
  if (version === undefined || appendonly === undefined || maxmemory_policy === undefined)
    return [finding('redis_hidden', 'Redis does not tell its version, persistence or eviction policy')];
  return [
    ...(product === 'redis' && isOlder(version)
      ? [finding('redis_old', `Redis is ${version}, older than ${OLDEST_REDIS.join('.')}`)]
      : []),
    ...(maxmemory_policy === 'noeviction'
      ? []
      : [finding('redis_evicts', `its maxmemory-policy is ${maxmemory_policy}, not noeviction`)]),
    ...(appendonly
      ? []
      : [
          finding(
            'redis_not_appending',
            redis.snapshots === false ? 'it keeps nothing on disk' : 'it has no append-only file',
          ),
        ]),
    ...(last_append === 'failed'
      ? [finding('redis_append_failed', 'its last write to the file failed')]
      : []),
    ...(role === undefined || role === 'master' ? [] : [finding('redis_replica', `it is a ${role}`)]),
    ...(maxmemory > 0 && used_memory > maxmemory * FULL_SHARE
      ? [finding('redis_nearly_full', `it uses ${used_memory} of ${maxmemory} bytes`)]
      : []),
  ];
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST_REDIS[0] || (major === OLDEST_REDIS[0] && minor < OLDEST_REDIS[1]);
}

function checkLimit({ bucket, configured, reported }: Diagnosis['limits'][number]): Finding[] {
  if (reported === undefined || reported === configured) return [];
  const what = `AUTH0_PLAN allows ${configured} calls at once (${bucket}), Auth0 says ${reported}`;
  return [finding(reported < configured ? 'plan_too_high' : 'plan_too_low', what)];
}

/** @param aheadMs undefined: not known */
export function checkClock(
  of: 'authority' | 'machine',
  whose: string,
  other: string,
  aheadMs: number | undefined,
  toleranceMs: number,
): Finding[] {
  // `Date` has whole seconds.
  if (aheadMs === undefined || Math.abs(aheadMs) <= toleranceMs + SECOND_MS) return [];
  const seconds = Math.round(Math.abs(aheadMs) / 100) / 10;
  const what = `${whose} ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} ${other}`;
  return [finding(of === 'authority' ? 'clock_authority' : 'clock_machine', what)];
}

/** @param limit `APPLICATION_LIMIT`; undefined: not known */
export function checkAccount(
  account: AccountDiagnosis,
  { limit, toleranceMs }: { limit: number; toleranceMs: number },
): Finding[] {
  const { applications, missing_scopes, vanished_clients, clocks } = account;
  const isOfOrganizations = (scope: string) => /:organization/.test(scope);
  const [forOrganizations, others] = [
    missing_scopes.filter(isOfOrganizations),
    missing_scopes.filter((scope) => !isOfOrganizations(scope)),
  ];
  const used = `${applications.used} of ${limit} applications are used`;
  return [
    ...(applications.used >= limit
      ? [finding('applications_exhausted', used)]
      : applications.used >= Math.min(limit * NEAR_LIMIT, limit - FEW)
        ? [finding('applications_nearly_exhausted', used)]
        : []),
    ...(others.length > 0
      ? [finding('worker_scopes_missing', `the workers' client lacks ${others.join(', ')}`)]
      : []),
    ...(forOrganizations.length > 0
      ? [finding('organization_scopes_missing', `the workers' client lacks ${forOrganizations.join(', ')}`)]
      : []),
    ...(vanished_clients.total > 0
      ? [
          finding(
            'clients_vanished',
            `${vanished_clients.total === 1 ? 'a client of this API is' : `${vanished_clients.total} clients of this API are`} not in the account any more: ${vanished_clients.first
              .slice(0, 5)
              .map(
                ({ client_id, kind, tenant_id }) =>
                  `${client_id} (${KINDS[kind]}${tenant_id ? ` of ${tenant_id}` : ''})`,
              )
              .join(', ')}`,
          ),
        ]
      : []),
    ...checkClock('authority', 'the clock of Auth0 is', "the workers'", clocks.authority_ms, toleranceMs),
    ...checkClock('machine', 'the clock of the workers is', "Redis'", clocks.worker_ms, toleranceMs),
  ];
}

const KINDS = { user: 'the web app', tenant: 'an API key', app: 'a third-party app' } as const;

export function checkQuota({ exchanges }: Schemas['Budget'], quota: number): Finding[] {
  const {
    keys,
    made_this_month: made,
    expected_per_month: expected = 0,
    seconds_per_exchange: seconds,
  } = exchanges;
  if (Math.max(made, expected) <= quota) return [];
  const per = seconds === undefined ? '' : `, with one token for each ${seconds} s`;
  return [
    finding(
      'token_quota',
      `${keys} keys may use ${Math.max(made, expected)} tokens a month${per}; the plan includes ${quota}`,
    ),
  ];
}
