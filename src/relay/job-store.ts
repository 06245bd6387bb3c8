/** Relay jobs in Redis: one record for each. What waits is ordered by `fair-queue/`. */
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

/** An end of at most so many characters comes with the wake-up: whoever waits needs not ask Redis for it. */
const MAX_TOLD = 32_768;

/** So long a look-up is known to others that ask for the same. Most are sent after milliseconds, and cannot be joined any more then. */
const FLIGHT_MS = 60_000;

/** A job that was never released is known for so long: whoever asks after it is told that it was not. */
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

/** As `create-job.lua` gives it. */
type CreateReply =
  | [made: 'made', isCrowded: 0 | 1]
  | [made: 'known' | 'other']
  | [made: 'same', id: string]
  | [made: 'full', limit: keyof PendingLimits];

export class JobStore {
  readonly #redis: Redis;
  readonly #seal: Seal;
  readonly #limits: PendingLimits | undefined;

  /** @param limits of pending jobs; left out: whoever uses this makes no jobs */
  constructor(redis: Redis, seal: Seal, limits?: PendingLimits) {
    this.#redis = redis;
    this.#seal = seal;
    this.#limits = limits;
  }

  /**
   * Reserves a job that changes something: it is not done before it is released. A look-up is queued at once.
   * @returns its record when it was made, `known` when it is there already by its idempotency key, `other` when that key came with
   * another request; or the id of the job that does the same look-up and has sent no call yet
   */
  async create(job: NewJob): Promise<Made | 'known' | 'other' | { sameAs: string } | Full> {
    const { id } = job;
    const stored = toStored(job);
    const input = this.#seal.seal(job.input, inputPlace(id));
    // The script stores these by itself.
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
   * Has a job that was reserved done: `void` when it is too late for that, for good; `gone` when Redis does not have it any more. May be
   * repeated.
   */
  async release({ id, ticket }: JobRecord): Promise<'released' | 'void' | 'gone'> {
    const given = { record: keys.relayJob(id), id, ticket, keepMs: RECORD_KEEP_MS, prefix };
    const released = await scripts.release.runFirst(this.#redis, given);
    return released === 1 ? 'released' : released === 0 ? 'void' : 'gone';
  }

  async read(id: string): Promise<JobRecord | undefined> {
    const stored = fieldsOf<Partial<StoredJob>>(await this.#redis.hgetall(keys.relayJob(id)));
    return isStored(stored) ? toRecord(this.#seal, id, stored) : undefined;
  }

  /** Like `read`, for somebody who shows it: what may be shown once only is gone with that, but to whoever repeats its request. */
  async take(id: string, { isRepeat } = { isRepeat: false }): Promise<JobRecord | undefined> {
    const record = await this.read(id);
    // A failure holds no secret, and the operator finds it among the dead letters afterwards.
    if (!record?.ended || 'problem' in record.ended) return record;
    if (!rulesOf(record.operationId).shownOnce || isRepeat) return record;
    const key = keys.relayJob(id);
    // Of two who ask at once, one gets it. With an idempotency key its caller may get it again, if the answer was lost.
    const isFirst = (await this.#redis.hsetnx(key, 'shown', '1')) === 1;
    if (!record.isKeyed) await this.#redis.hdel(key, 'end');
    return isFirst ? record : { ...record, ended: undefined };
  }

  /** A record with the end that came with the wake-up: what was stored, sealed as it is there. */
  withEnd(record: JobRecord, told: string): JobRecord {
    const ended = this.#seal.open<Ended<unknown>>(told, endPlace(record.id));
    return { ...record, status: statusOf(ended), ended };
  }

  /** Its record and what is to be done, for the worker. @param fields as they are stored, with their values */
  open(id: string, fields: readonly string[]): { record: JobRecord; input: unknown } {
    const stored = fieldsOf<Partial<StoredJob>>(fields);
    if (!isStored(stored)) throw new Error(`job ${id} has no record`);
    const { input } = stored;
    return {
      record: toRecord(this.#seal, id, stored),
      input: input && this.#seal.open(input, inputPlace(id)),
    };
  }

  /** Just before a call is sent. @returns false when nobody wants the job any more */
  async start(record: JobRecord, { isWrite }: { isWrite: boolean }): Promise<boolean> {
    const given = { ...placesOf(record), id: record.id, isWrite: isWrite ? '1' : '0' };
    return (await scripts.start(this.#redis, given)) === 1;
  }

  /** Nobody waits for this read any more. @returns false when it goes on nevertheless */
  async cancel(record: JobRecord): Promise<boolean> {
    return (await scripts.cancel(this.#redis, { ...placesOf(record), id: record.id, prefix })) === 1;
  }

  /**
   * Stores how it ended and the event that tells of it, forgets its input, and wakes whoever waits.
   * @param dead why it is kept with its input
   * @returns false when it had ended before: the first end is the one that counts
   */
  async end(record: JobRecord, ended: Ended<unknown>, keepMs: number, dead?: DeadReason): Promise<boolean> {
    const { id, operationId, isKeyed } = record;
    const sealed = this.#seal.seal(ended, endPlace(id));
    const event = eventOf(record, ended);
    const text = event && JSON.stringify(event);
    const isTold = sealed.length <= MAX_TOLD && !rulesOf(operationId).shownOnce;
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

  /** Of a job that has ended: sees to it that the event that tells of it is on its way, whoever ended it. */
  async settle(id: string): Promise<void> {
    const text = await this.#redis.hget(keys.relayJob(id), 'event');
    if (text !== null) await this.#sendEvent(id, text);
  }

  /** Puts it on the list of dead letters. */
  async addDead(id: string): Promise<void> {
    await this.#redis.zadd(keys.deadLetters, redisNow(), id);
  }

  /** Removes those from the list that are on it since before then, ms since 1970, and the oldest beyond `max`. */
  async trimDead(before: number, max: number): Promise<void> {
    const { deadLetters } = keys;
    const writes = this.#redis.multi().zremrangebyscore(deadLetters, '-inf', before);
    await writes.zremrangebyrank(deadLetters, 0, -(max + 1)).exec();
  }

  /** Newest first; of those on the list since before then, ms since 1970. */
  async listDead(limit: number, before: number): Promise<{ id: string; at: number }[]> {
    const [list, max] = [keys.deadLetters, before === Infinity ? '+inf' : `(${before}`];
    const found = await this.#redis.zrevrangebyscore(list, max, '-inf', 'WITHSCORES', 'LIMIT', 0, limit);
    return found.flatMap((id, i) => (i % 2 === 0 ? [{ id, at: Number(found[i + 1]) }] : []));
  }

  countDead(): Promise<number> {
    return this.#redis.zcard(keys.deadLetters);
  }

  /** @returns whether it was on the list: of two who take it, one does */
  async takeDead(id: string): Promise<boolean> {
    return (await this.#redis.zrem(keys.deadLetters, id)) === 1;
  }

  /** With why it is a dead letter. @returns undefined when it is none, or has not ended */
  async readDead(id: string): Promise<{ record: JobRecord; reason: DeadReason } | undefined> {
    const stored = fieldsOf<Partial<StoredJob>>(await this.#redis.hgetall(keys.relayJob(id)));
    const { dead: reason } = stored;
    if (!isStored(stored) || !stored.end || reason === undefined) return undefined;
    return { record: toRecord(this.#seal, id, stored), reason };
  }

  /** Makes a dead letter a living job again. @returns undefined when its record is gone */
  async restore(id: string): Promise<JobRecord | undefined> {
    const key = keys.relayJob(id);
    const record = await this.read(id);
    if (!record) return undefined;
    await this.#redis
      .multi()
      .hset(key, { status: 'queued', ticket: randomUUID() })
      .hdel(key, 'dead', 'end', 'finished', 'again', 'shown')
      // Whoever replays a call that must not be repeated by itself has looked.
      .hdel(key, rulesOf(record.operationId).repeat === 'once' ? 'sent' : 'dead')
      .exec();
    return this.read(id);
  }

  /** A dead letter is none any more, and its input goes. */
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

  /** The event that was written with a job's end goes to the outbox. */
  #sendEvent(id: string, text: string): Promise<void> {
    return handOver(this.#redis, text, () => this.#redis.hdel(keys.relayJob(id), 'event'));
  }
}

const placesOf = ({ id, flight }: Pick<JobRecord, 'id' | 'flight'>) => ({
  record: keys.relayJob(id),
  flight,
});
