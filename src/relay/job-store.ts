/** Relay jobs in Redis: one record for each. What waits is ordered by `fair-queue/`. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { handOver } from '../events/outbox-store.ts';
import { redisNow, redisTimestamp } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { Seal } from '../secrets/seal.ts';
import { libraries } from './fair-queue/fair-queue.ts';
import { isInternal, type PendingLimits, type Queueing } from './fair-queue/flow.ts';
import { eventOf } from './job-events.ts';
import {
  endPlace,
  hadNoEffect,
  inputPlace,
  readRecord,
  statusOf,
  type Full,
  type JobRecord,
  type Made,
  type NewJob,
} from './job-records.ts';
import { rulesOf } from './jobs/index.ts';
import { A_DAY_MS, firstGroupOf, RECORD_KEEP_MS, RELEASE_MS, type Ended } from './relay-job.ts';

export interface JobStore {
  /**
   * Reserves a job that changes something: it is not done before it is released. A look-up is queued at once.
   * @returns its record when it was made, `known` when it is there already by its idempotency key, `other` when that key came with
   * another request; or the id of the job that does the same look-up and has sent no call yet
   */
  create(job: NewJob): Promise<Made | 'known' | 'other' | { sameAs: string } | Full>;
  /**
   * Has a job that was reserved done: `void` when it is too late for that, for good; `gone` when Redis does not have it any more. May be
   * repeated.
   */
  release(record: JobRecord): Promise<'released' | 'void' | 'gone'>;
  read(id: string): Promise<JobRecord | undefined>;
  /** Like `read`, for somebody who shows it: what may be shown once only is gone with that, but to whoever repeats its request. */
  take(id: string, options?: { isRepeat: boolean }): Promise<JobRecord | undefined>;
  /** A record with the end that came with the wake-up: what was stored, sealed as it is there. */
  withEnd(record: JobRecord, told: string): JobRecord;
  /** Its record and what is to be done, for the worker. @param fields as they are stored, with their values */
  open(id: string, fields: string[]): { record: JobRecord; input: unknown };
  /** Just before a call is sent. @returns false when nobody wants the job any more */
  start(record: JobRecord, call: { isWrite: boolean }): Promise<boolean>;
  /** Nobody waits for this read any more. @returns false when it goes on nevertheless */
  cancel(record: JobRecord): Promise<boolean>;
  /** Puts it on the list of dead letters. */
  addDead(id: string): Promise<void>;
  /** Removes those from the list that are on it since before then, ms since 1970, and the oldest beyond `max`. */
  trimDead(before: number, max: number): Promise<void>;
  /** Newest first; of those on the list since before then, ms since 1970. */
  listDead(limit: number, before: number): Promise<{ id: string; at: number }[]>;
  countDead(): Promise<number>;
  /** @returns whether it was on the list: of two who take it, one does */
  takeDead(id: string): Promise<boolean>;
  /** Why it is a dead letter; null: it is none. */
  deadReason(id: string): Promise<string | null>;
  /** Makes a dead letter a living job again. @returns undefined when its record is gone */
  restore(id: string): Promise<JobRecord | undefined>;
  /** A dead letter is none any more, and its input goes. */
  removeDead(id: string): Promise<void>;
  /** Of a job that has ended: sees to it that the event that tells of it is on its way, whoever ended it. */
  settle(id: string): Promise<void>;
  /**
   * Stores how it ended and the event that tells of it, forgets its input, and wakes whoever waits.
   * @param dead why it is kept with its input
   * @returns false when it had ended before: the first end is the one that counts
   */
  end(record: JobRecord, ended: Ended<unknown>, keepMs: number, dead?: string): Promise<boolean>;
}

/** An end of at most so many characters comes with the wake-up: whoever waits needs not ask Redis for it. */
const MAX_TOLD = 32_768;

/** So long a look-up is known to others that ask for the same. Most are sent after milliseconds, and cannot be joined any more then. */
const FLIGHT_MS = 60_000;

/** A job that was never released is known for so long: whoever asks after it is told that it was not. */
const UNRELEASED_KEEP_MS = 60_000;

const file = (name: string) => new URL(`./${name}.lua`, import.meta.url);
const { fairQueue, pendingJobs, discharge } = libraries;
const scripts = {
  create: defineScript({
    file: file('create-job'),
    keys: ['record', 'flight?'],
    args: ['id', 'keepMs', 'flightMs', 'fingerprint', 'queueing', '...fields'],
    uses: { fairQueue, pendingJobs },
  }),
  release: defineScript({
    file: file('release-job'),
    keys: ['record'],
    args: ['id', 'ticket', 'keepMs', 'prefix'],
    uses: { fairQueue, pendingJobs },
  }),
  start: defineScript({ file: file('start-job'), keys: ['record', 'flight?'], args: ['id', 'isWrite'] }),
  cancel: defineScript({
    file: file('cancel-job'),
    keys: ['record', 'flight?'],
    args: ['id', 'prefix'],
    uses: { fairQueue, pendingJobs, discharge },
  }),
  end: defineScript({
    file: file('end-job'),
    keys: ['record', 'flight?'],
    args: ['id', 'prefix', 'channel', 'message', 'keepMs', 'dropsInput', '...fields'],
    uses: { pendingJobs, discharge },
  }),
};

/** @param limits of pending jobs; left out: whoever uses this makes no jobs */
export function createJobStore(redis: Redis, seal: Seal, limits?: PendingLimits): JobStore {
  const prefix = keys.relayPrefix;
  const placesOf = ({ id, flight }: Pick<JobRecord, 'id' | 'flight'>) => ({
    record: keys.relayJob(id),
    flight,
  });
  const toRecord = (id: string, fields: Record<string, string>) => readRecord(seal, id, fields);

  /** The event that was written with a job's end goes to the outbox. */
  const sendEvent = (id: string, text: string) =>
    handOver(redis, text, () => redis.hdel(keys.relayJob(id), 'event'));

  return {
    async create(job) {
      const {
        id,
        operationId,
        tenantId,
        requestId,
        input,
        fingerprint = '',
        ticket,
        flight,
        event,
        by,
        maker,
        makerUser,
        subject,
        flow,
      } = job;
      const fields = {
        operation: operationId,
        tenant: tenantId ?? '',
        request: requestId,
        status: 'queued',
        created: redisTimestamp(),
        ticket,
        ...(flight === undefined ? {} : { flight }),
        ...(by ? { by: `${by.kind} ${by.clientId}` } : {}),
        ...(maker === undefined ? {} : { maker }),
        ...(makerUser ? { maker_user: JSON.stringify(makerUser) } : {}),
        ...(subject === undefined ? {} : { subject }),
        ...(event ? { told_as: JSON.stringify(event) } : {}),
      };
      const all = { ...fields, input: seal.seal(input, inputPlace(id)) };
      const rules = rulesOf(operationId);
      const queueing: Queueing = {
        prefix,
        group: firstGroupOf(rules),
        flow: flow.name,
        caller: flow.caller,
        bytes: all.input.length,
        limits: isInternal(flow) ? undefined : limits,
        release: rules.isRead ? undefined : { withinMs: RELEASE_MS, keepMs: UNRELEASED_KEEP_MS },
      };
      const [made, about] = (await scripts.create.runFirst(redis, {
        ...placesOf(job),
        id,
        keepMs: RECORD_KEEP_MS,
        flightMs: FLIGHT_MS,
        fingerprint,
        queueing: JSON.stringify(queueing),
        fields: Object.entries(all).flat(),
      })) as CreateReply;
      if (made === 'known' || made === 'other') return made;
      if (made === 'full') return { full: about as keyof PendingLimits };
      if (made !== 'made') return { sameAs: made };
      const record = toRecord(id, { ...fields, fingerprint, flow: flow.name, caller: flow.caller })!;
      return { record, isCrowded: about === 1 };
    },

    async release({ id, ticket }) {
      const given = { record: keys.relayJob(id), id, ticket, keepMs: RECORD_KEEP_MS, prefix };
      const released = await scripts.release.runFirst(redis, given);
      return released === 1 ? 'released' : released === 0 ? 'void' : 'gone';
    },

    read: async (id) => toRecord(id, await redis.hgetall(keys.relayJob(id))),

    withEnd(record, told) {
      const ended = seal.open<Ended<unknown>>(told, endPlace(record.id));
      return { ...record, status: statusOf(ended), ended };
    },

    open(id, stored) {
      const fields = toFields(stored);
      const sealed = fields['input'];
      return { record: toRecord(id, fields)!, input: sealed && seal.open(sealed, inputPlace(id)) };
    },

    async take(id, { isRepeat } = { isRepeat: false }) {
      const record = await this.read(id);
      // A failure holds no secret, and the operator finds it among the dead letters afterwards.
      if (!record?.ended || 'problem' in record.ended) return record;
      if (!rulesOf(record.operationId).shownOnce || isRepeat) return record;
      const key = keys.relayJob(id);
      // Of two who ask at once, one gets it. With an idempotency key its caller may get it again, if the answer was lost.
      const isFirst = (await redis.hsetnx(key, 'shown', '1')) === 1;
      if (!record.isKeyed) await redis.hdel(key, 'end');
      return isFirst ? record : { ...record, ended: undefined };
    },

    start: async (record, { isWrite }) =>
      (await scripts.start(redis, { ...placesOf(record), id: record.id, isWrite: isWrite ? '1' : '0' })) ===
      1,
    cancel: async (record) =>
      (await scripts.cancel(redis, { ...placesOf(record), id: record.id, prefix })) === 1,

    async end(record, ended, keepMs, dead) {
      const { id, operationId, isKeyed } = record;
      const sealed = seal.seal(ended, endPlace(id));
      const event = eventOf(record, ended);
      const text = event && JSON.stringify(event);
      const fields = {
        status: statusOf(ended),
        finished: redisTimestamp(),
        end: sealed,
        ...(text === undefined ? {} : { event: text }),
        ...('problem' in ended && hadNoEffect(ended.problem) ? { again: '1' } : {}),
        ...(dead === undefined ? {} : { dead }),
      };
      const keep = isKeyed ? Math.max(keepMs, A_DAY_MS) : keepMs;
      const isTold = sealed.length <= MAX_TOLD && !rulesOf(operationId).shownOnce;
      const told = isTold ? `${id} ${sealed}` : id;
      const isFirst = await scripts.end(redis, {
        ...placesOf(record),
        id,
        prefix,
        channel: keys.relayEnded,
        message: told,
        keepMs: keep,
        dropsInput: dead === undefined ? '1' : '0',
        fields: Object.entries(fields).flat(),
      });
      if (isFirst !== 1) return false;
      if (text !== undefined) await sendEvent(id, text);
      return true;
    },

    addDead: async (id) => void (await redis.zadd(keys.deadLetters, redisNow(), id)),
    async trimDead(before, max) {
      const { deadLetters } = keys;
      const writes = redis.multi().zremrangebyscore(deadLetters, '-inf', before);
      await writes.zremrangebyrank(deadLetters, 0, -(max + 1)).exec();
    },
    async listDead(limit, before) {
      const [list, max] = [keys.deadLetters, before === Infinity ? '+inf' : `(${before}`];
      const found = await redis.zrevrangebyscore(list, max, '-inf', 'WITHSCORES', 'LIMIT', 0, limit);
      return found.flatMap((id, i) => (i % 2 === 0 ? [{ id, at: Number(found[i + 1]) }] : []));
    },
    countDead: () => redis.zcard(keys.deadLetters),
    takeDead: async (id) => (await redis.zrem(keys.deadLetters, id)) === 1,
    deadReason: (id) => redis.hget(keys.relayJob(id), 'dead'),

    async restore(id) {
      const key = keys.relayJob(id);
      const record = await this.read(id);
      if (!record) return undefined;
      await redis
        .multi()
        .hset(key, { status: 'queued', ticket: randomUUID() })
        .hdel(key, 'dead', 'end', 'finished', 'again', 'shown')
        // Whoever replays a call that must not be repeated by itself has looked.
        .hdel(key, rulesOf(record.operationId).repeat === 'once' ? 'sent' : 'dead')
        .exec();
      return this.read(id);
    },

    removeDead: async (id) => void (await redis.hdel(keys.relayJob(id), 'input', 'dead')),

    async settle(id) {
      const text = await redis.hget(keys.relayJob(id), 'event');
      if (text !== null) await sendEvent(id, text);
    },
  };
}

/** As `create-job.lua` gives it. */
type CreateReply = [made: string, about?: string | number];

function toFields(reply: string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let i = 0; i < reply.length; i += 2) fields[reply[i]!] = reply[i + 1]!;
  return fields;
}
