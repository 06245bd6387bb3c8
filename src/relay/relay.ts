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
import { createNotifications, type Notifications } from '../redis/notifications.ts';
import { idempotentId } from '../secrets/idempotent-id.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import { EndListener } from './end-listener.ts';
import { addTicket } from './fair-queue/add-ticket.ts';
import type { FairQueue } from './fair-queue/fair-queue.ts';
import type { PendingLimits } from './fair-queue/flow.ts';
import type { Full, JobRecord, JobRequest, NewJob } from './job-records.ts';
import type { JobStore } from './job-store.ts';
import { rulesOf, type InputOf, type RelayOperationId } from './jobs/index.ts';
import { RELEASE_MS } from './relay-job.ts';

export interface RelayRequest<Id extends RelayOperationId> extends JobRequest {
  operationId: Id;
  input: InputOf<Id>;
  /** Tells how a job that changes something ended; undefined: nobody asked for it. */
  event: PendingEvent | undefined;
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

/** How soon Redis is asked again whether a job was released. */
const ASK_AGAIN_MS = 250;

export class Relay {
  /** How long a call waits when its caller does not say. */
  readonly defaultWaitMs: number;
  readonly #queue: Queue<RelayTicket>;
  readonly #records: JobStore;
  readonly #fairQueue: FairQueue;
  readonly #tooManyPending: Parts['tooManyPending'];
  readonly #keyedHash: KeyedHash;
  readonly #endings: Notifications;
  /** Flows that have used more than half of what they may, as this process last heard. */
  readonly #crowded = new Set<string>();
  /** Look-ups that callers of this process wait for. */
  readonly #flights = new Set<string>();

  constructor(
    { queue, records, fairQueue, tooManyPending, keyedHash, waitMs }: Parts,
    endings: Notifications,
  ) {
    this.defaultWaitMs = waitMs;
    this.#queue = queue;
    this.#records = records;
    this.#fairQueue = fairQueue;
    this.#tooManyPending = tooManyPending;
    this.#keyedHash = keyedHash;
    this.#endings = endings;
  }

  /**
   * Does not return before the job is stored and queued; returns its record, ended or not.
   * @throws Problem `idempotency_key_reused`; `too_many_pending_jobs` or `overloaded`, and nothing is done; `outcome_unknown` when Redis
   * does not say whether it is, or has lost the job
   */
  async run<Id extends RelayOperationId>(request: RelayRequest<Id>): Promise<JobRecord> {
    const job = await this.#newJob(request);
    return this.#inFlight(job.flight, (isFirst) => this.#submit(job, isFirst, request));
  }

  read(id: string): Promise<JobRecord | undefined> {
    return this.#records.read(id);
  }

  /** Like `read`, for the caller's eyes: what may be shown once only is gone with that. */
  show(id: string): Promise<JobRecord | undefined> {
    return this.#records.take(id);
  }

  /** Puts a job on the queue again that was taken off the dead letters. */
  async resume(record: JobRecord): Promise<void> {
    await this.#fairQueue.revive(record.id);
    await this.#enqueue(record);
  }

  close(): void {
    this.#endings.close();
  }

  async #newJob<Id extends RelayOperationId>(request: RelayRequest<Id>): Promise<NewJob> {
    const { operationId, input, idempotency, event, makerUser, waitMs: _, signal: _s, ...asked } = request;
    const isRead = isReadOf({ operationId });
    const flight = () => JSON.stringify([operationId, asked.tenantId, asked.subject, input]);
    return {
      ...asked,
      ...(await this.#identityOf(operationId, idempotency)),
      operationId,
      input,
      ticket: randomUUID(),
      flight: isRead && !idempotency ? keys.relayFlight(this.#keyedHash('request', flight())) : undefined,
      event: isRead ? undefined : event?.draft,
      // A read changes nothing, and its answer is seen only by whoever may have it when it comes.
      makerUser: isRead ? undefined : makerUser,
    };
  }

  async #identityOf(
    operationId: RelayOperationId,
    idempotency: Idempotency | undefined,
  ): Promise<Pick<NewJob, 'id' | 'fingerprint'>> {
    if (!idempotency) return { id: randomUUID(), fingerprint: undefined };
    const isKnown = async (id: string) => (await this.#records.read(id)) !== undefined;
    const { id, fingerprint } = await idempotentId(this.#keyedHash, operationId, idempotency, isKnown);
    return { id, fingerprint: fingerprint(JSON.stringify(idempotency.request)) };
  }

  /** Others of this process that ask for the same do not put a job of their own on the queue first. */
  async #inFlight<T>(flight: string | undefined, work: (isFirst: boolean) => Promise<T>): Promise<T> {
    if (flight === undefined) return work(true);
    if (this.#flights.has(flight)) return work(false);
    this.#flights.add(flight);
    try {
      return await work(true);
    } finally {
      this.#flights.delete(flight);
    }
  }

  async #submit(
    job: NewJob,
    isFirst: boolean,
    { event, waitMs, signal }: Pick<RelayRequest<RelayOperationId>, 'event' | 'waitMs' | 'signal'>,
  ): Promise<JobRecord> {
    const until = performance.now() + waitMs;
    const listen = (id: string) =>
      waitMs > 0 ? new EndListener(this.#endings, id, until, signal) : undefined;
    // Listened for before it can end.
    const own = listen(job.id);
    const make = () => this.#createOrFind(job, isFirst, until);
    const made = await (event && job.event ? event.commit(make) : make());
    const isJoined = 'joined' in made;
    const ending = isJoined ? listen(made.joined) : own;
    const record = isJoined ? await this.#findJoined(made.joined) : made.record;
    const isRepeat = !isJoined && made.isRepeat;
    if (record.ended) return (await this.#records.take(record.id, { isRepeat })) ?? record;
    if (!ending) return record;
    const found = await this.#untilEnded(record, isRepeat, ending);
    // Somebody who hung up sees nothing, so nothing is shown; a look-up that nobody else waits for is not made.
    if (!found && isReadOf(job) && !isJoined) await this.#records.cancel(record);
    return found ?? record;
  }

  /** @throws Problem as `run` does */
  async #createOrFind(job: NewJob, isFirst: boolean, until: number): Promise<Found> {
    const isRead = isReadOf(job);
    /**
     * A look-up that is new is put on the queue right behind its record, on the same connection. It may turn out to be under way for
     * another process; then nothing is found for what was put on the queue. One that may well be refused is not.
     */
    const isQueued = isRead && job.fingerprint === undefined && isFirst && !this.#crowded.has(job.flow.name);
    // Whatever becomes of it, it is not done before it is released.
    const creating = this.#records.create(job).catch(
      ifAway((cause): never => {
        throw nothingDone(cause);
      }),
    );
    const [made] = await Promise.all([creating, isQueued ? this.#enqueue(job) : undefined]);
    if (made === 'other') throw new Problem('idempotency_key_reused');
    if (typeof made === 'object' && 'full' in made) return this.#refuse(job, made, isQueued);
    if (typeof made === 'object' && 'sameAs' in made) return { joined: made.sameAs };
    const isRepeat = made === 'known';
    if (!isRepeat) this.#crowded[made.isCrowded ? 'add' : 'delete'](job.flow.name);
    const record = isRepeat ? await this.#records.read(job.id) : made.record;
    if (!record) throw lost(job);
    // Also for a job that is known: whoever made it may have died before it was queued.
    if (record.ended) return { record, isRepeat };
    if (!isRead) await this.#release(record, isRepeat, until);
    else if (!isQueued) await this.#enqueue(record);
    return { record, isRepeat };
  }

  async #enqueue({ id, operationId, ticket, tenantId }: Ticketed): Promise<void> {
    await addTicket(this.#queue, rulesOf(operationId).name, { id, tenantId }, ticket);
  }

  /** @throws Problem `overloaded`, and it never will be done; `outcome_unknown` */
  async #release(record: JobRecord, isRepeat: boolean, until: number): Promise<void> {
    // Long enough to be asked once more when its time has passed, and the answer is for good.
    const giveUpAt = Math.max(until, performance.now() + 2 * RELEASE_MS);
    let maybeReleased = false;
    for (;;) {
      try {
        // Without its ticket it is done all the same: workers see to that.
        const [released] = await Promise.all([
          this.#records.release(record),
          this.#enqueue(record).catch(ifAway(() => undefined)),
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

  async #refuse({ flow, ticket }: NewJob, { full }: Full, isQueued: boolean): Promise<never> {
    this.#crowded.add(flow.name);
    if (isQueued) await this.#queue.remove(ticket);
    throw await this.#tooManyPending(full);
  }

  async #findJoined(id: string): Promise<JobRecord> {
    const record = await this.#records.read(id);
    // Only look-ups are shared.
    if (!record) throw nothingDone();
    return record;
  }

  /**
   * @returns its record, ended or at the end of the wait; undefined when its caller hung up
   * @throws Problem `outcome_unknown` or, of a look-up, `overloaded`: the record is gone
   */
  async #untilEnded(
    record: JobRecord,
    isRepeat: boolean,
    ending: EndListener,
  ): Promise<JobRecord | undefined> {
    for (;;) {
      const end = await ending.hear();
      if (end) return this.#records.withEnd(record, end);
      if (ending.hasHungUp()) return undefined;
      // No message, or one without the end: what is stored tells. Listened for again before it is looked at.
      const goesOn = ending.again();
      // Redis may come back in time, and the job is kept either way.
      const found = await this.#records.take(record.id, { isRepeat }).catch(ifAway(() => record));
      if (!found) throw lost(record);
      if (found.ended || !goesOn) return found;
    }
  }
}

export async function createRelay(parts: Parts): Promise<Relay> {
  return new Relay(parts, await createNotifications(parts.subscriber, keys.relayEnded));
}

type Ticketed = Pick<JobRecord, 'id' | 'operationId' | 'ticket' | 'tenantId'>;

/** A job's record, made or found; or the id of the one that does the same look-up. */
type Found = { record: JobRecord; isRepeat: boolean } | { joined: string };

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
