/** How Redis is reached: by every process, and by commands. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigFault } from './config-fault.ts';
import { parseRedisUrl, redisUrl } from './redis-url.ts';
import type { Setting } from './setting.ts';

export const redis = {
  REDIS_URL: {
    about:
      'The Redis that API and workers share: one server (`redis://HOST:PORT/DATABASE`), the master of a group that sentinels watch (`redis-sentinel://SENTINEL:PORT,SENTINEL:PORT/GROUP`), or a cluster (`redis-cluster://HOST:PORT,HOST:PORT`); `rediss`, `rediss-sentinel` and `rediss-cluster` use TLS (docs/redis.md).',
    example: 'redis://127.0.0.1:6379',
    isSecret: true,
    read: redisUrl,
  },
  REDIS_USERNAME: {
    about: 'User name at Redis (ACL), instead of one in REDIS_URL.',
    optional: true,
    example: 'trivium',
    read: String,
  },
  REDIS_PASSWORD: {
    about: 'Password at Redis, instead of one in REDIS_URL.',
    optional: true,
    example: 'your-redis-password',
    isSecret: true,
    read: String,
  },
  REDIS_SENTINEL_USERNAME: {
    about: 'User name at the sentinels.',
    optional: true,
    example: 'trivium',
    read: String,
  },
  REDIS_SENTINEL_PASSWORD: {
    about: 'Password at the sentinels.',
    optional: true,
    example: 'your-sentinel-password',
    isSecret: true,
    read: String,
  },
  REDIS_TLS_CA_FILE: {
    about: 'File with the certificates (PEM) that sign those of Redis, if they are not publicly trusted.',
    optional: true,
    example: '/etc/trivium/redis-ca.pem',
    read: certificateFile,
  },
  REDIS_TLS_CERT_FILE: {
    about: 'File with the client certificate (PEM) for Redis.',
    optional: true,
    example: '/etc/trivium/redis.pem',
    read: certificateFile,
  },
  REDIS_TLS_KEY_FILE: {
    about: 'File with the private key (PEM, unencrypted) of that certificate.',
    optional: true,
    example: '/etc/trivium/redis.key.pem',
    read: keyFile,
  },
  REDIS_TLS_SERVER_NAME: {
    about: 'Name that the certificates of Redis must have, if it is not the host of REDIS_URL.',
    optional: true,
    example: 'redis.example.com',
    read: String,
  },
} satisfies Record<string, Setting<unknown>>;

/** Files as their contents. */
export interface RedisSettings {
  REDIS_URL: string;
  REDIS_USERNAME?: string | undefined;
  REDIS_PASSWORD?: string | undefined;
  REDIS_SENTINEL_USERNAME?: string | undefined;
  REDIS_SENTINEL_PASSWORD?: string | undefined;
  REDIS_TLS_CA_FILE?: string | undefined;
  REDIS_TLS_CERT_FILE?: string | undefined;
  REDIS_TLS_KEY_FILE?: string | undefined;
  REDIS_TLS_SERVER_NAME?: string | undefined;
}

/** Only these of a configuration: they can be sent to a thread. */
export function redisSettingsOf(config: RedisSettings): RedisSettings {
  const { REDIS_URL, REDIS_USERNAME, REDIS_PASSWORD, REDIS_SENTINEL_USERNAME, REDIS_SENTINEL_PASSWORD } =
    config;
  const { REDIS_TLS_CA_FILE, REDIS_TLS_CERT_FILE, REDIS_TLS_KEY_FILE, REDIS_TLS_SERVER_NAME } = config;
  return {
    REDIS_URL,
    REDIS_USERNAME,
    REDIS_PASSWORD,
    REDIS_SENTINEL_USERNAME,
    REDIS_SENTINEL_PASSWORD,
    REDIS_TLS_CA_FILE,
    REDIS_TLS_CERT_FILE,
    REDIS_TLS_KEY_FILE,
    REDIS_TLS_SERVER_NAME,
  };
}

/** @returns one sentence for each contradiction, beginning with the setting to look at */
export function redisContradictions(given: RedisSettings): string[] {
  const address = parseRedisUrl(given.REDIS_URL);
  const faults: string[] = [];
  const { REDIS_TLS_CERT_FILE: certificate, REDIS_TLS_KEY_FILE: key } = given;
  for (const name of ['REDIS_USERNAME', 'REDIS_PASSWORD'] as const)
    if (given[name] !== undefined && (address.username ?? address.password) !== undefined)
      faults.push(`${name} is set, and REDIS_URL has credentials, too: give them in one place`);
  if (address.kind !== 'sentinel')
    for (const name of ['REDIS_SENTINEL_USERNAME', 'REDIS_SENTINEL_PASSWORD'] as const)
      if (given[name] !== undefined) faults.push(`${name} is set, and REDIS_URL names no sentinels`);
  if (!address.isTls)
    for (const name of [
      'REDIS_TLS_CA_FILE',
      'REDIS_TLS_CERT_FILE',
      'REDIS_TLS_KEY_FILE',
      'REDIS_TLS_SERVER_NAME',
    ] as const)
      if (given[name] !== undefined)
        faults.push(`${name} is set, and REDIS_URL does not use TLS: begin it with rediss`);
  if ((certificate === undefined) !== (key === undefined))
    faults.push('REDIS_TLS_CERT_FILE and REDIS_TLS_KEY_FILE belong together: one of them is missing');
  else if (certificate !== undefined && key !== undefined && !isPair(certificate, key))
    faults.push('REDIS_TLS_KEY_FILE names another key than that of the certificate in REDIS_TLS_CERT_FILE');
  return faults;
}

const isPair = (certificate: string, key: string): boolean =>
  new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));

function certificateFile(path: string): string {
  return pemFile(path, 'certificates', (pem) => new X509Certificate(pem));
}

function keyFile(path: string): string {
  return pemFile(path, 'an unencrypted private key', createPrivateKey);
}

/** @returns its content, which is never quoted */
function pemFile(path: string, what: string, parse: (pem: string) => unknown): string {
  const pem = readSettingFile(path);
  try {
    parse(pem);
    return pem;
  } catch {
    throw new ConfigFault(`must name a file with ${what} (PEM)`);
  }
}

/** @throws ConfigFault */
export function readSettingFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ConfigFault(`names a file that cannot be read (${code})`);
  }
}
