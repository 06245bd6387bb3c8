/**
 * A tenant's audit log: a stream of events, each linked to the one before (`chain.ts`). Only `record` adds to it, and of two who do so
 * at once one has to look again, so that there is one order.
 */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import { START, type ChainKeys, type Link, type SealedLink } from './chain.ts';
import type { EmittedEvent } from './event.ts';

/** As it stands in the log. */
export interface RecordedEvent extends EmittedEvent {
  seq: number;
  /** ISO 8601. */
  recorded_at: string;
  /** Which key its link was made with. */
  key: string;
}

/** An event that waits on an outbox. */
export interface OutboxEntry {
  source: 'registry' | 'events';
  /** Its id there. */
  id: string;
  event: EmittedEvent;
}

export interface LogHead {
  last: SealedLink;
  /** What was before the first event that is still there. */
  anchor: SealedLink;
  /** When the last one was recorded, and how many in that millisecond before it: its id in the stream. */
  recorded: StreamId;
}

/** Of a Redis stream: milliseconds, and a count within them. */
export type StreamId = readonly [ms: number, count: number];

const scripts = {
  append: defineScript({
    file: new URL('./append-events.lua', import.meta.url),
    keys: ['log', 'head'],
    args: ['lastSeq', 'fieldCount', '...rest'],
  }),
  trim: defineScript({
    file: new URL('./trim-events.lua', import.meta.url),
    keys: ['log', 'head'],
    args: ['firstId', 'seq', 'link', 'seal'],
  }),
};

export const readStreamId = (text: string): StreamId => {
  const [ms = '0', count = '0'] = text.split('-');
  return [Number(ms), Number(count)];
};
export const compareIds = (a: StreamId, b: StreamId): number => a[0] - b[0] || a[1] - b[1];

export async function readHead(redis: Redis, tenantId: string): Promise<LogHead> {
  const fields = await redis.hgetall(keys.auditHead(tenantId));
  const end = (name: string): SealedLink => ({
    seq: Number(fields[`${name}seq`] ?? START.seq),
    hash: fields[`${name}hash`] ?? START.hash,
    seal: fields[`${name}seal`] ?? '',
  });
  return { last: end(''), anchor: end('anchor_'), recorded: readStreamId(fields['recorded'] ?? '0-0') };
}

/** Adds what is not there yet, in the order given: entries of one source must be in the order of that source. */
export async function record(
  redis: Redis,
  chain: ChainKeys,
  tenantId: string,
  entries: readonly OutboxEntry[],
): Promise<void> {
  const [log, head] = [keys.auditLog(tenantId), keys.auditHead(tenantId)];
  for (;;) {
    const { last, recorded } = await readHead(redis, tenantId);
    const [read, time] = await Promise.all([
      redis.hmget(head, 'read:registry', 'read:events'),
      // Whichever worker records them, events stand in the order of one clock.
      redis.time(),
    ]);
    const readTo = { registry: readStreamId(read[0] ?? '0-0'), events: readStreamId(read[1] ?? '0-0') };
    const unread = entries.filter(({ source, id }) => compareIds(readStreamId(id), readTo[source]) > 0);
    const added = linkUp(chain, { last, recorded, now: msOf(time) }, unread);
    const end = added.at(-1);
    if (!end) return;
    const fields: Record<string, string> = {
      ...Object.fromEntries(
        Object.entries(chain.seal('head', tenantId, end.link)).map(([k, v]) => [k, String(v)]),
      ),
      recorded: end.id,
    };
    for (const { source, id } of unread)
      if (compareIds(readStreamId(id), readStreamId(fields[`read:${source}`] ?? '0-0')) > 0)
        fields[`read:${source}`] = id;
    await redis.sadd(keys.audited, tenantId);
    const done = await scripts.append(redis, {
      log,
      head,
      lastSeq: last.seq,
      fieldCount: Object.keys(fields).length,
      rest: [
        ...Object.entries(fields).flat(),
        ...added.flatMap(({ id, text, link }) => [id, text, link.hash]),
      ],
    });
    if (done === 1) return;
  }
}

/** As `TIME` gives it: seconds, and microseconds besides. */
const msOf = ([seconds, micros]: readonly (number | string)[]): number =>
  Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);

function linkUp(
  chain: ChainKeys,
  { last, recorded, now }: { last: Link; recorded: StreamId; now: number },
  entries: readonly OutboxEntry[],
) {
  let link: Link = last;
  let [ms, count] = recorded;
  return entries.map(({ event }) => {
    // A clock that is put back does not put events back.
    [ms, count] = now > ms ? [now, 0] : [ms, count + 1];
    const seq = link.seq + 1;
    const text = JSON.stringify({
      ...event,
      seq,
      recorded_at: new Date(ms).toISOString(),
      key: chain.current,
    } satisfies RecordedEvent);
    link = { seq, hash: chain.link(link.hash, text) };
    return { id: `${ms}-${count}`, text, link };
  });
}

export interface LogEntry {
  id: string;
  text: string;
  hash: string;
}

/** @param from, to ids in the stream, `(` before one that is not meant, `-` and `+` for the ends */
export async function readLog(
  redis: Redis,
  tenantId: string,
  range: { from: string; to: string; newestFirst?: boolean; count: number },
): Promise<LogEntry[]> {
  const { from, to, newestFirst = false, count } = range;
  const key = keys.auditLog(tenantId);
  const found = newestFirst
    ? await redis.xrevrange(key, to, from, 'COUNT', count)
    : await redis.xrange(key, from, to, 'COUNT', count);
  return found.map(([id, [, text = '', , hash = '']]) => ({ id, text, hash }));
}

/** Removes what was recorded before this time, ms since 1970. @returns how many went */
export async function trimLog(
  redis: Redis,
  chain: ChainKeys,
  tenantId: string,
  before: number,
): Promise<number> {
  const range = { from: '-', to: String(before - 1), newestFirst: true, count: 1 };
  const [lastToGo] = await readLog(redis, tenantId, range);
  if (!lastToGo) return 0;
  return trimUpTo(redis, chain, tenantId, lastToGo);
}

/** Removes the oldest events, this one included. @returns how many went */
export async function trimUpTo(
  redis: Redis,
  chain: ChainKeys,
  tenantId: string,
  last: LogEntry,
): Promise<number> {
  const { seq } = parseJson<RecordedEvent>(last.text);
  const anchor = chain.seal('anchor', tenantId, { seq, hash: last.hash });
  const [ms, count] = readStreamId(last.id);
  const gone = await scripts.trim(redis, {
    log: keys.auditLog(tenantId),
    head: keys.auditHead(tenantId),
    firstId: `${ms}-${count + 1}`,
    seq: anchor.seq,
    link: anchor.hash,
    seal: anchor.seal,
  });
  return Number(gone);
}

/** As Redis estimates it, from a few of the stream's parts. */
export async function bytesOf(redis: Redis, tenantId: string): Promise<number> {
  return Number((await redis.memory('USAGE', keys.auditLog(tenantId))) ?? 0);
}

/** How many events. */
export const lengthOf = (redis: Redis, tenantId: string): Promise<number> =>
  redis.xlen(keys.auditLog(tenantId));

/**
 * Counts what happened to a log and is an event of its own once in a while only.
 * @returns how many it has been since that event, and when that was, ms since 1970
 */
export async function countSince(
  redis: Redis,
  tenantId: string,
  type: string,
  count: number,
): Promise<{ soFar: number; toldAt: number }> {
  const head = keys.auditHead(tenantId);
  const soFar = await redis.hincrby(head, `${type}:count`, count);
  return { soFar, toldAt: Number((await redis.hget(head, `${type}:told`)) ?? 0) };
}

/** From now on it is counted anew. */
export async function startCount(redis: Redis, tenantId: string, type: string): Promise<void> {
  await redis.hset(keys.auditHead(tenantId), { [`${type}:told`]: redisNow(), [`${type}:count`]: 0 });
}

/** Tells whoever watches that a tenant has new events. */
export async function announceRecorded(redis: Redis, tenantId: string): Promise<void> {
  await redis.publish(keys.recorded, tenantId);
}

export async function listAudited(redis: Redis): Promise<string[]> {
  return (await redis.smembers(keys.audited)).sort();
}
