/** Settings of both API and workers. */
import { forDevelopment } from './development.ts';
import { redis } from './redis.ts';
import { secretKeys } from './secret-key.ts';
import { connectionName } from './connection-name.ts';
import { baseUrl, encryptionKeys, issuerUrl, listOf, oneOf, wholeNumber, type Setting } from './setting.ts';

export const everywhere = {
  NODE_ENV: {
    about:
      'Environment. `development` allows settings that are for development only; any other value, or none, means production.',
    default: 'production',
    read: String,
  },
  ...redis,
  AUTHORITY_URL: {
    about: 'The authority, i.e. the issuer (`iss`) of its tokens. Default: https://AUTH0_DOMAIN/.',
    example: 'https://example.eu.auth0.com/',
    read: issuerUrl,
  },
  AUDIENCE: {
    about: "This API's identifier at the authority, expected in `aud`. Custom claims are namespaced with it.",
    example: 'https://api.example.com',
    read: baseUrl,
  },
  ENCRYPTION_KEYS: {
    about:
      'Encryption keys for personal data in Redis: comma-separated ID:KEY, each key 32 random bytes in base64. The first one encrypts, all of them decrypt. To rotate: append a new key at every process, then move it to the front, and remove the old one when nothing is encrypted with it any more.',
    example: 'k1:REPLACE-BY-openssl-rand--base64-32',
    isSecret: true,
    read: encryptionKeys,
  },
  HASH_KEY: {
    about:
      'Keys for the hashes of tokens, API keys and addresses in Redis, each 32 random bytes in base64, comma-separated (HASH_KEYS is the same setting). The first one hashes, all of them are used for look-ups; rotate as ENCRYPTION_KEYS. A registration or initial access token becomes invalid when the key that it was hashed with is removed.',
    example: 'REPLACE-BY-openssl-rand--base64-32',
    isSecret: true,
    read: secretKeys,
  },
  SERVICES: {
    about:
      'Path of the YAML file that names the services behind the gateway, their open operations, scopes and roles (docs/your-api.md). API and workers read the same file. Unset: none.',
    optional: true,
    example: '/etc/trivium/services.yaml',
    read: String,
  },
  APPROVED_APPS: {
    about:
      'Whether users of a tenant without a decision of its own, on the app or in general, may use approved apps: `allowed` or `denied`.',
    default: 'allowed',
    read: oneOf('allowed', 'denied'),
  },
  TENANT_SETTINGS_DATABASE: {
    about:
      'Name of the database connection that keeps the settings of tenants without a web app of their own, each with a blocked user; workers create it when it is needed. Nobody signs in there, and no tenant may have it.',
    default: 'trivium-tenants',
    read: connectionName,
  },
  AUTH0_LOG_POLL_SECONDS: {
    about:
      'How often one worker reads the tenant log at Auth0, to see what was changed in users there and not through this API; 0: never. Within an hour of a delivery of an event stream (AUTH0_EVENTS_TOKEN_FILE) it is not read.',
    default: '60',
    read: wholeNumber(0, 86_400),
  },
  TENANT_ORGANIZATIONS: {
    about:
      'Whether the operator may make a new tenant an Auth0 organization: `none` (it is no organization), `organization` (it is one: created for it, or taken over) or both, comma-separated. The first one is the default. Workers that know of `organization` read a user’s memberships before each change of an account.',
    default: 'none',
    read: listOf('none', 'organization'),
  },
  IMPORT_KEEP_HOURS: {
    about: 'How long the rows of a user import are kept after its end; the counts are kept longer.',
    default: '168',
    read: wholeNumber(1, 8760),
  },
  WEBHOOKS_TO_LOOPBACK: {
    about:
      'Whether webhooks may use addresses of this machine, and plain http: `true` or `false`. For development only: `true` needs NODE_ENV=development.',
    default: 'false',
    read: forDevelopment,
  },
  LOG_LEVEL: {
    about: 'Minimum level of log lines.',
    default: 'info',
    read: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  },
} satisfies Record<string, Setting<unknown>>;
