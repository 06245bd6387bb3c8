/** Settings of API and workers alike. */
import { forDevelopment } from './development.ts';
import { secretKeys } from './secret-key.ts';
import { baseUrl, encryptionKeys, issuerUrl, oneOf, redisUrl, wholeNumber, type Setting } from './setting.ts';

export const everywhere = {
  NODE_ENV: {
    about:
      'What kind of environment this is. `development` allows what is for development only; everything else, and nothing, is production.',
    default: 'production',
    read: String,
  },
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
      'Keys for personal data in Redis, ID:KEY with 32 random bytes in base64 each, comma-separated. The first one seals, all of them open. To rotate: append a new one at every process first, then put it in front, and remove the old one when nothing is sealed with it any more.',
    example: 'k1:REPLACE-BY-openssl-rand--base64-32',
    read: encryptionKeys,
  },
  HASH_KEY: {
    about:
      'Keys of the hashes that stand in Redis for tokens, API keys and addresses, 32 random bytes in base64 each, comma-separated (HASH_KEYS is the same setting). The first one hashes, all of them are looked for: rotate as ENCRYPTION_KEYS. Without the one that it was hashed with, a registration or initial access token is of no use any more.',
    example: 'REPLACE-BY-openssl-rand--base64-32',
    read: secretKeys,
  },
  APPROVED_APPS: {
    about:
      'Whether users of a tenant that has decided nothing, neither on the app nor for all, may use approved apps: `allowed` or `denied`.',
    default: 'allowed',
    read: oneOf('allowed', 'denied'),
  },
  IMPORT_KEEP_HOURS: {
    about: 'How long the rows of a user import are kept after its end; the counts stay.',
    default: '168',
    read: wholeNumber(1, 8760),
  },
  WEBHOOKS_TO_LOOPBACK: {
    about:
      'Whether webhooks may go to this machine, with plain http, too: true or false. For development only: true needs NODE_ENV=development.',
    default: 'false',
    read: forDevelopment,
  },
  LOG_LEVEL: {
    about: 'How much is logged.',
    default: 'info',
    read: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  },
} satisfies Record<string, Setting<unknown>>;
