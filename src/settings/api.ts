/** Settings of the API. */
import { MIN_REQUESTS_PER_MINUTE } from '../contract/request-floor.ts';
import { POLICY_FORMS } from '../registration-settings.ts';
import { brand } from './brand.ts';
import { metadataDocuments } from './development.ts';
import { operatorsFrom, OPERATORS_FORMS } from './operators-from.ts';
import { secretsFile } from './secrets-file.ts';
import { connectionName } from './connection-name.ts';
import {
  addressRanges,
  baseUrl,
  clientId,
  clientIds,
  host,
  listOf,
  oneOf,
  origins,
  policy,
  redirectUris,
  statementIssuers,
  texts,
  wholeNumber,
  type Setting,
} from './setting.ts';

export const api = {
  PORT: { about: 'Port of the API; 0 picks a free one.', default: '4000', read: wholeNumber(0, 65535) },
  HOST: {
    about: 'Address that the API listens on; `localhost` means 127.0.0.1 and ::1.',
    default: 'localhost',
    read: host,
  },
  PUBLIC_URL: {
    about: 'URL at which callers reach the API. Default: http://localhost:PORT.',
    optional: true,
    example: 'https://api.example.com',
    read: baseUrl,
  },
  ...brand,
  API_KEY_CACHE_SECONDS: {
    about:
      'Maximum time for which a validated API key is accepted without asking the authority again. Default: the lifetime of the token from its exchange, because Auth0 meters client-credentials exchanges. Revocation through this API is immediate regardless.',
    optional: true,
    example: '3600',
    read: wholeNumber(1, 2_592_000),
  },
  CLOCK_TOLERANCE_SECONDS: {
    about: "Tolerated difference between the authority's clock and ours.",
    default: '5',
    read: wholeNumber(0, 60),
  },
  RELAY_WAIT_SECONDS: {
    about: 'How long a relayed call waits for its outcome before it answers 202.',
    default: '10',
    read: wholeNumber(1, 60),
  },
  REQUEST_TIMEOUT_SECONDS: {
    about: 'Time within which a request must arrive.',
    default: '30',
    read: wholeNumber(1, 600),
  },
  STOP_DELAY_SECONDS: {
    about:
      'How long the API still serves requests after SIGTERM while /readyz fails, so that load balancers can take it out of rotation. Longer than the interval of their readiness checks.',
    default: '5',
    read: wholeNumber(0, 60),
  },
  UPLOAD_TIMEOUT_SECONDS: {
    about:
      'Maximum duration of the upload of a user import. REQUEST_TIMEOUT_SECONDS limits how long it may stall.',
    default: '3600',
    read: wholeNumber(1, 86_400),
  },
  IMPORT_MAX_ROWS: {
    about: 'Maximum number of rows of a user import.',
    default: '1000000',
    read: wholeNumber(1, 10_000_000),
  },
  IMPORT_MAX_BYTES: {
    about: 'Maximum size of the upload of a user import in bytes, as transferred.',
    default: '536870912',
    read: wholeNumber(1, 2 ** 40),
  },
  IMPORT_MAX_INFLATED_BYTES: {
    about: 'Maximum size of a gzip upload in bytes after decompression.',
    default: '1073741824',
    read: wholeNumber(1, 2 ** 40),
  },
  IMPORT_MAX_LINE_BYTES: {
    about: 'Maximum size of one row of a user import in bytes.',
    default: '65536',
    read: wholeNumber(1, 2 ** 24),
  },
  IMPORT_MAX_CPU_SECONDS: {
    about:
      'Maximum processor time for parsing one upload of a user import, in seconds, whatever its size; a small upload is allowed less.',
    default: '120',
    read: wholeNumber(1, 86_400),
  },
  UPLOADS_PER_PROCESS: {
    about:
      'Maximum number of user import uploads, dry runs included, that one API process reads concurrently; one tenant gets at most half of them. Further ones are refused with 503.',
    default: '32',
    read: wholeNumber(1, 10_000),
  },
  IMPORT_RECORDS_PER_TENANT: {
    about:
      'Number of ended user imports of a tenant whose record (state and counts) is kept; the oldest are deleted first.',
    default: '1000',
    read: wholeNumber(1, 1_000_000),
  },
  IMPORT_JOBS_FROM_ROWS: {
    about: "Number of rows from which a user import uses Auth0's import jobs when its rows allow it.",
    default: '2000',
    read: wholeNumber(1, 10_000_000),
  },
  API_KEY_GRACE_SECONDS: {
    about:
      'How long an API key stays valid after its exchange has expired while the authority is unavailable; 0 disables the grace period.',
    default: '3600',
    read: wholeNumber(0, 86_400),
  },
  API_KEY_FAILURES_PER_CLIENT: {
    about: 'Failed attempts per client id and minute that are checked with the authority.',
    default: '10',
    read: wholeNumber(1, 10_000),
  },
  API_KEY_FAILURES_PER_ADDRESS: {
    about: 'Failed API key attempts per address (IPv6: /64) and minute that are checked.',
    default: '60',
    read: wholeNumber(1, 100_000),
  },
  API_KEYS_PER_TENANT: {
    about: "Default limit of API keys per tenant. Each is an application in the authority's account.",
    default: '20',
    read: wholeNumber(1, 10_000),
  },
  REQUESTS_PER_MINUTE_PER_TENANT: {
    about: 'Default limit of requests per minute for all callers of a tenant together.',
    default: '6000',
    read: wholeNumber(MIN_REQUESTS_PER_MINUTE, 1_000_000_000),
  },
  REQUESTS_PER_MINUTE_PER_PRINCIPAL: {
    about: 'Default limit of requests per minute for one API key, one user, or one app for one user.',
    default: '3000',
    read: wholeNumber(MIN_REQUESTS_PER_MINUTE, 1_000_000_000),
  },
  REQUESTS_PER_MINUTE_PER_SERVICE: {
    about: 'Limit of requests per minute by which one service behind the gateway records events.',
    default: '6000',
    read: wholeNumber(1, 1_000_000),
  },
  PENDING_JOBS_PER_TENANT: {
    about:
      'Maximum number of pending relay jobs (accepted, not ended) of a tenant. The operator, registering apps, and other callers without a tenant count as one tenant each.',
    default: '2000',
    read: wholeNumber(1, 100_000),
  },
  PENDING_JOBS_PER_CALLER: {
    about: 'Maximum number of pending relay jobs of one API key, one user, or one app for one user.',
    default: '1000',
    read: wholeNumber(1, 100_000),
  },
  PENDING_BYTES_PER_TENANT: {
    about: 'Maximum total size of the encrypted inputs of the pending relay jobs of a tenant, in bytes.',
    default: '16777216',
    read: wholeNumber(1, 2 ** 32),
  },
  ANONYMOUS_REQUESTS_PER_MINUTE_PER_ADDRESS: {
    about:
      'Limit of requests without a valid credential per minute from one address (IPv6: /64), at each API process. Behind a proxy, set TRUSTED_PROXIES; otherwise all callers share one address.',
    default: '1200',
    read: wholeNumber(1, 1_000_000_000),
  },
  WEBHOOK_VERIFICATIONS_PER_HOUR: {
    about: 'Limit of webhook verifications per tenant and hour. Each call to an unverified endpoint counts.',
    default: '60',
    read: wholeNumber(1, 100_000),
  },
  IMPORTS_PER_TENANT: {
    about: 'Default limit of concurrent user imports per tenant.',
    default: '10',
    read: wholeNumber(1, 1_000),
  },
  STREAMS_PER_PRINCIPAL: {
    about:
      'Maximum number of open streams (server-sent events, exports) of one API key, one user, or one app for one user, at each API process.',
    default: '32',
    read: wholeNumber(1, 10_000),
  },
  STREAMS_PER_TENANT: {
    about: 'Maximum number of open streams of all callers of a tenant together, at each API process.',
    default: '100',
    read: wholeNumber(1, 100_000),
  },
  STREAM_IDLE_SECONDS: {
    about: 'How long a stream whose client does not read stays open.',
    default: '60',
    read: wholeNumber(1, 3_600),
  },
  KEY_SET_REFRESH_SECONDS: {
    about:
      "How often the authority's signing keys (JWKS) are refreshed, so that a withdrawn key is no longer accepted.",
    default: '60',
    read: wholeNumber(1, 600),
  },
  KEY_SET_COOLDOWN_SECONDS: {
    about:
      "Minimum interval between fetches of the authority's signing keys that are caused by tokens with an unknown key.",
    default: '10',
    read: wholeNumber(1, 300),
  },
  METADATA_DOCUMENTS: {
    about:
      'Whether apps may use client id metadata documents: `on`, `off`, or `loopback` (also documents on this machine; for development only: needs NODE_ENV=development). `on` also needs the corresponding Auth0 setting (Settings, Advanced).',
    default: 'off',
    read: metadataDocuments,
  },
  METADATA_DOCUMENTS_PER_ADDRESS: {
    about:
      'Limit of client id metadata documents that are fetched per minute for one caller address (IPv6: /64).',
    default: '30',
    read: wholeNumber(1, 10_000),
  },
  SHARED_DATABASE: {
    about:
      'Name of the database connection that tenants share. With it, a new tenant has its users there unless the operator says otherwise; without it, each tenant gets a connection of its own.',
    optional: true,
    example: 'users',
    read: connectionName,
  },
  WEB_APP_CLIENT_IDS: {
    about:
      'Client ids of your own single-page app that tenants share, comma-separated: one for each version that is in use. Their tokens belong to the tenant that the claim names. `-`: none, and each tenant has a web app of its own.',
    default: '-',
    read: clientIds,
  },
  WEB_APP_ORIGINS: {
    about:
      'Origins of the pages of that app, comma-separated: they may call the API (CORS). Register no other origins with its clients. `-`: none.',
    default: '-',
    read: origins,
  },
  TENANT_DATABASES: {
    about:
      'Which databases the operator may give a new tenant: `shared`, `own` or both, comma-separated. The first one is the default. Left out: both, `shared` first where SHARED_DATABASE is set, and `own` first elsewhere.',
    optional: true,
    example: 'shared,own',
    read: listOf('shared', 'own'),
  },
  TENANT_WEB_APPS: {
    about:
      'Which web apps the operator may give a new tenant: `shared` (that of WEB_APP_CLIENT_IDS), `own` or both, comma-separated.',
    default: 'shared,own',
    read: listOf('shared', 'own'),
  },
  OPERATOR_CLIENT_IDS: {
    about:
      "Client ids of the operator's machine-to-machine clients, comma-separated; their tokens for this API may call the operator operations. `-`: none.",
    default: '-',
    read: clientIds,
  },
  CONSOLE_CLIENT_ID: {
    about:
      'Client id of the console: a single-page application at Auth0 with the callback PUBLIC_URL/console, through which users of all tenants sign in there. Unset: there is no console.',
    optional: true,
    example: 'XyC0nSoLe1dA2bB3cC4dD5eE6fF7gG8h',
    read: clientId,
  },
  OPERATORS_FROM: {
    about: `Which people are operators: ${OPERATORS_FORMS}. Of its users those who belong to no tenant, have \`operator\` among the roles in \`app_metadata\`, and sign in through the console. Unset: only the clients of OPERATOR_CLIENT_IDS are.`,
    optional: true,
    example: 'connection:operators',
    read: operatorsFrom,
  },
  AUTH0_EVENTS_TOKEN_FILE: {
    about:
      'File with the token by which deliveries of the event stream at Auth0 are accepted (`POST /v1/auth0/events`): 32 random bytes in base64; during a rotation two, a line each. `trivium setup --events` makes it, and the stream. Unset: there is no event stream.',
    optional: true,
    example: '/etc/trivium/events.token',
    read: secretsFile,
  },
  REGISTRATION_POLICY: {
    about: `Who may register a third-party app: ${POLICY_FORMS}.`,
    default: 'open',
    read: policy,
  },
  REDIRECT_URI_EXCEPTIONS: {
    about:
      'Redirect URIs that apps may register although their scheme is not a private-use scheme (RFC 8252 section 7.1), comma-separated and matched exactly; `-`: none. Any program on a device can claim such a scheme, so allow only known ones. Cursor needs cursor://anysphere.cursor-mcp/oauth/callback (older versions: cursor://anysphere.cursor-retrieval/oauth/callback); VS Code, Claude, ChatGPT and Codex need none.',
    default: '-',
    read: redirectUris,
  },
  SOFTWARE_STATEMENT_ISSUERS: {
    about:
      'Trusted issuers of software statements, as a JSON array of {"issuer", "jwks_uri"} or {"issuer", "jwks"}. Apps with a statement of theirs are approved.',
    default: '[]',
    read: statementIssuers,
  },
  NEW_APPS: {
    about:
      'Status of apps that register themselves: `pending` (usable where a tenant allows the app, until the operator approves it) or `approved`.',
    default: 'pending',
    read: oneOf('pending', 'approved'),
  },
  REGISTRATIONS_PER_ADDRESS: {
    about:
      'Limit of app registrations per address (IPv6: /64) and hour, through the registration endpoint and metadata documents together.',
    default: '20',
    read: wholeNumber(1, 100_000),
  },
  INITIAL_ACCESS_TOKENS_PER_ISSUER: {
    about: 'Maximum number of unexpired initial access tokens for each tenant, and for the operator.',
    default: '1000',
    read: wholeNumber(1, 10_000),
  },
  APPLICATION_LIMIT: {
    about:
      'Number of applications that the account at the authority allows (Auth0: 10, 100 or 100000, by plan).',
    default: '100',
    read: wholeNumber(1, 1_000_000),
  },
  APPLICATION_SHARE_OF_APPS: {
    about:
      'Share of APPLICATION_LIMIT that third-party apps may use, in percent; the rest is reserved for API keys and your own applications.',
    default: '40',
    read: wholeNumber(0, 100),
  },
  APP_SHARE_OF_VOUCHED: {
    about:
      'Share of those places that is reserved for apps registered with an initial access token or a software statement, in percent.',
    default: '25',
    read: wholeNumber(0, 100),
  },
  OPERATOR_NAMES: {
    about: 'Your own brand names, comma-separated: apps with a similar name are flagged and stay pending.',
    optional: true,
    example: 'Example Corp,Example',
    read: texts,
  },
  TRUSTED_PROXIES: {
    about:
      'Number of your own proxies in front of the API, each of which adds to X-Forwarded-For or Forwarded; let them remove the other field. With 0, neither field is trusted; a request that carries one (or Via, X-Real-IP, …) has no known address, so METRICS_ALLOWED_ADDRESSES and the allowed addresses of API keys refuse it.',
    default: '0',
    read: wholeNumber(0, 10),
  },
  IDEMPOTENCY_KEYS_PER_TENANT: {
    about:
      'Maximum number of idempotency keys of a tenant within 24 hours, over all operations of services that declare `idempotency`; requests with further keys are refused.',
    default: '100000',
    read: wholeNumber(1, 10_000_000),
  },
  PRINCIPAL_KEY_DAYS: {
    about:
      'How long a key signs principal tokens before the next one does, in days; each is published before it signs and a day after, at /.well-known/jwks.json.',
    default: '30',
    read: wholeNumber(1, 90),
  },
  METRICS_ALLOWED_ADDRESSES: {
    about:
      'Addresses or CIDR ranges that may read /metrics, comma-separated; `-`: none. Behind a proxy on this machine every request comes from 127.0.0.1 unless TRUSTED_PROXIES counts that proxy.',
    default: '-',
    read: addressRanges,
  },
  FORWARD_AUTH_ADDRESSES: {
    about:
      'Addresses or CIDR ranges of your own proxies that may ask `/auth/decision` about requests to services (docs/your-api.md), comma-separated; `-`: none, so that there is no such path. It is the address of the connection that counts.',
    default: '-',
    read: addressRanges,
  },
} satisfies Record<string, Setting<unknown>>;
