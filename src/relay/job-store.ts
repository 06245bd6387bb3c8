/** Relay jobs in Redis: one record each. `fair-queue/` orders the waiting ones. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { handOver } from '../events/outbox-store.ts';
import { redisNow, redisTimestamp } from '../redis/clock.ts';
import { argumentsOf, fieldsOf } from '../redis/hash.ts';
import { keys } from '../redis/keys.ts';
import { defineScript, replyOf } from '../redis/scripts.ts';
import type { Seal } from '../secrets/seal.ts';
import { libraries } from './fair-queue/fair-queue.ts';
import { isInternal, type PendingLimits, type Queueing } from './fair-queue/flow.ts';
import { eventOf } from './job-events.ts';
import {
  endPlace,
  hadNoEffect,
  inputPlace,
  isStored,
  requireKnown,
  statusOf,
  toRecord,
  toStored,
  type DeadReason,
  type Full,
  type JobRecord,
  type Made,
  type NewJob,
  type StoredJob,
} from './job-records.ts';
import { rulesOf } from './jobs/index.ts';
import { A_DAY_MS, firstGroupOf, RECORD_KEEP_MS, RELEASE_MS, type Ended } from './relay-job.ts';

/** Ends of up to this many characters are part of the pub/sub message, so that waiters need not read the record. */
const MAX_NOTIFIED_END = 32_768;

/** How long identical reads may find this one. Most are sent after milliseconds, and cannot be joined after that. */
const FLIGHT_MS = 60_000;

/** Lifetime of a job that was never released: its caller gets a definite answer for this long. */
const UNRELEASED_KEEP_MS = 60_000;

const prefix = keys.relayPrefix;
const file = (name: string) => new URL(`./${name}.lua`, import.meta.url);
const { fairQueue, pendingJobs, discharge } = libraries;
const scripts = {
  create: defineScript({
    file: file('create-job'),
    keys: ['record', 'flight?'],
    args: ['id', 'keepMs', 'flightMs', 'fingerprint', 'queueing', '...fields'],
    uses: { fairQueue, pendingJobs },
    reply: replyOf<CreateReply>,
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

/** The reply of `create-job.lua`. */
type CreateReply =
  | [made: 'made', isCrowded: 0 | 1]
  | [made: 'known' | 'other']
  | [made: 'same', id: string]
  | [made: 'full', limit: keyof PendingLimits];

export class JobStore {
  readonly #redis: Redis;
  readonly #seal: Seal;
  readonly #limits: PendingLimits | undefined;

  /** @param limits of pending jobs; left out if the instance creates no jobs */
  constructor(redis: Redis, seal: Seal, limits?: PendingLimits) {
    this.#redis = redis;
    this.#seal = seal;
    this.#limits = limits;
  }

  /**
   * Reserves a job that changes something: it is not executed before it is released. A read is queued immediately.
   * @returns its record when it was created, `known` when its idempotency key exists already, `other` when that key came with
   * another request; or the id of the job that does the same read and has sent no call yet
   */
  async create(job: NewJob): Promise<Made | 'known' | 'other' | { sameAs: string } | Full> {
    const { id } = job;
    const stored = toStored(job);
    const input = this.#seal.seal(job.input, inputPlace(id));
    // The script stores these itself.
    const { flow: _flow, caller: _caller, fingerprint, ...fields } = stored;
    const reply = await scripts.create.runFirst(this.#redis, {
      ...placesOf(job),
      id,
      keepMs: RECORD_KEEP_MS,
      flightMs: FLIGHT_MS,
      fingerprint,
      queueing: JSON.stringify(this.#queueing(job, input.length)),
      fields: argumentsOf({ ...fields, input }),
    });
    switch (reply[0]) {
      case 'full':
        return { full: reply[1] };
      case 'same':
        return { sameAs: reply[1] };
      case 'made':
        return { record: toRecord(this.#seal, id, stored), isCrowded: reply[1] === 1 };
      default:
        return reply[0];
    }
  }

  /**
   * Releases a reserved job for execution: `void` when it is permanently too late for that; `gone` when Redis has lost the job.
   * Idempotent.
   */
  async release({ id, ticket }: JobRecord): Promise<'released' | 'void' | 'gone'> {
    const given = { record: keys.relayJob(id), id, ticket, keepMs: RECORD_KEEP_MS, prefix };
    const released = await scripts.release.runFirst(this.#redis, given);
    return released === 1 ? 'released' : released === 0 ? 'void' : 'gone';
  }

  /** @throws Problem `overloaded` for a job that only a newer release can read */
  async read(id: string): Promise<JobRecord | undefined> {
    const stored = fieldsOf<Partial<StoredJob>>(await this.#redis.hgetall(keys.relayJob(id)));
    if (!isStored(stored)) return undefined;
    requireKnown(stored);
    return toRecord(this.#seal, id, stored);
  }

  /** Like `read`, for showing it to the caller: an outcome that is shown once is deleted, except for retries of the same request. */
  async take(id: string, { isRepeat } = { isRepeat: false }): Promise<JobRecord | undefined> {
    const record = await this.read(id);
    // A failure holds no secret, and the operator finds it among the dead letters afterwards.
    if (!record?.ended || 'problem' in record.ended) return record;
    if (!rulesOf(record.operationId).shownOnce || isRepeat) return record;
    const key = keys.relayJob(id);
    // Of two concurrent readers, one gets it. With an idempotency key its caller may get it again, in case the answer was lost.
    const isFirst = (await this.#redis.hsetnx(key, 'shown', '1')) === 1;
    if (!record.isKeyed) await this.#redis.hdel(key, 'end');
    return isFirst ? record : { ...record, ended: undefined };
  }

  /** Adds the end from the pub/sub message to a record: sealed, as it was stored. */
  withEnd(record: JobRecord, told: string): JobRecord {
    const ended = this.#seal.open<Ended<unknown>>(told, endPlace(record.id));
    return { ...record, status: statusOf(ended), ended };
  }

  /** Record and input, for the worker. @param fields as stored, alternating with their values */
  open(id: string, fields: readonly string[]): { record: JobRecord; input: unknown } {
    const stored = fieldsOf<Partial<StoredJob>>(fields);
    if (!isStored(stored)) throw new Error(`job ${id} has no record`);
    const { input } = stored;
    return {
      record: toRecord(this.#seal, id, stored),
      input: input && this.#seal.open(input, inputPlace(id)),
    };
  }

  /** Called just before a call is sent. @returns false when the job was cancelled */
  async start(record: JobRecord, { isWrite }: { isWrite: boolean }): Promise<boolean> {
    const given = { ...placesOf(record), id: record.id, isWrite: isWrite ? '1' : '0' };
    return (await scripts.start(this.#redis, given)) === 1;
  }

  /** Cancels a read that nobody waits for any more. @returns false when it continues nevertheless */
  async cancel(record: JobRecord): Promise<boolean> {
    return (await scripts.cancel(this.#redis, { ...placesOf(record), id: record.id, prefix })) === 1;
  }

  /**
   * Stores how it ended together with its event, deletes its input, and notifies waiters.
   * @param dead why it is kept as a dead letter, with its input
   * @returns false when it had ended before: the first end counts
   */
  async end(record: JobRecord, ended: Ended<unknown>, keepMs: number, dead?: DeadReason): Promise<boolean> {
    const { id, operationId, isKeyed } = record;
    const sealed = this.#seal.seal(ended, endPlace(id));
    const event = eventOf(record, ended);
    const text = event && JSON.stringify(event);
    const isTold = sealed.length <= MAX_NOTIFIED_END && !rulesOf(operationId).shownOnce;
    const isFirst = await scripts.end(this.#redis, {
      ...placesOf(record),
      id,
      prefix,
      channel: keys.relayEnded,
      message: isTold ? `${id} ${sealed}` : id,
      keepMs: isKeyed ? Math.max(keepMs, A_DAY_MS) : keepMs,
      dropsInput: dead === undefined ? '1' : '0',
      fields: argumentsOf({
        status: statusOf(ended),
        finished: redisTimestamp(),
        end: sealed,
        event: text,
        again: 'problem' in ended && hadNoEffect(ended.problem) ? '1' : undefined,
        dead,
      }),
    });
    if (isFirst !== 1) return false;
    if (text !== undefined) await this.#sendEvent(id, text);
    return true;
  }

  /** For a job that has ended: makes sure that its event is published, whichever process ended it. */
  async settle(id: string): Promise<void> {
    const text = await this.#redis.hget(keys.relayJob(id), 'event');
    if (text !== null) await this.#sendEvent(id, text);
  }

  /** Adds it to the list of dead letters. */
  async addDead(id: string): Promise<void> {
    await this.#redis.zadd(keys.deadLetters, redisNow(), id);
  }

  /** Drops dead letters that were listed before a time, ms since 1970, and the oldest beyond `max`. */
  async trimDead(before: number, max: number): Promise<void> {
    const { deadLetters } = keys;
    const writes = this.#redis.multi().zremrangebyscore(deadLetters, '-inf', before);
    await writes.zremrangebyrank(deadLetters, 0, -(max + 1)).exec();
  }

  /** Newest first; those listed before a time, ms since 1970. */
  async listDead(limit: number, before: number): Promise<{ id: string; at: number }[]> {
    const [list, max] = [keys.deadLetters, before === Infinity ? '+inf' : `(${before}`];
    const found = await this.#redis.zrevrangebyscore(list, max, '-inf', 'WITHSCORES', 'LIMIT', 0, limit);
    return found.flatMap((id, i) => (i % 2 === 0 ? [{ id, at: Number(found[i + 1]) }] : []));
  }

  countDead(): Promise<number> {
    return this.#redis.zcard(keys.deadLetters);
  }

  /** @returns whether it was on the list: of two concurrent calls, one succeeds */
  async takeDead(id: string): Promise<boolean> {
    return (await this.#redis.zrem(keys.deadLetters, id)) === 1;
  }

  /** With the reason. @returns undefined when it is not a dead letter, or has not ended */
  async readDead(id: string): Promise<{ record: JobRecord; reason: DeadReason } | undefined> {
    const stored = fieldsOf<Partial<StoredJob>>(await this.#redis.hgetall(keys.relayJob(id)));
    const { dead: reason } = stored;
    if (!isStored(stored) || !stored.end || reason === undefined) return undefined;
    return { record: toRecord(this.#seal, id, stored), reason };
  }

  /** Turns a dead letter back into a pending job. @returns undefined when its record is gone */
  async restore(id: string): Promise<JobRecord | undefined> {
    const key = keys.relayJob(id);
    const record = await this.read(id);
    if (!record) return undefined;
    await this.#redis
      .multi()
      .hset(key, { status: 'queued', ticket: randomUUID() })
      .hdel(key, 'dead', 'end', 'finished', 'again', 'shown')
      // A call that must not be repeated automatically: the operator who replays it has checked the outcome.
      .hdel(key, rulesOf(record.operationId).repeat === 'once' ? 'sent' : 'dead')
      .exec();
    return this.read(id);
  }

  /** Discards a dead letter, with its input. */
  async removeDead(id: string): Promise<void> {
    await this.#redis.hdel(keys.relayJob(id), 'input', 'dead');
  }

  #queueing({ operationId, flow }: NewJob, bytes: number): Queueing {
    const rules = rulesOf(operationId);
    return {
      prefix,
      group: firstGroupOf(rules),
      flow: flow.name,
      caller: flow.caller,
      bytes,
      limits: isInternal(flow) ? undefined : this.#limits,
      release: rules.isRead ? undefined : { withinMs: RELEASE_MS, keepMs: UNRELEASED_KEEP_MS },
    };
  }

  /** Moves the event that was stored with a job's end to the outbox. */
  #sendEvent(id: string, text: string): Promise<void> {
    return handOver(this.#redis, text, () => this.#redis.hdel(keys.relayJob(id), 'event'));
  }
}

const placesOf = ({ id, flight }: Pick<JobRecord, 'id' | 'flight'>) => ({
  record: keys.relayJob(id),
  flight,
});
