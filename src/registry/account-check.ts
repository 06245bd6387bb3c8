/** The last comparison of the account with what Trivium needs of it, for the next one and for metrics. */
import type { Redis } from 'ioredis';
import { sendAll } from '../redis/connections.ts';
import { keys } from '../redis/keys.ts';
import { parseStored } from '../redis/replies.ts';
import { recordIn } from './changes.ts';

export interface AccountCheck {
  /** By Redis' clock, ms since 1970. */
  at: number;
  /** Names of parts that were compared. */
  compared: string[];
  /** Names of parts that could not be, each with the scopes that this would need. */
  unread: { part: string; needs: string[] }[];
  /** `<part> <what>` of each difference that exists. */
  found: string[];
}

/** Of one part. There are less than twenty parts. */
export const KEPT_OF_PART = 100;

export async function readAccountCheck(redis: Redis): Promise<AccountCheck | undefined> {
  return parseStored<AccountCheck>(await redis.get(keys.accountCheck));
}

/** @param events as JSON text */
export async function saveAccountCheck(
  redis: Redis,
  check: AccountCheck,
  events: readonly string[],
): Promise<void> {
  const writes = redis.multi();
  for (const event of events) recordIn(writes, event);
  await sendAll(writes.set(keys.accountCheck, JSON.stringify(check)));
}

/** @returns part → number of its differences, for each part that was compared */
export function differencesByPart({ compared, found }: AccountCheck): Map<string, number> {
  const counts = new Map(compared.map((part) => [part, 0]));
  for (const name of found) {
    const part = name.split(' ')[0] ?? '';
    const count = counts.get(part);
    if (count !== undefined) counts.set(part, count + 1);
  }
  return counts;
}
