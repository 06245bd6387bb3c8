/** The last refusals of the deployment, in Redis. */
import type { Redis } from 'ioredis';
import type { AnyPrincipal } from '../principal.ts';
import { sendAll } from '../redis/connections.ts';
import { keys } from '../redis/keys.ts';
import { KEPT_REFUSALS, REFUSALS_MS } from '../redis/keys/deployment.ts';
import { parseStored } from '../redis/replies.ts';

/** Ids, codes and words of our own only. */
export interface Refusal {
  request_id: string;
  operation: string;
  status: number;
  code: string;
  /** Why, in words that its caller was not told. */
  reason?: string | undefined;
  caller?: AnyPrincipal['kind'] | undefined;
  tenant_id?: string | undefined;
  client_id?: string | undefined;
  user_id?: string | undefined;
  /** How often within a second. */
  count: number;
}

export interface KeptRefusal extends Refusal {
  /** Id in the stream, which begins with its time in ms since 1970. */
  id: string;
}

export async function addRefusals(redis: Redis, refusals: readonly Refusal[]): Promise<void> {
  const writes = redis.pipeline();
  for (const refusal of refusals)
    writes.xadd(keys.refusals, 'MAXLEN', KEPT_REFUSALS, '*', 'r', JSON.stringify(refusal));
  await sendAll(writes.pexpire(keys.refusals, REFUSALS_MS));
}

/** Newest first: all that are kept, before one of them. */
export async function readRefusals(redis: Redis, before: string | undefined): Promise<KeptRefusal[]> {
  const end = before === undefined ? '+' : `(${before}`;
  const found = await redis.xrevrange(keys.refusals, end, '-', 'COUNT', KEPT_REFUSALS);
  return found.map(([id, [, text = '{}']]) => ({ ...parseStored<Refusal>(text), id }));
}
