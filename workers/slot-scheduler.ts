/**
 * Gives the slots of the budget, as they come due, to whoever is next: a waiting job, or a further call of a job under way. For each
 * bucket this process reserves one slot at a time, and finds out only when it is due what it is for; so whoever is next never waits
 * behind slots that others reserved.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { bucketOf, endpointGroups, type EndpointGroup, type Plan } from '../src/plans.ts';
import type { Budget } from '../src/relay/budget.ts';
import type { FairQueue, Ticket, Turn } from '../src/relay/fair-queue/fair-queue.ts';
import type { Flow } from '../src/relay/fair-queue/flow.ts';
import { createPlaces } from './places.ts';
import { remove, waitIn, type Waiting } from './waiting-list.ts';

/** A job that was taken, with the slot of its first call. */
export interface JobTurn {
  id: string;
  /** Fields and values of its record. */
  fields: string[];
  isStarted: boolean;
  /** Resolves when its next call may be made; rejects with the signal's reason when it aborts before that. */
  takeSlot(group: EndpointGroup, signal: AbortSignal | undefined): Promise<void>;
  /** Its place is free. */
  end(): void;
}

export interface NextJob {
  /** undefined: no job waits. */
  turn: JobTurn | undefined;
  /** A job that has ended and whose event may not be on its way. */
  settle: string | undefined;
}

export interface SlotScheduler {
  /**
   * Resolves when a ticket has got a job, or there is none; rejects with the signal's reason when it aborts before that.
   * @param group of the job that the ticket was added with: looked at first
   */
  nextJob(ticket: Ticket, group: EndpointGroup | undefined, signal: AbortSignal): Promise<NextJob>;
  /** Whether a ticket waits here for a job. */
  hasTickets(): boolean;
}

interface Parts {
  fairQueue: FairQueue;
  budget: Budget;
  plan: Plan;
  /** How many jobs this process has under way at once. */
  places: number;
}

interface WaitingTicket extends Waiting<NextJob> {
  ticket: Ticket;
  signal: AbortSignal;
  settle: string | undefined;
}
interface WaitingCall extends Waiting<void> {
  flow: Flow;
}

interface Pump {
  bucket: string;
  groups: EndpointGroup[];
  calls: WaitingCall[];
  isRunning: boolean;
  /** Something came while it ran. */
  again: boolean;
}

/** How soon a job is seen that no ticket of this process was added with, while all its tickets wait for something else. */
const LOOK_MS = 50;

export function createSlotScheduler({ fairQueue, budget, plan, places: count }: Parts): SlotScheduler {
  const pumps = pumpsOf(plan);
  const pumpOf = (group: EndpointGroup) => pumps.get(bucketOf(plan, group).name)!;
  const places = createPlaces(count);
  const tickets: WaitingTicket[] = [];
  let look: NodeJS.Timeout | undefined;

  function start(pump: Pump): void {
    if (pump.isRunning) pump.again = true;
    else void run(pump);
  }
  function startAll(groups: readonly EndpointGroup[]): void {
    if (tickets.length === 0) return;
    for (const pump of new Set(groups.map(pumpOf))) if (!pump.isRunning) start(pump);
  }
  function lookLater(): void {
    if (look || tickets.length === 0) return;
    look = setTimeout(() => {
      look = undefined;
      startAll(endpointGroups);
    }, LOOK_MS).unref();
  }

  async function run(pump: Pump): Promise<void> {
    pump.isRunning = true;
    let reserved: number | undefined;
    for (;;) {
      pump.again = false;
      const own = tickets.shift();
      if (!own && pump.calls.length === 0) break;
      // A ticket that comes while this one asks may bring a job that is not seen yet.
      const present = [...tickets];
      const calls = [...pump.calls];
      let turn: Turn;
      try {
        turn = await ask(pump, own, calls, reserved);
      } catch (error) {
        own?.fail(error as Error);
        pump.calls = [];
        for (const call of calls) call.fail(error as Error);
        continue;
      }
      reserved = undefined;
      if (own) own.settle ??= turn.settle;
      if (own && turn.kind === 'job') begin(pump, own, turn);
      else if (own) putBack(own);
      if (turn.kind === 'call') giveSlot(pump, calls[turn.index]!);
      if (turn.kind === 'none' && turn.backlogged.length === 0) {
        if (own) endTicket(own);
        // Of the others only those that hold no job: what a dead worker's ticket holds is given back when that ticket asks.
        for (const one of present) if (one.ticket.isFresh) endTicket(one);
        if (tickets.length > 0) continue;
      } else startAll(turn.backlogged);
      if (turn.kind === 'none') {
        // What waits is paid from other buckets, or its flow has no place here.
        lookLater();
        if (!pump.again) break;
      }
      if (turn.kind === 'wait') {
        if (pumps.size > 1) lookLater();
        reserved = turn.slot.refusals;
        await delay(turn.slot.waitMs, undefined, { ref: false });
      }
    }
    pump.isRunning = false;
  }

  const ask = (
    pump: Pump,
    own: WaitingTicket | undefined,
    calls: WaitingCall[],
    reserved: number | undefined,
  ) =>
    fairQueue.take(
      {
        bucket: pump.bucket,
        groups: pump.groups,
        ticket: own?.ticket,
        reserved,
        calls: calls.map(({ flow }) => flow),
        full: places.full(),
      },
      budget.along(pump.groups[0]!),
    );

  function begin(pump: Pump, own: WaitingTicket, { id, fields, isStarted }: Turn & { kind: 'job' }): void {
    const flow = { name: valueOf(fields, 'flow'), caller: valueOf(fields, 'caller') };
    const leave = places.enter(flow.name);
    let hasSlot = true;
    const turn: JobTurn = {
      id,
      fields,
      isStarted,
      takeSlot: (group, signal) => {
        const isPaid = hasSlot && pumpOf(group) === pump;
        hasSlot = false;
        return isPaid ? Promise.resolve() : nextSlot(pumpOf(group), flow, signal);
      },
      end: () => {
        leave();
        lookLater();
      },
    };
    own.give({ turn, settle: own.settle });
  }

  function putBack(own: WaitingTicket): void {
    // It was in no list when the signal came.
    if (own.signal.aborted) own.fail(own.signal.reason as Error);
    else tickets.unshift(own);
  }

  /** No job waits anywhere: whoever came with this ticket was served with another one. */
  function endTicket(own: WaitingTicket): void {
    if (remove(tickets, own)) own.give({ turn: undefined, settle: own.settle });
  }

  function giveSlot(pump: Pump, call: WaitingCall): void {
    if (remove(pump.calls, call)) call.give();
  }

  function nextSlot(pump: Pump, flow: Flow, signal: AbortSignal | undefined): Promise<void> {
    return waitIn(pump.calls, signal, (waiting: Waiting<void>) => {
      const call = { ...waiting, flow };
      pump.calls.push(call);
      start(pump);
      return call;
    });
  }

  return {
    nextJob(ticket, group, signal) {
      return waitIn(tickets, signal, (waiting: Waiting<NextJob>) => {
        const own = { ...waiting, ticket, signal, settle: undefined };
        tickets.push(own);
        for (const pump of group ? [pumpOf(group)] : pumps.values()) start(pump);
        return own;
      });
    },
    hasTickets: () => tickets.length > 0,
  };
}

/** One for each bucket of the plan. */
function pumpsOf(plan: Plan): Map<string, Pump> {
  const pumps = new Map<string, Pump>();
  for (const group of endpointGroups) {
    const bucket = bucketOf(plan, group).name;
    const pump = pumps.get(bucket) ?? { bucket, groups: [], calls: [], isRunning: false, again: false };
    pump.groups.push(group);
    pumps.set(bucket, pump);
  }
  return pumps;
}

function valueOf(fields: readonly string[], name: string): string {
  for (let i = 0; i < fields.length; i += 2) if (fields[i] === name) return fields[i + 1]!;
  return '';
}
