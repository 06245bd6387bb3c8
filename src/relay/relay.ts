/** The API's part of work at Auth0: submits relay jobs, and waits for their end. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { PendingEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import { inOrder, isRedisAway } from '../redis/connections.ts';
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
  /** Records the end of a job that changes something; undefined: the job is internal. */
  event: PendingEvent | undefined;
  /** The caller's idempotency key: a repeated request finds the same job. */
  idempotency: Idempotency | undefined;
  /** 0: does not wait. */
  waitMs: number;
  signal: AbortSignal;
}

export interface Idempotency {
  /** Owner of the key: each caller has its own namespace. */
  caller: string;
  key: string;
  /** Everything that identifies the request. */
  request: unknown;
}

interface Parts {
  subscriber: Redis;
  queue: Queue<RelayTicket>;
  records: JobStore;
  fairQueue: FairQueue;
  /** Creates the problem for too many pending jobs. */
  tooManyPending: (full: keyof PendingLimits) => Promise<Problem>;
  keyedHash: KeyedHash;
  waitMs: number;
}

/** Interval at which Redis is asked again whether a job was released. */
const ASK_AGAIN_MS = 250;

export class Relay {
  /** Timeout of a call that names none. */
  readonly defaultWaitMs: number;
  readonly #subscriber: Redis;
  readonly #queue: Queue<RelayTicket>;
  readonly #records: JobStore;
  readonly #fairQueue: FairQueue;
  readonly #tooManyPending: Parts['tooManyPending'];
  readonly #keyedHash: KeyedHash;
  readonly #endings: Notifications;
  /** Flows that use more than half of a limit, as of this process's last reply. */
  readonly #crowded = new Set<string>();
  /** Reads that callers of this process wait for. */
  readonly #flights = new Set<string>();

  constructor(
    { subscriber, queue, records, fairQueue, tooManyPending, keyedHash, waitMs }: Parts,
    endings: Notifications,
  ) {
    this.defaultWaitMs = waitMs;
    this.#subscriber = subscriber;
    this.#queue = queue;
    this.#records = records;
    this.#fairQueue = fairQueue;
    this.#tooManyPending = tooManyPending;
    this.#keyedHash = keyedHash;
    this.#endings = endings;
  }

  /**
   * Resolves after the job is stored and queued; returns its record, ended or not.
   * @throws Problem `idempotency_key_reused`; `too_many_pending_jobs` or `overloaded`: nothing is executed; `outcome_unknown` when Redis
   * does not confirm whether the job is stored, or has lost it
   */
  async run<Id extends RelayOperationId>(request: RelayRequest<Id>): Promise<JobRecord> {
    const job = await this.#newJob(request);
    return this.#inFlight(job.flight, (isFirst) => this.#submit(job, isFirst, request));
  }

  read(id: string): Promise<JobRecord | undefined> {
    return this.#records.read(id);
  }

  /** Like `read`, for showing it to the caller: an outcome that is shown once is deleted. */
  show(id: string): Promise<JobRecord | undefined> {
    return this.#records.take(id);
  }

  /** Queues a job again that was a dead letter. */
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
      // A read changes nothing, and access to its result is checked when it is delivered.
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

  /** Lets identical reads of this process follow the first one, instead of queueing jobs of their own. */
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
    // Subscribe before it can end.
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
    // A disconnected caller sees nothing, so the outcome is not marked as shown; a read that nobody else waits for is cancelled.
    if (!found && isReadOf(job) && !isJoined) await this.#records.cancel(record);
    return found ?? record;
  }

  /** @throws Problem as `run` does */
  async #createOrFind(job: NewJob, isFirst: boolean, until: number): Promise<Found> {
    const isRead = isReadOf(job);
    /**
     * A new read is queued right behind its record, on the same connection. If it turns out to be running for another process already, the
     * ticket finds no job. If it may well be refused, it is not queued ahead.
     */
    const isQueued = isRead && job.fingerprint === undefined && isFirst && !this.#crowded.has(job.flow.name);
    // A failure here is harmless: it is not executed before it is released.
    const create = () =>
      this.#records.create(job).catch(
        ifAway((cause): never => {
          throw nothingDone(cause);
        }),
      );
    const [made] = await this.#beforeTicket(create, async () => (isQueued ? this.#enqueue(job) : undefined));
    if (made === 'other') throw new Problem('idempotency_key_reused');
    if (typeof made === 'object' && 'full' in made) return this.#refuse(job, made, isQueued);
    if (typeof made === 'object' && 'sameAs' in made) return { joined: made.sameAs };
    const isRepeat = made === 'known';
    if (!isRepeat) this.#crowded[made.isCrowded ? 'add' : 'delete'](job.flow.name);
    const record = isRepeat ? await this.#records.read(job.id) : made.record;
    if (!record) throw lost(job);
    // Also for a known job: the process that created it may have died before queueing it.
    if (record.ended) return { record, isRepeat };
    if (!isRead) await this.#release(record, isRepeat, until);
    else if (!isQueued) await this.#enqueue(record);
    return { record, isRepeat };
  }

  /**
   * Writes a record, then adds its ticket: a worker that takes a ticket whose job is not there uses it up. Together where one connection
   * keeps the order; on a cluster they are on different masters, and the ticket waits for the reply of the record.
   */
  #beforeTicket<A, B>(write: () => Promise<A>, ticket: () => Promise<B>): Promise<[A, B]> {
    return inOrder(this.#subscriber, write, ticket);
  }

  async #enqueue({ id, operationId, ticket, tenantId }: Ticketed): Promise<void> {
    await addTicket(this.#queue, rulesOf(operationId).name, { id, tenantId }, ticket);
  }

  /** @throws Problem `overloaded`: it will never be executed; `outcome_unknown` */
  async #release(record: JobRecord, isRepeat: boolean, until: number): Promise<void> {
    // Long enough to ask once more after the deadline of the release, when the answer is definite.
    const giveUpAt = Math.max(until, performance.now() + 2 * RELEASE_MS);
    let maybeReleased = false;
    for (;;) {
      try {
        // Without its ticket it is executed all the same: workers add missing tickets.
        const [released] = await this.#beforeTicket(
          () => this.#records.release(record),
          () => this.#enqueue(record).catch(ifAway(() => undefined)),
        );
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
    // Only reads are shared.
    if (!record) throw nothingDone();
    return record;
  }

  /**
   * @returns its record, ended or at the timeout; undefined when its caller disconnected
   * @throws Problem `outcome_unknown` or, for a read, `overloaded`: the record is gone
   */
  async #untilEnded(
    record: JobRecord,
    isRepeat: boolean,
    ending: EndListener,
  ): Promise<JobRecord | undefined> {
    for (;;) {
      const end = await ending.wait();
      if (end) return this.#records.withEnd(record, end);
      if (ending.hasHungUp()) return undefined;
      // No message, or one without the end: read the record. Subscribe again before reading it.
      const goesOn = ending.again();
      // Redis may recover in time, and the job is stored either way.
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

/** A job's record, created or found; or the id of the job that does the same read. */
type Found = { record: JobRecord; isRepeat: boolean } | { joined: string };

function isReadOf({ operationId }: Pick<JobRecord, 'operationId'>): boolean {
  return rulesOf(operationId).isRead ?? false;
}

/** For `catch`: a substitute when Redis is unreachable. */
function ifAway<T>(instead: (error: unknown) => T): (error: unknown) => T {
  return (error) => {
    if (!isRedisAway(error)) throw error;
    return instead(error);
  };
}

const nothingDone = (cause?: unknown) =>
  new Problem('overloaded', { headers: { 'Retry-After': '2' }, cause, internal: 'the job was not released' });

/** Redis had the job, and has lost it (a failover to a replica that lagged behind): whether it was started is unknown. */
function lost(job: Pick<JobRecord, 'operationId' | 'id'>): Problem {
  return isReadOf(job)
    ? nothingDone()
    : new Problem('outcome_unknown', { internal: `the record of job ${job.id} is gone` });
}
