/** The API's half of the work at the authority: submit a job, wait for its end. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { PendingEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import { isRedisAway } from '../redis/connections.ts';
import { keys } from '../redis/keys.ts';
import type { RelayTicket } from '../redis/queues.ts';
import { isUnanswered } from '../redis/unanswered.ts';
import { createNotifications } from '../redis/notifications.ts';
import { idempotentId } from '../secrets/idempotent-id.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import { addTicket } from './fair-queue/add-ticket.ts';
import type { FairQueue } from './fair-queue/fair-queue.ts';
import type { Flow, PendingLimits } from './fair-queue/flow.ts';
import type { Account, Full, JobRecord, MakerUser, NewJob } from './job-records.ts';
import type { JobStore } from './job-store.ts';
import { rulesOf, type InputOf, type RelayOperationId } from './jobs/index.ts';
import { RELEASE_MS } from './relay-job.ts';

export interface RelayRequest<Id extends RelayOperationId> {
  operationId: Id;
  tenantId: string | undefined;
  requestId: string;
  input: InputOf<Id>;
  /** Tells how a job that changes something ended; undefined: nobody asked for it. */
  event: PendingEvent | undefined;
  /** On whose account its calls go. */
  by: Account | undefined;
  /** Who asked for it (`callerOf`): what may be shown once is shown to nobody else. */
  maker: string | undefined;
  /** The user who asked for it, or whose app did. */
  makerUser: MakerUser | undefined;
  /** The user whom it concerns. */
  subject: string | undefined;
  /** Takes turns with others. */
  flow: Flow;
  /** From its caller: the same job for the same request, however often it comes. */
  idempotency: Idempotency | undefined;
  /** 0: do not wait. */
  waitMs: number;
  signal: AbortSignal;
}

export interface Idempotency {
  /** Whose key it is: each caller has its own. */
  caller: string;
  key: string;
  /** All that makes the request what it is. */
  request: unknown;
}

export interface Relay {
  /** How long a call waits when its caller does not say. */
  readonly defaultWaitMs: number;
  /**
   * Does not return before the job is stored and queued; returns its record, ended or not.
   * @throws Problem `idempotency_key_reused`; `too_many_pending_jobs` or `overloaded`, and nothing is done; `outcome_unknown` when Redis
   * does not say whether it is, or has lost the job
   */
  run<Id extends RelayOperationId>(request: RelayRequest<Id>): Promise<JobRecord>;
  read(id: string): Promise<JobRecord | undefined>;
  /** Like `read`, for the caller's eyes: what may be shown once only is gone with that. */
  show(id: string): Promise<JobRecord | undefined>;
  /** Puts a job on the queue again that was taken off the dead letters. */
  resume(record: JobRecord): Promise<void>;
  close(): void;
}

interface Parts {
  subscriber: Redis;
  queue: Queue<RelayTicket>;
  records: JobStore;
  fairQueue: FairQueue;
  /** What is said of too many pending jobs. */
  tooManyPending: (full: keyof PendingLimits) => Promise<Problem>;
  keyedHash: KeyedHash;
  waitMs: number;
}

/** So often who waits looks without being told: a message can be lost while Redis comes back. */
const LOOK_MS = 2_000;
/** How soon Redis is asked again whether a job was released. */
const ASK_AGAIN_MS = 250;

export async function createRelay(parts: Parts): Promise<Relay> {
  const { subscriber, queue, records, fairQueue, tooManyPending, keyedHash, waitMs } = parts;
  /** Flows that have used more than half of what they may, as this process last heard. */
  const crowded = new Set<string>();
  /** Look-ups that callers of this process wait for. */
  const flights = new Set<string>();
  const endings = await createNotifications(subscriber, keys.relayEnded);

  async function enqueue(job: Pick<JobRecord, 'id' | 'operationId' | 'ticket' | 'tenantId'>) {
    const { id, operationId, ticket, tenantId } = job;
    const data = { id, ...(tenantId === undefined ? {} : { tenantId }) };
    await addTicket(queue, rulesOf(operationId).name, data, ticket);
  }

  /** @throws Problem as `run` does */
  async function createOrFind(job: NewJob, isFirst: boolean, until: number): Promise<Found> {
    const isRead = isReadOf(job);
    /**
     * A look-up that is new is put on the queue right behind its record, on the same connection. It may turn out to be under way for
     * another process; then nothing is found for what was put on the queue. One that may well be refused is not.
     */
    const isQueued = isRead && job.fingerprint === undefined && isFirst && !crowded.has(job.flow.name);
    // Whatever becomes of it, it is not done before it is released.
    const creating = records.create(job).catch(
      ifAway((cause): never => {
        throw nothingDone(cause);
      }),
    );
    const [made] = await Promise.all([creating, isQueued ? enqueue(job) : undefined]);
    if (made === 'other') throw new Problem('idempotency_key_reused');
    if (typeof made === 'object' && 'full' in made) return refuse(job, made, isQueued);
    if (typeof made === 'object' && 'sameAs' in made) return { joined: made.sameAs };
    const isRepeat = made === 'known';
    if (!isRepeat) crowded[made.isCrowded ? 'add' : 'delete'](job.flow.name);
    const record = isRepeat ? await records.read(job.id) : made.record;
    if (!record) throw lost(job);
    // Also for a job that is known: whoever made it may have died before it was queued.
    if (record.ended) return { record, isRepeat };
    if (!isRead) await release(record, isRepeat, until);
    else if (!isQueued) await enqueue(record);
    return { record, isRepeat };
  }

  /** @throws Problem `overloaded`, and it never will be done; `outcome_unknown` */
  async function release(record: JobRecord, isRepeat: boolean, until: number): Promise<void> {
    // Long enough to be asked once more when its time has passed, and the answer is for good.
    const giveUpAt = Math.max(until, performance.now() + 2 * RELEASE_MS);
    let maybeReleased = false;
    for (;;) {
      try {
        // Without its ticket it is done all the same: workers see to that.
        const [released] = await Promise.all([
          records.release(record),
          enqueue(record).catch(ifAway(() => undefined)),
        ]);
        if (released === 'released') return;
        if (released === 'gone' && (maybeReleased || isRepeat)) throw lost(record);
        throw nothingDone();
      } catch (error) {
        if (!isRedisAway(error)) throw error;
        maybeReleased ||= isUnanswered(error);
        if (!maybeReleased) throw nothingDone(error);
        if (performance.now() >= giveUpAt) throw new Problem('outcome_unknown', { cause: error });
      }
      await delay(ASK_AGAIN_MS);
    }
  }

  async function refuse({ flow, ticket }: NewJob, { full }: Full, isQueued: boolean): Promise<never> {
    crowded.add(flow.name);
    if (isQueued) await queue.remove(ticket);
    throw await tooManyPending(full);
  }

  async function findJoined(id: string): Promise<JobRecord> {
    const record = await records.read(id);
    // Only look-ups are shared.
    if (!record) throw nothingDone();
    return record;
  }

  /** Others of this process that ask for the same do not put a job of their own on the queue first. */
  async function inFlight<T>(flight: string | undefined, work: (isFirst: boolean) => Promise<T>): Promise<T> {
    if (flight === undefined) return work(true);
    if (flights.has(flight)) return work(false);
    flights.add(flight);
    try {
      return await work(true);
    } finally {
      flights.delete(flight);
    }
  }

  /** What is told of a job, or that it is time to look; again and again until `until`. */
  function listen(id: string, until: number, signal: AbortSignal): Listener {
    const next = () => endings.wait(id, Math.min(LOOK_MS, until - performance.now()), signal);
    let word = next();
    return {
      hear: () => word,
      again: () => {
        const goesOn = performance.now() < until;
        if (goesOn) word = next();
        return goesOn;
      },
      hungUp: () => signal.aborted,
    };
  }

  /**
   * @returns its record, ended or at the end of the wait; undefined when its caller hung up
   * @throws Problem `outcome_unknown` or, of a look-up, `overloaded`: the record is gone
   */
  async function untilEnded(
    record: JobRecord,
    isRepeat: boolean,
    told: Listener,
  ): Promise<JobRecord | undefined> {
    for (;;) {
      const end = await told.hear();
      if (end) return records.withEnd(record, end);
      if (told.hungUp()) return undefined;
      // No message, or one without the end: what is stored tells. Listened for again before it is looked at.
      const goesOn = told.again();
      // Redis may come back in time, and the job is kept either way.
      const found = await records.take(record.id, { isRepeat }).catch(ifAway(() => record));
      if (!found) throw lost(record);
      if (found.ended || !goesOn) return found;
    }
  }

  return {
    defaultWaitMs: waitMs,
    async run({
      operationId,
      tenantId,
      requestId,
      input,
      event: pending,
      by,
      maker,
      makerUser,
      subject,
      flow,
      idempotency,
      waitMs: ms,
      signal,
    }) {
      const isRead = isReadOf({ operationId });
      const repeatable =
        idempotency &&
        (await idempotentId(keyedHash, operationId, idempotency, async (id) => !!(await records.read(id))));
      const own = repeatable?.id ?? randomUUID();
      const fingerprint = repeatable?.fingerprint(JSON.stringify(idempotency!.request));
      const flight =
        isRead && !idempotency
          ? keys.relayFlight(keyedHash('request', JSON.stringify([operationId, tenantId, subject, input])))
          : undefined;
      const event = isRead ? undefined : pending?.draft;
      const job: NewJob = {
        id: own,
        operationId,
        tenantId,
        requestId,
        input,
        fingerprint,
        flight,
        event,
        by,
        flow,
        maker,
        subject,
        // A read changes nothing, and its answer is seen only by whoever may have it when it comes.
        makerUser: isRead ? undefined : makerUser,
        ticket: randomUUID(),
      };
      return inFlight(flight, async (isFirst) => {
        const until = performance.now() + ms;
        // Listened for before it can end.
        let told = ms > 0 ? listen(own, until, signal) : undefined;
        const made = await createOrFind(job, isFirst, until);
        if (event) pending?.taken();
        const isJoined = 'joined' in made;
        if (isJoined && told) told = listen(made.joined, until, signal);
        const record = isJoined ? await findJoined(made.joined) : made.record;
        const isRepeat = !isJoined && made.isRepeat;
        if (record.ended) return (await records.take(record.id, { isRepeat })) ?? record;
        if (!told) return record;
        const found = await untilEnded(record, isRepeat, told);
        // Somebody who hung up sees nothing, so nothing is shown; a look-up that nobody else waits for is not made.
        if (!found && isRead && !isJoined) await records.cancel(record);
        return found ?? record;
      });
    },
    read: (id) => records.read(id),
    show: (id) => records.take(id),
    async resume(record) {
      await fairQueue.revive(record.id);
      await enqueue(record);
    },
    close: () => endings.close(),
  };
}

/** A job's record, made or found; or the id of the one that does the same look-up. */
type Found = { record: JobRecord; isRepeat: boolean } | { joined: string };

interface Listener {
  /** The sealed end; '' or undefined when only a look can tell. */
  hear(): Promise<string | undefined>;
  /** @returns false when the time is over */
  again(): boolean;
  hungUp(): boolean;
}

function isReadOf({ operationId }: Pick<JobRecord, 'operationId'>): boolean {
  return rulesOf(operationId).isRead ?? false;
}

/** For `catch`: what takes the place of an answer when Redis is away. */
function ifAway<T>(instead: (error: unknown) => T): (error: unknown) => T {
  return (error) => {
    if (!isRedisAway(error)) throw error;
    return instead(error);
  };
}

const nothingDone = (cause?: unknown) =>
  new Problem('overloaded', { headers: { 'Retry-After': '2' }, cause, internal: 'the job was not released' });

/** Redis had the job, and has it no more (a failover to a replica that was behind): whether it was begun nobody knows. */
function lost(job: Pick<JobRecord, 'operationId' | 'id'>): Problem {
  return isReadOf(job)
    ? nothingDone()
    : new Problem('outcome_unknown', { internal: `the record of job ${job.id} is gone` });
}
