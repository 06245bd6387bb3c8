/**
 * A tenant's audit log: a stream of events, each linked to the one before (`chain.ts`). Only `record` appends to it; of
 * two concurrent calls one has to retry, so that there is one order.
 */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { readRedisTime, redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import { START, type ChainKeys, type Link, type SealedLink } from './chain.ts';
import type { EmittedEvent } from './event.ts';

/** An event as stored in the log. */
export interface RecordedEvent extends EmittedEvent {
  seq: number;
  /** ISO 8601. */
  recorded_at: string;
  /** Id of the key of its link. */
  key: string;
}

/** An event in an outbox. */
export interface OutboxEntry {
  source: 'registry' | 'events';
  /** Its stream id there. */
  id: string;
  event: EmittedEvent;
}

export interface LogHead {
  last: SealedLink;
  /** The last removed event, before the oldest one in the log. */
  anchor: SealedLink;
  /** Stream id of the last event: when it was recorded, and its count within that millisecond. */
  recorded: StreamId;
}

/** Id of a Redis stream entry: milliseconds, and a count within them. */
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

/**
 * Appends events that the log does not have yet, in the given order: entries of one source must be in that source's
 * order.
 */
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
      // Redis's clock orders the events, whichever worker records them.
      readRedisTime(redis),
    ]);
    const readTo = { registry: readStreamId(read[0] ?? '0-0'), events: readStreamId(read[1] ?? '0-0') };
    const unread = entries.filter(({ source, id }) => compareIds(readStreamId(id), readTo[source]) > 0);
    const added = linkUp(chain, { last, recorded, now: Math.floor(time) }, unread);
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

function linkUp(
  chain: ChainKeys,
  { last, recorded, now }: { last: Link; recorded: StreamId; now: number },
  entries: readonly OutboxEntry[],
) {
  let link: Link = last;
  let [ms, count] = recorded;
  return entries.map(({ event }) => {
    // A clock that was set back does not reorder events.
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

/** @param from, to stream ids, `(` for an exclusive bound, `-` and `+` for the ends */
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

/** Removes events recorded before this time, ms since 1970. @returns number removed */
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

/** Removes the oldest events up to and including this one. @returns number removed */
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

/** Redis's estimate, from a sample of the stream's nodes. */
export async function bytesOf(redis: Redis, tenantId: string): Promise<number> {
  return Number((await redis.memory('USAGE', keys.auditLog(tenantId))) ?? 0);
}

/** Number of events. */
export const lengthOf = (redis: Redis, tenantId: string): Promise<number> =>
  redis.xlen(keys.auditLog(tenantId));

/**
 * Counts occurrences that are recorded as an event only occasionally.
 * @returns the count since the last such event, and when that was recorded, ms since 1970
 */
export async function countSince(
  redis: Redis,
  tenantId: string,
  type: string,
  count: number,
): Promise<{ soFar: number; recordedAt: number }> {
  const head = keys.auditHead(tenantId);
  const soFar = await redis.hincrby(head, `${type}:count`, count);
  return { soFar, recordedAt: Number((await redis.hget(head, `${type}:told`)) ?? 0) };
}

/** Resets that count. */
export async function startCount(redis: Redis, tenantId: string, type: string): Promise<void> {
  await redis.hset(keys.auditHead(tenantId), { [`${type}:told`]: redisNow(), [`${type}:count`]: 0 });
}

/** Publishes that a tenant has new events. */
export async function announceRecorded(redis: Redis, tenantId: string): Promise<void> {
  await redis.publish(keys.recorded, tenantId);
}

export async function listAudited(redis: Redis): Promise<string[]> {
  return (await redis.smembers(keys.audited)).sort();
}
