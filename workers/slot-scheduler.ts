/**
 * Assigns the budget's slots when they are due: to a waiting job, or to a further call of a running job. This process reserves one slot
 * at a time per bucket, and chooses its use only when it is due; so the next in line never waits behind slots that others have reserved.
 * Where groups have buckets beside the overall one, only calls of groups that have a slot are chosen.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { bucketsOf, endpointGroups, type EndpointGroup, type Plan } from '../src/plans.ts';
import type { Budget } from '../src/relay/budget.ts';
import type { FairQueue, Ticket, Turn } from '../src/relay/fair-queue/fair-queue.ts';
import type { CallFlow, Flow } from '../src/relay/fair-queue/flow.ts';
import { Places } from './places.ts';
import { remove, waitIn, type Waiting } from './waiting-list.ts';

/** A job that was taken, with the slot of its first call. */
export interface JobTurn {
  id: string;
  /** Names and values of its record's fields, alternating. */
  fields: string[];
  isStarted: boolean;
  /** Resolves when its next call may be made; rejects with the signal's reason when it aborts before that. */
  takeSlot(group: EndpointGroup, signal: AbortSignal | undefined): Promise<void>;
  /** Releases the job's concurrency slot. */
  end(): void;
}

export interface NextJob {
  /** undefined: no job waits. */
  turn: JobTurn | undefined;
  /** A job that has ended and whose event may not be published yet. */
  settle: string | undefined;
}

interface Parts {
  fairQueue: FairQueue;
  budget: Budget;
  plan: Plan;
  /** Most concurrent jobs of this process. */
  places: number;
}

interface WaitingTicket extends Waiting<NextJob> {
  ticket: Ticket;
  signal: AbortSignal;
  settle: string | undefined;
}
interface WaitingCall extends Waiting<void> {
  flow: CallFlow;
}

/** Requests the slots of one bucket (`main` of `bucketsOf`), one after the other. */
interface Pump {
  bucket: string;
  /** Endpoint groups that are paid from this bucket; the first represents it. */
  groups: EndpointGroup[];
  group: EndpointGroup;
  calls: WaitingCall[];
  isRunning: boolean;
  /** Something was added while it ran. */
  again: boolean;
}

/**
 * Poll interval for jobs added by tickets of other processes, and for slots of groups' own buckets, while everything in this process
 * waits for something else.
 */
const POLL_MS = 50;

export class SlotScheduler {
  readonly #fairQueue: FairQueue;
  readonly #budget: Budget;
  readonly #places: Places;
  readonly #plan: Plan;
  /** By bucket. */
  readonly #pumps = new Map<string, Pump>();
  readonly #tickets: WaitingTicket[] = [];
  #lookTimer: NodeJS.Timeout | undefined;

  constructor({ fairQueue, budget, plan, places }: Parts) {
    this.#fairQueue = fairQueue;
    this.#budget = budget;
    this.#places = new Places(places);
    this.#plan = plan;
  }

  /**
   * Resolves when a ticket has got a job, or there is none; rejects with the signal's reason when it aborts before that.
   * @param group of the job that the ticket was added with, whose bucket is tried first
   */
  nextJob(ticket: Ticket, group: EndpointGroup | undefined, signal: AbortSignal): Promise<NextJob> {
    return waitIn(this.#tickets, signal, (waiting: Waiting<NextJob>) => {
      const own = { ...waiting, ticket, signal, settle: undefined };
      this.#tickets.push(own);
      for (const pump of this.#pumpsOf(group ? [group] : endpointGroups)) this.#start(pump);
      return own;
    });
  }

  /** Whether a ticket of this process waits for a job. */
  hasTickets(): boolean {
    return this.#tickets.length > 0;
  }

  #pumpsOf(groups: readonly EndpointGroup[]): Set<Pump> {
    return new Set(groups.map((group) => this.#pumpOf(group)));
  }

  #pumpOf(group: EndpointGroup): Pump {
    const bucketOfGroup = (one: EndpointGroup) => bucketsOf(this.#plan, one).main.name;
    const bucket = bucketOfGroup(group);
    const known = this.#pumps.get(bucket);
    if (known) return known;
    const groups = endpointGroups.filter((one) => bucketOfGroup(one) === bucket);
    const pump = { bucket, groups, group, calls: [], isRunning: false, again: false };
    this.#pumps.set(bucket, pump);
    return pump;
  }

  #start(pump: Pump): void {
    if (pump.isRunning) pump.again = true;
    else void this.#run(pump);
  }

  #startAll(groups: readonly EndpointGroup[]): void {
    if (this.#tickets.length === 0) return;
    for (const pump of this.#pumpsOf(groups)) if (!pump.isRunning) this.#start(pump);
  }

  #lookLater(): void {
    if (this.#lookTimer || (this.#tickets.length === 0 && !this.#hasCalls())) return;
    this.#lookTimer = setTimeout(() => {
      this.#lookTimer = undefined;
      // One request is enough for all tickets: its answer names the groups with waiting jobs.
      const idle = [...this.#pumpsOf(endpointGroups)].filter(({ isRunning }) => !isRunning);
      for (const [i, pump] of idle.entries())
        if (pump.calls.length > 0 || (i === 0 && this.#tickets.length > 0)) this.#start(pump);
    }, POLL_MS).unref();
  }

  #hasCalls(): boolean {
    return [...this.#pumps.values()].some(({ calls }) => calls.length > 0);
  }

  async #run(pump: Pump): Promise<void> {
    pump.isRunning = true;
    let reserved: number | undefined;
    for (;;) {
      pump.again = false;
      const own = this.#tickets.shift();
      if (!own && pump.calls.length === 0) break;
      // A ticket that arrives during the request may belong to a job that is not visible to it yet.
      const present = [...this.#tickets];
      const calls = [...pump.calls];
      const turn = await this.#ask(pump, own, calls, reserved).catch((error: Error) => {
        own?.fail(error);
        pump.calls = [];
        for (const call of calls) call.fail(error);
      });
      if (!turn) continue;
      reserved = undefined;
      this.#give(turn, pump, own, calls);
      if (turn.kind === 'none' && turn.backlogged.length === 0) {
        if (own) this.#endTicket(own);
        // Only tickets that hold no job: the job of a dead worker's ticket is requeued when that ticket asks.
        for (const one of present) if (one.ticket.isFresh) this.#endTicket(one);
        if (this.#tickets.length > 0) continue;
      } else this.#startAll(turn.backlogged);
      if (turn.kind === 'none') {
        // The waiting jobs are paid from other buckets, or their flows have no free slot here.
        this.#lookLater();
        if (!pump.again) break;
      }
      if (turn.kind === 'wait') {
        // Tickets may find a job of another bucket meanwhile.
        if (pump.groups.length < endpointGroups.length) this.#lookLater();
        reserved = turn.slot.refusals;
        await delay(turn.slot.waitMs, undefined, { ref: false });
      }
    }
    pump.isRunning = false;
  }

  async #ask(
    { bucket, groups, group }: Pump,
    own: WaitingTicket | undefined,
    calls: WaitingCall[],
    reserved: number | undefined,
  ): Promise<Turn> {
    const flows = calls.map(({ flow }) => flow);
    const full = this.#places.full();
    return await this.#fairQueue.take(
      { bucket, groups, ticket: own?.ticket, reserved, calls: flows, full },
      this.#budget.along(group),
    );
  }

  #give(turn: Turn, pump: Pump, own: WaitingTicket | undefined, calls: WaitingCall[]): void {
    if (own) {
      own.settle ??= turn.settle;
      if (turn.kind === 'job') own.give({ turn: this.#begin(turn), settle: own.settle });
      else this.#putBack(own);
    }
    const call = turn.kind === 'call' ? calls[turn.index] : undefined;
    if (call && remove(pump.calls, call)) call.give();
  }

  #begin({ id, fields, isStarted }: Turn & { kind: 'job' }): JobTurn {
    const flow: Flow = { name: valueOf(fields, 'flow'), caller: valueOf(fields, 'caller') };
    const declared = valueOf(fields, 'group') as EndpointGroup;
    const leave = this.#places.enter(flow.name);
    let hasSlot = true;
    return {
      id,
      fields,
      isStarted,
      takeSlot: (group, signal) => {
        const isPaid = hasSlot && this.#isPaidAlike(group, declared);
        hasSlot = false;
        return isPaid ? Promise.resolve() : this.#nextSlot({ ...flow, group }, signal);
      },
      end: () => {
        leave();
        this.#lookLater();
      },
    };
  }

  #putBack(own: WaitingTicket): void {
    // The signal aborted while the ticket was in no list.
    if (own.signal.aborted) own.fail(own.signal.reason as Error);
    else this.#tickets.unshift(own);
  }

  /** No job waits anywhere: the job of this ticket was taken with another one. */
  #endTicket(own: WaitingTicket): void {
    if (remove(this.#tickets, own)) own.give({ turn: undefined, settle: own.settle });
  }

  /** Whether calls to both groups are paid from the same buckets. */
  #isPaidAlike(...groups: [EndpointGroup, EndpointGroup]): boolean {
    const [one, other] = groups.map((group) => bucketsOf(this.#plan, group));
    return one?.main.name === other?.main.name && one?.beside?.name === other?.beside?.name;
  }

  #nextSlot(flow: CallFlow, signal: AbortSignal | undefined): Promise<void> {
    const pump = this.#pumpOf(flow.group);
    return waitIn(pump.calls, signal, (waiting: Waiting<void>) => {
      const call = { ...waiting, flow };
      pump.calls.push(call);
      this.#start(pump);
      return call;
    });
  }
}

/** @param fields names and values, alternating */
function valueOf(fields: readonly string[], name: string): string {
  for (let i = 0; i < fields.length; i += 2) if (fields[i] === name) return fields[i + 1] ?? '';
  return '';
}
