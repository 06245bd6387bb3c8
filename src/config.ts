/**
 * Every setting, from the environment. All faults are found at once; the result is frozen.
 * `.env.example` is made from this table by `npm run generate`.
 */
import { isIP } from 'node:net';
import { parsePlan, PLAN_FORMS } from './plans.ts';
import type { Plan } from './plans.ts';
import { parsePolicy, parseStatementIssuers, POLICY_FORMS } from './registration-settings.ts';
import type { RegistrationPolicy, StatementIssuer } from './registration-settings.ts';

interface Setting<T> {
  /** What it is, for `.env.example`. */
  about: string;
  /** Value when unset; no default means that it must be set. */
  default?: string;
  optional?: true;
  example?: string;
  read: (text: string) => T;
}

export class ConfigFault extends Error {}

function url(text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.search || parsed.hash) {
    throw new ConfigFault('must be an http or https URL without query and fragment');
  }
  return text;
}

/** An origin-like base URL without a trailing slash. */
const baseUrl = (text: string) => url(text).replace(/\/+$/, '');

/** The issuer exactly as it stands in tokens: Auth0's ends with a slash. */
const issuerUrl = (text: string) => url(text).replace(/\/*$/, '/');

function redisUrl(text: string): string {
  if (!/^(rediss?|unix):\/\//.test(text))
    throw new ConfigFault('must start with redis://, rediss:// or unix://');
  return text;
}

function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new ConfigFault(`must be a whole number from ${min} to ${max}`);
    }
    return value;
  };
}

function oneOf<const T extends string>(...values: T[]) {
  return (text: string): T => {
    if (!(values as string[]).includes(text)) throw new ConfigFault(`must be one of ${values.join(', ')}`);
    return text as T;
  };
}

function bytes32(text: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new ConfigFault('must be 32 bytes in base64');
  return key;
}

function addressRanges(text: string): string[] {
  const ranges = text.split(',').map((range) => range.trim());
  const isRange = (range: string) => {
    const [address = '', bits = '0', ...more] = range.split('/');
    return more.length === 0 && isIP(address) > 0 && /^\d{1,3}$/.test(bits);
  };
  if (!ranges.every(isRange)) throw new ConfigFault('must be addresses or CIDR ranges, comma-separated');
  return ranges;
}

function clientIds(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim());
  return ids.filter((id) => id !== '' && id !== '-');
}

function metadataDocuments(text: string): 'on' | 'off' | 'loopback' {
  const from = oneOf('on', 'off', 'loopback')(text);
  if (from === 'loopback' && process.env['NODE_ENV'] === 'production')
    throw new ConfigFault('must not be loopback where NODE_ENV is production');
  return from;
}

function forDevelopment(text: string): boolean {
  const isOn = oneOf('true', 'false')(text) === 'true';
  if (isOn && process.env['NODE_ENV'] === 'production')
    throw new ConfigFault('must not be true where NODE_ENV is production');
  return isOn;
}

/** Parts of a second, too. */
function secondsList(text: string): number[] {
  return text.split(',').map((one) => {
    const seconds = Number(one);
    if (one.trim() === '' || !(seconds > 0 && seconds <= 604_800))
      throw new ConfigFault('must be seconds, up to a week each, comma-separated');
    return seconds;
  });
}

export interface EncryptionKeys {
  /** The id of the key that new data is sealed with. */
  current: string;
  byId: ReadonlyMap<string, Buffer>;
}

function encryptionKeys(text: string): EncryptionKeys {
  const pairs = text.split(',').map((pair) => {
    const [, id, key] = /^([A-Za-z0-9_-]{1,20}):(.+)$/.exec(pair.trim()) ?? [];
    if (!id || !key) throw new ConfigFault('must be a comma-separated list of ID:KEY');
    return [id, bytes32(key)] as const;
  });
  return { current: pairs[0]![0], byId: new Map(pairs) };
}

function plan(text: string): Plan {
  const known = parsePlan(text);
  if (!known) throw new ConfigFault(`must be one of ${PLAN_FORMS} such as 50,16`);
  return known;
}

function policy(text: string): RegistrationPolicy {
  const known = parsePolicy(text);
  if (!known) throw new ConfigFault(`must be ${POLICY_FORMS}`);
  return known;
}

function statementIssuers(text: string): StatementIssuer[] {
  const known = parseStatementIssuers(text);
  if (!known) throw new ConfigFault('must be a JSON array of {"issuer", "jwks_uri"} or {"issuer", "jwks"}');
  return known;
}

const texts = (text: string): string[] => text.split(',').map((one) => one.trim());

function host(text: string): string {
  if (text !== 'localhost' && !isIP(text)) throw new ConfigFault('must be an IP address or localhost');
  return text;
}

const everywhere = {
  REDIS_URL: {
    about: 'The Redis that API and workers share.',
    example: 'redis://127.0.0.1:6379',
    read: redisUrl,
  },
  AUTHORITY_URL: {
    about: 'The authority: the issuer in its tokens. Left out, https://AUTH0_DOMAIN/.',
    example: 'https://example.eu.auth0.com/',
    read: issuerUrl,
  },
  AUDIENCE: {
    about:
      "This API's identifier at the authority: what `aud` must name. Custom claims are namespaced with it.",
    example: 'https://api.example.com',
    read: baseUrl,
  },
  ENCRYPTION_KEYS: {
    about:
      'Keys for personal data in Redis, ID:KEY with 32 bytes in base64 each, comma-separated. The first one seals, all of them open; rotate by putting a new one in front.',
    example: 'k1:REPLACE-BY-openssl-rand--base64-32',
    read: encryptionKeys,
  },
  HASH_KEY: {
    about:
      'Key of the hashes that stand in Redis for API keys and addresses, 32 bytes in base64. With another one, every API key is checked anew.',
    example: 'REPLACE-BY-openssl-rand--base64-32',
    read: bytes32,
  },
  IMPORT_KEEP_HOURS: {
    about: 'How long the rows of a user import are kept after its end; the counts stay.',
    default: '168',
    read: wholeNumber(1, 8760),
  },
  WEBHOOKS_TO_LOOPBACK: {
    about:
      'Whether webhooks may go to this machine, with plain http, too: true or false. For development only.',
    default: 'false',
    read: forDevelopment,
  },
  LOG_LEVEL: {
    about: 'How much is logged.',
    default: 'info',
    read: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  },
} satisfies Record<string, Setting<unknown>>;

const api = {
  PORT: { about: 'Port of the API; 0: any free one.', default: '4000', read: wholeNumber(0, 65535) },
  HOST: { about: 'Address that the API listens on.', default: 'localhost', read: host },
  PUBLIC_URL: {
    about: 'Where callers reach the API. Left out, http://localhost:PORT.',
    optional: true,
    example: 'https://api.example.com',
    read: baseUrl,
  },
  API_KEY_CACHE_SECONDS: {
    about: 'How long an API key is taken as good without asking the authority again, at most.',
    default: '300',
    read: wholeNumber(1, 3600),
  },
  CLOCK_TOLERANCE_SECONDS: {
    about: "How far the authority's clock may be off.",
    default: '5',
    read: wholeNumber(0, 60),
  },
  RELAY_WAIT_SECONDS: {
    about: 'How long a relayed call waits for its outcome before it answers 202.',
    default: '10',
    read: wholeNumber(1, 60),
  },
  REQUEST_TIMEOUT_SECONDS: {
    about: 'How long a request may take to arrive.',
    default: '30',
    read: wholeNumber(1, 600),
  },
  UPLOAD_TIMEOUT_SECONDS: {
    about:
      'How long the upload of a user import may take in all. REQUEST_TIMEOUT_SECONDS is how long it may stand still.',
    default: '3600',
    read: wholeNumber(1, 86_400),
  },
  IMPORT_MAX_ROWS: {
    about: 'How many rows one user import may have.',
    default: '1000000',
    read: wholeNumber(1, 10_000_000),
  },
  IMPORT_MAX_BYTES: {
    about: 'How many bytes the upload of a user import may have, as it arrives.',
    default: '536870912',
    read: wholeNumber(1, 2 ** 40),
  },
  IMPORT_MAX_INFLATED_BYTES: {
    about: 'How many bytes an upload that is gzip may have when it is unpacked.',
    default: '1073741824',
    read: wholeNumber(1, 2 ** 40),
  },
  IMPORT_MAX_LINE_BYTES: {
    about: 'How many bytes one row of a user import may have.',
    default: '65536',
    read: wholeNumber(1, 2 ** 24),
  },
  IMPORT_JOBS_FROM_ROWS: {
    about: "From how many rows on a user import goes through Auth0's import jobs when its rows allow it.",
    default: '2000',
    read: wholeNumber(1, 10_000_000),
  },
  API_KEY_GRACE_SECONDS: {
    about:
      'How long after it was last found good an API key goes on working while the authority cannot be asked; 0: not at all.',
    default: '3600',
    read: wholeNumber(0, 86_400),
  },
  API_KEY_FAILURES_PER_CLIENT: {
    about: 'How many wrong secrets for one client id the authority is asked about in a minute.',
    default: '10',
    read: wholeNumber(1, 10_000),
  },
  API_KEY_FAILURES_PER_ADDRESS: {
    about: 'How many wrong API keys from one address (IPv6: /64) are looked at in a minute.',
    default: '60',
    read: wholeNumber(1, 100_000),
  },
  API_KEYS_PER_TENANT: {
    about:
      "How many API keys a tenant may have, unless the operator says otherwise: each is an application of the authority's account.",
    default: '20',
    read: wholeNumber(1, 10_000),
  },
  REQUESTS_PER_MINUTE_PER_TENANT: {
    about:
      'How many requests all callers of a tenant together may make in a minute, unless its settings say otherwise.',
    default: '6000',
    read: wholeNumber(1, 1_000_000_000),
  },
  REQUESTS_PER_MINUTE_PER_PRINCIPAL: {
    about:
      'How many of those one API key, one user, or one app for one user may make, unless the settings say otherwise.',
    default: '3000',
    read: wholeNumber(1, 1_000_000_000),
  },
  IMPORTS_PER_TENANT: {
    about: 'How many user imports of a tenant may be under way at once, unless its settings say otherwise.',
    default: '10',
    read: wholeNumber(1, 1_000),
  },
  KEY_SET_REFRESH_SECONDS: {
    about:
      "How often the authority's signing keys are fetched again, so that a withdrawn one is no use any more.",
    default: '60',
    read: wholeNumber(1, 600),
  },
  KEY_SET_COOLDOWN_SECONDS: {
    about:
      "How often, at most, a token that names an unknown key has the authority's signing keys fetched again.",
    default: '10',
    read: wholeNumber(1, 300),
  },
  METADATA_DOCUMENTS: {
    about:
      'Whether apps may come by client id metadata documents: on, off, or loopback (also documents on this machine, for development only). On needs the same switched on in the Auth0 account (Settings, Advanced).',
    default: 'off',
    read: metadataDocuments,
  },
  METADATA_DOCUMENTS_PER_ADDRESS: {
    about:
      'How many client id metadata documents are fetched in a minute for one address (IPv6: /64) that asks.',
    default: '30',
    read: wholeNumber(1, 10_000),
  },
  OPERATOR_CLIENT_IDS: {
    about:
      'Client ids at the authority of whoever runs this, comma-separated: machine-to-machine clients whose tokens for this API may call the operator operations. `-`: nobody.',
    default: '-',
    read: clientIds,
  },
  REGISTRATION_POLICY: {
    about: `Who may register a third-party app: ${POLICY_FORMS}.`,
    default: 'open',
    read: policy,
  },
  SOFTWARE_STATEMENT_ISSUERS: {
    about:
      'Whose software statements are trusted: a JSON array of {"issuer", "jwks_uri"} or {"issuer", "jwks"}. Apps that bring one are approved.',
    default: '[]',
    read: statementIssuers,
  },
  NEW_APPS: {
    about:
      'What an app is that registers itself: `pending` (it works where a tenant allows it, until the operator approves it) or `approved`.',
    default: 'pending',
    read: oneOf('pending', 'approved'),
  },
  APPROVED_APPS: {
    about:
      'Whether users of a tenant that has decided nothing, neither on the app nor for all, may use approved apps: `allowed` or `denied`.',
    default: 'allowed',
    read: oneOf('allowed', 'denied'),
  },
  REGISTRATIONS_PER_ADDRESS: {
    about: 'How many apps may be registered from one address (IPv6: /64) in an hour.',
    default: '20',
    read: wholeNumber(1, 100_000),
  },
  APPLICATION_LIMIT: {
    about: 'How many applications the account at the authority may have (Auth0: 10, 100 or 100000, by plan).',
    default: '100',
    read: wholeNumber(1, 1_000_000),
  },
  APPLICATION_SHARE_OF_APPS: {
    about:
      'How much of that third-party apps may take, in percent; the rest is kept for API keys and your own applications.',
    default: '40',
    read: wholeNumber(0, 100),
  },
  OPERATOR_NAMES: {
    about:
      'Names of yours that no app should carry, comma-separated: apps with one like it are flagged and stay pending.',
    optional: true,
    example: 'Example Corp,Example',
    read: texts,
  },
  TRUSTED_PROXIES: {
    about:
      'How many proxies of yours a request passes, each of which adds to X-Forwarded-For; 0: none, and the field is not believed.',
    default: '0',
    read: wholeNumber(0, 10),
  },
  METRICS_ALLOWED_ADDRESSES: {
    about: 'From where /metrics may be read: addresses or CIDR ranges, comma-separated.',
    default: '127.0.0.0/8,::1',
    read: addressRanges,
  },
} satisfies Record<string, Setting<unknown>>;

const worker = {
  AUTH0_CLIENT_ID: {
    about: 'The client with which workers call the Management API.',
    example: 'your-client-id',
    read: String,
  },
  AUTH0_CLIENT_SECRET: { about: 'Its secret.', example: 'your-client-secret', read: String },
  AUTH0_PLAN: {
    about: `What the account allows: ${PLAN_FORMS}.`,
    default: 'free',
    read: plan,
  },
  AUDIT_KEEP_DAYS: {
    about: 'How long events stand in the audit log.',
    default: '400',
    read: wholeNumber(1, 3650),
  },
  UPKEEP_SECONDS: {
    about: 'How often API keys whose time is over are removed, and their clients at the authority deleted.',
    default: '60',
    read: wholeNumber(1, 3600),
  },
  RECONCILE_SECONDS: {
    about: 'How often clients at the authority are looked for that belong to no API key, and deleted.',
    default: '3600',
    read: wholeNumber(1, 86_400),
  },
  DEAD_APP_DAYS: {
    about: 'How old an app must be, with no living token and no living consent, to be removed.',
    default: '7',
    read: wholeNumber(1, 3650),
  },
  IDLE_CONSENT_DAYS: {
    about: 'A consent that was not used for so long is no living one any more.',
    default: '90',
    read: wholeNumber(1, 3650),
  },
  COMPARE_SECONDS: {
    about:
      'How often the registry is compared with the clients and grants at the authority, and made anew when it was lost.',
    default: '3600',
    read: wholeNumber(1, 86_400),
  },
  STRAY_GRACE_SECONDS: {
    about:
      'How long a client that only the authority or only the registry knows is told of before it is removed there.',
    default: '86400',
    read: wholeNumber(0, 2_592_000),
  },
  AUTHORITY_TIMEOUT_SECONDS: {
    about: 'How long a call to the authority may take.',
    default: '10',
    read: wholeNumber(1, 60),
  },
  WORKER_LOCK_SECONDS: {
    about:
      'How soon others take up the work of a worker that died. Shorter than a worker may stand still (a long pause of its process), work is taken from it while it lives.',
    default: '10',
    read: wholeNumber(1, 300),
  },
  WORKER_HEALTH_PORT: {
    about: "Port of a worker's own /healthz and /readyz; unset: none.",
    optional: true,
    example: '4010',
    read: wholeNumber(1, 65535),
  },
  WEBHOOK_RETRY_SECONDS: {
    about:
      'How long after each failed try a webhook is told again, comma-separated; after the last one the event is given up.',
    default: '5,300,1800,7200,18000,25200,32400',
    read: secondsList,
  },
  WEBHOOK_TIMEOUT_SECONDS: {
    about: 'How long a webhook may take to answer.',
    default: '15',
    read: wholeNumber(1, 60),
  },
  WEBHOOK_DISABLE_AFTER_HOURS: {
    about: 'A webhook that took nothing in for so long is disabled.',
    default: '72',
    read: wholeNumber(1, 8760),
  },
  RELAY_CONCURRENCY: {
    about: 'How many interactive calls one worker has under way at once.',
    default: '20',
    read: wholeNumber(1, 1000),
  },
  IMPORT_CONCURRENCY: {
    about: 'How many user imports one worker works on at once.',
    default: '4',
    read: wholeNumber(1, 100),
  },
} satisfies Record<string, Setting<unknown>>;

type Values<T extends Record<string, Setting<unknown>>> = {
  readonly [K in keyof T]: T[K] extends { optional: true }
    ? ReturnType<T[K]['read']> | undefined
    : ReturnType<T[K]['read']>;
};

export type ApiConfig = Values<typeof everywhere & typeof api>;
export type WorkerConfig = Values<typeof everywhere & typeof worker>;
type Environment = Record<string, string | undefined>;

/** Read by other programs than ours (`npm start`, the stand-in), and listed here for `.env.example` only. */
const start = {
  TRIVIUM_HOME: {
    about: 'Folder of `npm start`: its data, logs and dev.json.',
    default: '.trivium',
    read: String,
  },
  AUTHORITY_PORT: { about: 'Port of the stand-in; 0: any free one.', default: '4001', read: String },
  AUTH0_DOMAIN: {
    about:
      'With it, `npm start` uses this Auth0 account instead of the stand-in; AUTHORITY_URL follows from it.',
    optional: true,
    example: 'example.eu.auth0.com',
    read: String,
  },
  STAND_IN_PLAN: {
    about:
      'Which rate limits the stand-in has: off, free, self-service, enterprise, enterprise-nonproduction, private-cloud, fast, or BURST,PER_SECOND.',
    default: 'fast',
    read: String,
  },
  STAND_IN_LATENCY_MS: { about: 'How slow the stand-in is: 100, or 80-140.', default: '0', read: String },
  STAND_IN_STORE: {
    about: 'File or folder that the stand-in keeps its state in; unset: memory only.',
    optional: true,
    read: String,
  },
  STAND_IN_TLS_KEY: {
    about: 'File with a key (PEM), with which the stand-in speaks https.',
    optional: true,
    read: String,
  },
  STAND_IN_TLS_CERT: { about: 'File with the certificate for it (PEM).', optional: true, read: String },
  STAND_IN_CONTROL_PORT: {
    about:
      'Where faults, clock and settings of the stand-in can be changed (src/stand-in/README.md); unset: nowhere.',
    optional: true,
    read: String,
  },
  STAND_IN_LOOPBACK_DOCUMENTS: {
    about:
      'Whether the stand-in takes client id metadata documents that lie on this machine: true or false. `npm start` says true.',
    optional: true,
    read: String,
  },
  STAND_IN_SEED: {
    about: 'File with what the stand-in starts with (src/stand-in/README.md).',
    optional: true,
    read: String,
  },
} satisfies Record<string, Setting<unknown>>;

export const settings = { everywhere, api, worker, start };

function read<T extends Record<string, Setting<unknown>>>(table: T, environment: Environment): Values<T> {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  const env = { ...environment };
  if (!env['AUTHORITY_URL'] && env['AUTH0_DOMAIN']) env['AUTHORITY_URL'] = `https://${env['AUTH0_DOMAIN']}/`;
  for (const [name, setting] of Object.entries(table)) {
    const text = env[name] || setting.default;
    try {
      if (text !== undefined) values[name] = setting.read(text);
      else if (!setting.optional) throw new ConfigFault(`is missing. ${setting.about}`);
    } catch (fault) {
      if (!(fault instanceof ConfigFault)) throw fault;
      faults.push(`${name} ${fault.message}`);
    }
  }
  if (faults.length > 0) throw new ConfigFault(faults.join('\n'));
  return Object.freeze(values) as Values<T>;
}

export const readApiConfig = (env: Environment = process.env): ApiConfig =>
  read({ ...everywhere, ...api }, env);

export const readWorkerConfig = (env: Environment = process.env): WorkerConfig =>
  read({ ...everywhere, ...worker }, env);

/** What it takes to verify audit logs. */
export function readAuditConfig(env: Environment): Pick<ApiConfig, 'REDIS_URL' | 'ENCRYPTION_KEYS'> {
  const { REDIS_URL, ENCRYPTION_KEYS } = everywhere;
  return read({ REDIS_URL, ENCRYPTION_KEYS }, env);
}

/** Runs `read`; names every fault on stderr and exits with 1 when there is one. */
export function configOrExit<T>(read: () => T): T {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault;
    console.error(`Configuration is wrong (.env.example says what each variable is):\n${fault.message}`);
    process.exit(1);
  }
}
