/**
 * Reads every setting from the environment and reports all faults together; the result is frozen.
 * `npm run generate` creates `.env.example` from these tables.
 */
import { api } from './settings/api.ts';
import { contradictions } from './settings/contradictions.ts';
import { everywhere } from './settings/everywhere.ts';
import { readSettingFile, redis, redisContradictions, type RedisSettings } from './settings/redis.ts';
import { ConfigFault, type Setting } from './settings/setting.ts';
import { start } from './settings/start.ts';
import { worker } from './settings/worker.ts';

type Values<T extends Record<string, Setting<unknown>>> = {
  readonly [K in keyof T]: T[K] extends { optional: true }
    ? ReturnType<T[K]['read']> | undefined
    : ReturnType<T[K]['read']>;
};

export type ApiConfig = Values<typeof everywhere & typeof api>;
export type WorkerConfig = Values<typeof everywhere & typeof worker>;
type Environment = Record<string, string | undefined>;

export const settings = { everywhere, api, worker, start };

function read<T extends Record<string, Setting<unknown>>>(table: T, environment: Environment): Values<T> {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  const env = { ...environment };
  const context = { isDevelopment: env['NODE_ENV'] === 'development' };
  if (!env['AUTHORITY_URL'] && env['AUTH0_DOMAIN']) env['AUTHORITY_URL'] = `https://${env['AUTH0_DOMAIN']}/`;
  if (!env['HASH_KEY'] && env['HASH_KEYS']) env['HASH_KEY'] = env['HASH_KEYS'];
  for (const [name, setting] of Object.entries(table)) {
    try {
      const text = (setting.isSecret && secretOf(name, env)) || env[name] || setting.default;
      if (text !== undefined) values[name] = setting.read(text, context);
      else if (!setting.optional) throw new ConfigFault(`is missing. ${setting.about}`);
    } catch (fault) {
      // The message of any other error is omitted, because it may quote the value.
      faults.push(`${name} ${fault instanceof ConfigFault ? fault.message : 'cannot be read'}`);
    }
  }
  if (faults.length > 0) throw new ConfigFault(faults.join('\n'));
  return Object.freeze(values) as Values<T>;
}

/** The value of a secret that is given as a file. @throws ConfigFault */
function secretOf(name: string, env: Environment): string | undefined {
  const path = env[`${name}_FILE`];
  if (!path) return undefined;
  if (env[name]) throw new ConfigFault(`and ${name}_FILE are both set: give it in one place`);
  try {
    return readSettingFile(path).trim();
  } catch (fault) {
    throw fault instanceof ConfigFault ? new ConfigFault(`(${name}_FILE) ${fault.message}`) : fault;
  }
}

export const readApiConfig = (env: Environment = process.env): ApiConfig =>
  withoutContradiction(read({ ...everywhere, ...api }, env));

export const readWorkerConfig = (env: Environment = process.env): WorkerConfig =>
  withoutContradiction(read({ ...everywhere, ...worker }, env));

function withoutContradiction<T extends ApiConfig | WorkerConfig>(config: T): T {
  return refuseFaults(config, [...contradictions(config), ...redisContradictions(config)]);
}

/** The settings needed to verify audit logs. */
export function readAuditConfig(env: Environment): RedisSettings & Pick<ApiConfig, 'ENCRYPTION_KEYS'> {
  const { ENCRYPTION_KEYS } = everywhere;
  return withoutRedisContradiction(read({ ...redis, ENCRYPTION_KEYS }, env));
}

/** The settings needed to write a backup. */
export function readBackupConfig(
  env: Environment = process.env,
): RedisSettings & Pick<ApiConfig, 'ENCRYPTION_KEYS' | 'HASH_KEY'> {
  const { ENCRYPTION_KEYS, HASH_KEY } = everywhere;
  return withoutRedisContradiction(read({ ...redis, ENCRYPTION_KEYS, HASH_KEY }, env));
}

function withoutRedisContradiction<T extends RedisSettings>(config: T): T {
  return refuseFaults(config, redisContradictions(config));
}

function refuseFaults<T>(config: T, faults: readonly string[]): T {
  if (faults.length > 0) throw new ConfigFault(faults.join('\n'));
  return config;
}

/** Runs `read`; on faults, prints them all to stderr and exits with 1. */
export function configOrExit<T>(read: () => T): T {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault;
    console.error(`Configuration is wrong (.env.example says what each variable is):\n${fault.message}`);
    process.exit(1);
  }
}
