/** What the doctor can find: a stable code for each, how bad it is, why it matters, and the command that repairs it. */

export type Level = 'broken' | 'warning' | 'note';

export interface Finding {
  code: Code;
  level: Level;
  what: string;
  why: string;
  fix: string;
}

const SETUP_CHECK = 'npm exec --no -- trivium setup --check';
const RECONCILE = 'with the environment of the workers: npm run reconcile -- --dry-run';
const RESTART = 'then start the API again: npm run api';

/** Level, why it matters, what repairs it. */
const catalogue = {
  // The way in
  operator_token_refused: ['broken', 'without the token nobody can administer tenants', SETUP_CHECK],
  api_unreachable: ['broken', 'nobody can call the API', 'npm run api'],
  operator_refused: [
    'broken',
    'the API takes its operators from OPERATOR_CLIENT_IDS',
    `Name the client in OPERATOR_CLIENT_IDS (api.env), ${RESTART}`,
  ],
  not_ready: [
    'broken',
    'a load balancer sends no requests to it',
    'Look into the log of the API: npm run api',
  ],
  // Metadata
  metadata_unreachable: [
    'broken',
    'third-party apps find this API by its metadata',
    'Let the proxy pass /.well-known/ to the API.',
  ],
  metadata_mismatch: [
    'broken',
    'a strict client refuses metadata that name another address than the one that it called (RFC 8414, RFC 9728)',
    `Set PUBLIC_URL (api.env) to the address that clients call, ${RESTART}`,
  ],
  metadata_incomplete: [
    'broken',
    'a strict client cannot go on without this member',
    'Let the proxy pass /.well-known/ unchanged to the API.',
  ],
  metadata_insecure: [
    'broken',
    'a strict client refuses endpoints without https',
    `Set PUBLIC_URL and AUTHORITY_URL (api.env) to https URLs, ${RESTART}`,
  ],
  metadata_cors: [
    'warning',
    'apps in browsers cannot read it',
    'Let the proxy keep Access-Control-Allow-Origin as the API sends it.',
  ],
  challenge_incomplete: [
    'warning',
    'a client that knows only the address of an operation finds the metadata by this member (RFC 9728)',
    'Let the proxy pass WWW-Authenticate unchanged.',
  ],
  public_url_elsewhere: [
    'broken',
    'what calls PUBLIC_URL reaches something else than this deployment',
    `Set PUBLIC_URL (api.env) to the address of this API, ${RESTART}`,
  ],
  public_url_unreachable: [
    'warning',
    'links and metadata name an address that the API itself does not reach; from elsewhere it may be reachable',
    'curl -i "$PUBLIC_URL/healthz"',
  ],
  // Workers and account
  no_worker: ['broken', 'nothing that touches Auth0 is done', 'npm run worker'],
  account_unreadable: [
    'broken',
    'the workers cannot use the Management API',
    `${SETUP_CHECK} (and the reason is in GET /v1/dead-letters and in the log of the workers)`,
  ],
  worker_scopes_missing: [
    'broken',
    'operations that need them fail with upstream_refused',
    'npm exec --no -- trivium setup',
  ],
  organization_scopes_missing: [
    'warning',
    'tenants cannot be organizations',
    'npm exec --no -- trivium setup',
  ],
  clients_vanished: [
    'broken',
    'their keys and apps do not work any more; a deploy tool with AUTH0_ALLOW_DELETE deletes what its files do not name',
    `${RECONCILE} (without --dry-run it repairs, what is gone after STRAY_GRACE_SECONDS; exclude clients from the deploy tool first)`,
  ],
  differences: ['warning', 'registry and account differ', RECONCILE],
  plan_too_high: [
    'broken',
    'Auth0 refuses calls that AUTH0_PLAN allows',
    'Set AUTH0_PLAN (workers.env) to the plan of the account, then start the workers again: npm run worker',
  ],
  plan_too_low: [
    'warning',
    'calls wait longer than Auth0 demands',
    'Set AUTH0_PLAN (workers.env) to the plan of the account, then start the workers again: npm run worker',
  ],
  applications_exhausted: [
    'broken',
    'no API key, app or tenant can be created',
    'Delete applications that are not used, or change the plan, and set APPLICATION_LIMIT (api.env) to its number.',
  ],
  applications_nearly_exhausted: [
    'warning',
    'soon no API key, app or tenant can be created',
    'Delete applications that are not used, or change the plan, and set APPLICATION_LIMIT (api.env) to its number.',
  ],
  token_quota: [
    'warning',
    'Auth0 meters client-credentials tokens by the month, and may bill or refuse more',
    'Raise the token lifetime of the API, up to a day: auth0 api patch "resource-servers/AUDIENCE" --data \'{"token_lifetime":86400}\'. If the plan includes more, name the number: trivium doctor --token-quota N',
  ],
  // Clocks and Redis
  clock_authority: [
    'broken',
    'new tokens are refused as not valid yet, or as expired',
    'Set the clock of this machine: timedatectl set-ntp true',
  ],
  clock_machine: [
    'warning',
    "times are compared between processes by Redis' clock, tokens by this machine's",
    'Set the clocks of this machine and of Redis: timedatectl set-ntp true',
  ],
  redis_hidden: ['warning', 'whether Redis keeps what it accepts is not known', 'redis-cli INFO'],
  redis_old: [
    'broken',
    'the queue needs commands of newer versions',
    'Update Redis to 6.2 or later, or Valkey.',
  ],
  redis_evicts: [
    'broken',
    'Redis deletes tenants, keys or jobs when its memory is full',
    'redis-cli CONFIG SET maxmemory-policy noeviction (and in its configuration)',
  ],
  redis_not_appending: [
    'broken',
    'work that was accepted is lost when Redis ends',
    'redis-cli CONFIG SET appendonly yes (and in its configuration)',
  ],
  redis_append_failed: [
    'broken',
    'Redis does not write its append-only file',
    'df -h (on the machine of Redis)',
  ],
  redis_replica: ['broken', 'a replica accepts no writes', 'Set REDIS_URL to the primary.'],
  redis_nearly_full: ['warning', 'a full Redis refuses writes', 'redis-cli CONFIG SET maxmemory … (more)'],
  // The proof
  throw_away_failed: [
    'broken',
    'what cannot be created for a proof cannot be created for a customer, either',
    SETUP_CHECK,
  ],
  left_behind: ['warning', 'it takes a place in the account', 'npm exec --no -- trivium doctor (removes it)'],
  key_token_refused: ['broken', 'tenants cannot get tokens with their keys', SETUP_CHECK],
  token_issuer: [
    'broken',
    'the API refuses the tokens',
    `Set AUTHORITY_URL (api.env) to the issuer, ${RESTART}`,
  ],
  token_audience: [
    'broken',
    'the API refuses the tokens',
    `Set AUDIENCE (api.env) to the identifier of the API, ${RESTART}`,
  ],
  token_type: [
    'broken',
    'the API refuses what is marked as another kind of token (RFC 9068)',
    'npm exec --no -- trivium setup',
  ],
  claims_missing: [
    'broken',
    'the API cannot tell whose token it is: the Action is missing, not deployed or not bound',
    'npm exec --no -- trivium setup',
  ],
  claims_not_namespaced: [
    'warning',
    'Auth0 may drop such claims, and other software may take them for its own',
    'npm exec --no -- trivium setup',
  ],
  key_refused: ['broken', 'tenants cannot call the API', SETUP_CHECK],
  principal_wrong: ['broken', 'the API takes a caller for somebody else', SETUP_CHECK],
  relay_failed: [
    'broken',
    'operations on users do not work',
    'curl -H "Authorization: Bearer $(npm exec --no -- trivium token)" URL/v1/dead-letters',
  ],
  registration_failed: ['broken', 'third-party apps cannot register', SETUP_CHECK],
  authorization_failed: ['broken', 'users cannot consent to third-party apps', SETUP_CHECK],
  sign_in_failed: ['broken', 'users cannot sign in', SETUP_CHECK],
  // What is good to know
  account_events_none: [
    'note',
    'what is changed in the dashboard of Auth0 is found by comparison only, every COMPARE_SECONDS',
    'docs/auth0-account.md',
  ],
} as const satisfies Record<string, readonly [Level, string, string]>;

export type Code = keyof typeof catalogue;

export const codes = Object.keys(catalogue);

/** @param what this time @param url of the API, where the command that repairs it calls it */
export function finding(code: Code, what: string, url = 'URL'): Finding {
  const [level, why, fix] = catalogue[code];
  return { code, level, what, why, fix: fix.replace(/\bURL\/v1\b/, () => `${url}/v1`) };
}
