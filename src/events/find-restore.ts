/** A log that continues from an earlier end because Redis was restored says so itself: the event is a link of its chain. */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { readLog, type RecordedEvent } from './audit-log.ts';

const PAGE = 1_000;

/**
 * @param since ms since 1970: an earlier restore does not explain what is missing of what was known then
 * @returns the last restore that the log records; undefined: none
 */
export async function findRestore(
  redis: Redis,
  tenant: string,
  since: number,
): Promise<RecordedEvent | undefined> {
  let found: RecordedEvent | undefined;
  for (let from = '-'; ;) {
    const page = await readLog(redis, tenant, { from, to: '+', count: PAGE });
    for (const { id, text } of page) {
      from = `(${id}`;
      const event = parseJson<RecordedEvent>(text);
      if (event.type === 'redis.restored' && Date.parse(event.recorded_at) >= since) found = event;
    }
    if (page.length < PAGE) return found;
  }
}

/** @param seq number of the last event that was known */
export const describeRestore = (seq: number, { seq: at, recorded_at }: RecordedEvent): string =>
  `set back by a restore of Redis, recorded as number ${at} at ${recorded_at}: of the events up to number ${seq}, those after the backup are lost`;
