/** One record per relay job, in Redis: what is to be done, how it stands, how it ended. Input and end are sealed. */
import type { Redis } from 'ioredis';
import { problems } from '../contract/generated-problems.ts';
import type { EventDraft } from '../events/event.ts';
import { redisTimestamp } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { Seal } from '../secrets/seal.ts';
import { libraries } from './fair-queue/fair-queue.ts';
import { isInternal } from './fair-queue/flow.ts';
import type { Flow, PendingLimits, Queueing } from './fair-queue/flow.ts';
import { eventOf, handOverEvent } from './job-events.ts';
import { relayJobs } from './jobs/index.ts';
import type { RelayOperationId } from './jobs/index.ts';
import { A_DAY_MS, RECORD_KEEP_MS, RELEASE_MS } from './relay-job.ts';
import type { Ended, RelayJob, RelayProblem } from './relay-job.ts';

export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'unknown';

export interface JobRecord {
  id: string;
  operationId: RelayOperationId;
  /** undefined: work that belongs to no tenant. */
  tenantId: string | undefined;
  requestId: string;
  status: JobStatus;
  createdAt: string;
  finishedAt: string | undefined;
  /** A call that changes something was sent, by this try or an earlier one. */
  sent: boolean;
  /** Id of what stands on the queue for it. */
  ticket: string;
  /** It has an idempotency key. */
  isKeyed: boolean;
  /** Key under which others that ask for the same find it, until its call is sent. */
  flight: string | undefined;
  /** On whose account its calls go. */
  by: Account | undefined;
  /** Who asked for it (`callerOf`). */
  maker: string | undefined;
  /** The user who asked for it, or whose app did. */
  makerUser: MakerUser | undefined;
  /** The user whom it concerns. */
  subject: string | undefined;
  /** Of the event that tells how it ended; undefined: nobody asked for this job, or it is a read. */
  event: EventDraft | undefined;
  /** Who it is done for, as far as turns go. */
  flow: Flow;
  /** How often it failed in a way that passes. */
  failures: number;
  /** How many workers died that had it. */
  crashes: number;
  /** How it ended; undefined while it has not. */
  ended: Ended<unknown> | undefined;
}

export interface NewJob {
  id: string;
  operationId: RelayOperationId;
  tenantId: string | undefined;
  requestId: string;
  input: unknown;
  /** Of the whole request, for a job with an idempotency key: another request with that key is another one. */
  fingerprint: string | undefined;
  /** Key under which others that ask for the same find it, until its call is sent. */
  flight: string | undefined;
  /** Id of what stands on the queue for it. */
  ticket: string;
  /** Of the event that tells how it ended; undefined: nobody asked for this job. */
  event: EventDraft | undefined;
  by: Account | undefined;
  maker: string | undefined;
  makerUser: MakerUser | undefined;
  subject: string | undefined;
  flow: Flow;
}

/** More jobs are pending than may be: nothing was stored. */
export interface Full {
  full: keyof PendingLimits;
}

/** With the roles that counted when it asked. */
export interface MakerUser {
  userId: string;
  roles: readonly string[];
}

/** A client of a tenant. */
export interface Account {
  kind: string;
  clientId: string;
}

export interface JobRecords {
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
  /** Of a job that has ended: sees to it that the event that tells of it is on its way, whoever ended it. */
  settle(id: string): Promise<void>;
  /**
   * Stores how it ended and the event that tells of it, forgets its input, and wakes whoever waits.
   * @param dead why it is kept with its input
   * @returns false when it had ended before: the first end is the one that counts
   */
  end(record: JobRecord, ended: Ended<unknown>, keepMs: number, dead?: string): Promise<boolean>;
}

export interface Made {
  record: JobRecord;
  /** More than half of what may be pending is. */
  isCrowded: boolean;
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
export function createJobRecords(redis: Redis, seal: Seal, limits?: PendingLimits): JobRecords {
  const prefix = keys.relayPrefix;
  const placesOf = ({ id, flight }: Pick<JobRecord, 'id' | 'flight'>) => ({
    record: keys.relayJob(id),
    flight,
  });
  const inputPlace = (id: string) => `relay:${id}:input`;
  const endPlace = (id: string) => `relay:${id}:end`;

  function toRecord(id: string, fields: Record<string, string>): JobRecord | undefined {
    if (!fields['operation']) return undefined;
    const ended = fields['end'];
    return {
      id,
      operationId: fields['operation'] as RelayOperationId,
      tenantId: fields['tenant'] || undefined,
      requestId: fields['request']!,
      status: fields['status'] as JobStatus,
      createdAt: fields['created']!,
      finishedAt: fields['finished'],
      sent: fields['sent'] === '1',
      ticket: fields['ticket']!,
      by: readAccount(fields['by']),
      maker: fields['maker'],
      makerUser: fields['maker_user'] ? (JSON.parse(fields['maker_user']) as MakerUser) : undefined,
      subject: fields['subject'],
      event: fields['told_as'] ? (JSON.parse(fields['told_as']) as EventDraft) : undefined,
      isKeyed: Boolean(fields['fingerprint']),
      flight: fields['flight'],
      flow: { name: fields['flow'] ?? '', caller: fields['caller'] ?? '' },
      failures: Number(fields['failures'] ?? 0),
      crashes: Number(fields['crashes'] ?? 0),
      ended: ended ? seal.open<Ended<unknown>>(ended, endPlace(id)) : undefined,
    };
  }

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
      const { firstCall: group, isRead } = rulesOf(operationId);
      const queueing: Queueing = {
        prefix,
        group,
        flow: flow.name,
        caller: flow.caller,
        bytes: all.input.length,
        limits: isInternal(flow) ? undefined : limits,
        release: isRead ? undefined : { withinMs: RELEASE_MS, keepMs: UNRELEASED_KEEP_MS },
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
      if (text !== undefined) await handOverEvent(redis, id, text);
      return true;
    },

    async settle(id) {
      const text = await redis.hget(keys.relayJob(id), 'event');
      if (text !== null) await handOverEvent(redis, id, text);
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

function statusOf(ended: Ended<unknown>): JobStatus {
  if ('outcome' in ended) return 'succeeded';
  return ended.problem.code === 'outcome_unknown' ? 'unknown' : 'failed';
}

function readAccount(text: string | undefined): Account | undefined {
  const [kind, clientId] = text?.split(' ') ?? [];
  return kind !== undefined && clientId !== undefined ? { kind, clientId } : undefined;
}

/** Its caller is told to repeat it, so its idempotency key must not stand in the way. */
function hadNoEffect({ code }: RelayProblem): boolean {
  return problems[code].status === 503;
}

function rulesOf(id: RelayOperationId): RelayJob<unknown, unknown> {
  return relayJobs[id];
}
