/** Settings of the API. */
import { MIN_REQUESTS_PER_MINUTE } from '../contract/request-floor.ts';
import { POLICY_FORMS } from '../registration-settings.ts';
import { metadataDocuments } from './development.ts';
import {
  addressRanges,
  baseUrl,
  clientIds,
  connectionName,
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
  PORT: { about: 'Port of the API; 0: any free one.', default: '4000', read: wholeNumber(0, 65535) },
  HOST: {
    about: 'Address that the API listens on; localhost: 127.0.0.1 and ::1.',
    default: 'localhost',
    read: host,
  },
  PUBLIC_URL: {
    about: 'Where callers reach the API. Left out, http://localhost:PORT.',
    optional: true,
    example: 'https://api.example.com',
    read: baseUrl,
  },
  API_KEY_CACHE_SECONDS: {
    about:
      'How long an API key is taken as good without asking the authority again, at most. Left out: as long as the token lives that it was exchanged for, because Auth0 meters exchanges. What is revoked here works at once all the same.',
    optional: true,
    example: '3600',
    read: wholeNumber(1, 2_592_000),
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
  STOP_DELAY_SECONDS: {
    about:
      'How long after SIGTERM the API still takes requests while /readyz is red, so that whoever spreads them stops sending them here first. Longer than the time between two looks at /readyz.',
    default: '5',
    read: wholeNumber(0, 60),
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
  IMPORT_MAX_CPU_SECONDS: {
    about:
      'How many seconds of processor time reading one upload of a user import may take, however large it is; a small one may take less.',
    default: '120',
    read: wholeNumber(1, 86_400),
  },
  UPLOADS_PER_PROCESS: {
    about:
      'How many uploads of user imports one API process reads at once, dry runs too; one tenant has half of them at most. More are refused for the moment.',
    default: '32',
    read: wholeNumber(1, 10_000),
  },
  IMPORT_RECORDS_PER_TENANT: {
    about:
      'How many ended user imports of a tenant are kept as a record (state and counts); the oldest go first.',
    default: '1000',
    read: wholeNumber(1, 1_000_000),
  },
  IMPORT_JOBS_FROM_ROWS: {
    about: "From how many rows on a user import goes through Auth0's import jobs when its rows allow it.",
    default: '2000',
    read: wholeNumber(1, 10_000_000),
  },
  API_KEY_GRACE_SECONDS: {
    about:
      'How long an API key goes on working when its last exchange has run out and the authority cannot be asked; 0: not at all.',
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
    read: wholeNumber(MIN_REQUESTS_PER_MINUTE, 1_000_000_000),
  },
  REQUESTS_PER_MINUTE_PER_PRINCIPAL: {
    about:
      'How many of those one API key, one user, or one app for one user may make, unless the settings say otherwise.',
    default: '3000',
    read: wholeNumber(MIN_REQUESTS_PER_MINUTE, 1_000_000_000),
  },
  PENDING_JOBS_PER_TENANT: {
    about:
      'How many relayed calls of a tenant may be pending at once, that is, accepted and not ended. The operator, apps that register, and whoever else belongs to no tenant count as one each.',
    default: '2000',
    read: wholeNumber(1, 100_000),
  },
  PENDING_JOBS_PER_CALLER: {
    about: 'How many of those one API key, one user, or one app for one user may have.',
    default: '1000',
    read: wholeNumber(1, 100_000),
  },
  PENDING_BYTES_PER_TENANT: {
    about: 'How many bytes the sealed inputs of the pending calls of a tenant may have together.',
    default: '16777216',
    read: wholeNumber(1, 2 ** 32),
  },
  ANONYMOUS_REQUESTS_PER_MINUTE_PER_ADDRESS: {
    about:
      'How many requests without a good credential may come from one address (IPv6: /64) in a minute, at each API process. Behind a proxy, set TRUSTED_PROXIES, or all callers are one address.',
    default: '1200',
    read: wholeNumber(1, 1_000_000_000),
  },
  WEBHOOK_VERIFICATIONS_PER_HOUR: {
    about:
      'How often the webhooks of one tenant may be verified in an hour: each time an endpoint that has not agreed yet is called.',
    default: '60',
    read: wholeNumber(1, 100_000),
  },
  IMPORTS_PER_TENANT: {
    about: 'How many user imports of a tenant may be under way at once, unless its settings say otherwise.',
    default: '10',
    read: wholeNumber(1, 1_000),
  },
  STREAMS_PER_PRINCIPAL: {
    about:
      'How many answers one API key, one user, or one app for one user may have sent as streams (server-sent events, exports) at a time, by each API process.',
    default: '32',
    read: wholeNumber(1, 10_000),
  },
  STREAMS_PER_TENANT: {
    about: 'How many of those all callers of a tenant together may have open at a time, at each API process.',
    default: '100',
    read: wholeNumber(1, 100_000),
  },
  STREAM_IDLE_SECONDS: {
    about: 'How long a stream that its caller does not read is kept open.',
    default: '60',
    read: wholeNumber(1, 3_600),
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
      'Whether apps may come by client id metadata documents: on, off, or loopback (also documents on this machine, for development only: it needs NODE_ENV=development). On needs the same switched on in the Auth0 account (Settings, Advanced).',
    default: 'off',
    read: metadataDocuments,
  },
  METADATA_DOCUMENTS_PER_ADDRESS: {
    about:
      'How many client id metadata documents are fetched in a minute for one address (IPv6: /64) that asks.',
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
      'Client ids at the authority of whoever runs this, comma-separated: machine-to-machine clients whose tokens for this API may call the operator operations. `-`: nobody.',
    default: '-',
    read: clientIds,
  },
  REGISTRATION_POLICY: {
    about: `Who may register a third-party app: ${POLICY_FORMS}.`,
    default: 'open',
    read: policy,
  },
  REDIRECT_URI_EXCEPTIONS: {
    about:
      'Redirect URIs that apps may register though their scheme is no private-use scheme (RFC 8252 section 7.1), each exactly as the app sends it, comma-separated; `-`: none. Any program on a device can take such a scheme, so allow what you know. Cursor needs cursor://anysphere.cursor-mcp/oauth/callback (older ones: cursor://anysphere.cursor-retrieval/oauth/callback); VS Code, Claude, ChatGPT and Codex need none.',
    default: '-',
    read: redirectUris,
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
  REGISTRATIONS_PER_ADDRESS: {
    about:
      'How many apps may be registered from one address (IPv6: /64) in an hour, by either door: the registration endpoint, or metadata documents.',
    default: '20',
    read: wholeNumber(1, 100_000),
  },
  INITIAL_ACCESS_TOKENS_PER_ISSUER: {
    about: 'How many initial access tokens that have not expired a tenant may have, and the operator.',
    default: '1000',
    read: wholeNumber(1, 10_000),
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
  APP_SHARE_OF_VOUCHED: {
    about:
      'How many percent of those places are kept for apps that somebody vouches for: with an initial access token or a software statement.',
    default: '25',
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
      'How many proxies of yours a request passes, each of which adds to X-Forwarded-For or Forwarded; have them remove the other one. 0: none, and neither is believed; a request that has it all the same (or Forwarded, Via, X-Real-IP, …) comes from nowhere that METRICS_ALLOWED_ADDRESSES or the allowed addresses of a key could name.',
    default: '0',
    read: wholeNumber(0, 10),
  },
  METRICS_ALLOWED_ADDRESSES: {
    about:
      'From where /metrics may be read: addresses or CIDR ranges, comma-separated. `-`: from nowhere. Behind a proxy on this machine everybody comes from 127.0.0.1, unless TRUSTED_PROXIES counts it.',
    default: '-',
    read: addressRanges,
  },
} satisfies Record<string, Setting<unknown>>;
