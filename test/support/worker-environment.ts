/** The environment in which an operator runs a command that needs what workers have. */
import type { Deployment } from '../../src/start/deployment.ts';
import { readMemory } from '../../src/start/home.ts';

export function workerEnvironment({
  home,
  redis,
  authority,
  audience,
}: Pick<Deployment, 'home' | 'redis' | 'authority' | 'audience'>): Record<string, string | undefined> {
  const { encryptionKeys, hashKey, worker } = readMemory(home);
  return {
    PATH: process.env['PATH'],
    REDIS_URL: redis,
    AUTHORITY_URL: authority,
    AUDIENCE: audience,
    ENCRYPTION_KEYS: encryptionKeys,
    HASH_KEY: hashKey,
    AUTH0_PLAN: '100,500',
    AUTH0_CLIENT_ID: worker.client_id,
    AUTH0_CLIENT_SECRET: worker.client_secret,
  };
}
