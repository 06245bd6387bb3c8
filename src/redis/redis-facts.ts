/** What Redis says of itself: whether it keeps what it accepts. A managed Redis may refuse to tell some of it. */
import type { Redis } from 'ioredis';

export interface RedisFacts {
  product?: 'redis' | 'valkey';
  version?: string;
  role?: string;
  appendonly?: boolean;
  last_append?: 'ok' | 'failed';
  snapshots?: boolean;
  maxmemory_policy?: string;
  maxmemory?: number;
  used_memory?: number;
}

export async function readRedisFacts(redis: Redis): Promise<RedisFacts> {
  // Of the node that answers: in a cluster each should be alike.
  const [info, save] = await Promise.all([redis.info().catch(refused), readSave(redis)]);
  return { ...factsIn(info ?? ''), ...(save !== undefined && { snapshots: save !== '' }) };
}

/** Managed Redis often does not allow CONFIG. */
async function readSave(redis: Redis): Promise<string | undefined> {
  const answer: unknown = await redis.config('GET', 'save').catch(refused);
  return Array.isArray(answer) && typeof answer[1] === 'string' ? answer[1] : undefined;
}

/** An error of the server is a refusal; any other means that it is away. */
function refused(error: unknown): undefined {
  if (error instanceof Error && error.name === 'ReplyError') return undefined;
  throw error;
}

export function factsIn(info: string): RedisFacts {
  const fields = new Map(
    [...info.matchAll(/^([a-z_0-9]+):(.*?)\r?$/gm)].map(([, name, text]) => [name, text]),
  );
  const text = (name: string) => fields.get(name)?.slice(0, 40);
  const number = (name: string) => (fields.has(name) ? Number(fields.get(name)) : undefined);
  const append = fields.get('aof_last_write_status');
  const enabled = fields.get('aof_enabled');
  const facts = {
    version: text('valkey_version') ?? text('redis_version'),
    role: text('role')?.slice(0, 20),
    maxmemory_policy: text('maxmemory_policy'),
    maxmemory: number('maxmemory'),
    used_memory: number('used_memory'),
  };
  return {
    ...(fields.has('redis_version') && { product: fields.has('valkey_version') ? 'valkey' : 'redis' }),
    ...(enabled !== undefined && { appendonly: enabled === '1' }),
    ...(append !== undefined && { last_append: append === 'ok' ? 'ok' : 'failed' }),
    ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
  };
}
