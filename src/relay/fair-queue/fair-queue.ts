/**
 * Fair queueing of relay jobs: they wait in one queue per caller; the slots of the budget go round robin to flows (tenants), and within a
 * flow to its callers. BullMQ only carries tickets: each is the right to take one job, namely the next one when a slot is free
 * (docs/decisions/0019).
 */
import type { Redis } from 'ioredis';
import { endpointGroups, type EndpointGroup } from '../../plans.ts';
import { redisNow } from '../../redis/clock.ts';
import { keys } from '../../redis/keys.ts';
import { defineScript, replyOf } from '../../redis/scripts.ts';
import { budgetScript, type SlotRequest, type TakenSlot } from '../budget.ts';
import { RECORD_KEEP_MS } from '../relay-job.ts';
import type { CallFlow } from './flow.ts';

const file = (name: string) => new URL(`./${name}.lua`, import.meta.url);
/** Lua libraries of the relay's scripts, by the name that the scripts use. */
export const libraries = {
  fairQueue: file('fair-queue'),
  pendingJobs: file('pending-jobs'),
  discharge: file('discharge-job'),
};
const { fairQueue: library, pendingJobs } = libraries;
const start = new URL('../start-job.lua', import.meta.url);
const scripts = {
  take: defineScript({
    file: file('take-turn'),
    keys: ['bucket'],
    args: ['request', '...slot'],
    uses: { fairQueue: library, budget: budgetScript, start },
    reply: replyOf<TurnReply>,
  }),
  endTurn: defineScript({ file: file('end-turn'), keys: ['turn'], args: ['ended'] }),
  retry: defineScript({
    file: file('retry-job'),
    keys: ['record'],
    args: ['id', 'turn', 'delayMs', 'isFailure', 'prefix'],
    uses: { fairQueue: library },
  }),
  revive: defineScript({
    file: file('revive-job'),
    keys: ['record'],
    args: ['id', 'keepMs', 'prefix'],
    uses: { fairQueue: library, pendingJobs },
  }),
};

/** A job of BullMQ's queue: the right to take one relay job. */
export interface Ticket {
  id: string;
  /** The relay job that it was added with. */
  jobId: string;
  /** How often a worker that had it died. */
  stalls: number;
  /** No worker had it before, so it holds no job. */
  isFresh: boolean;
}

export interface TurnRequest {
  /** Name of the bucket that the slot comes from, and the groups that are paid from it: `main` of `bucketsOf`. */
  bucket: string;
  groups: readonly EndpointGroup[];
  /** undefined: no job can be started. */
  ticket: Ticket | undefined;
  /** Calls of running jobs that wait for a slot, oldest first. */
  calls: readonly CallFlow[];
  /** Flows that start no further job. */
  full: readonly string[];
  /** Counter of refusals by Auth0 at the time when the slot that is used now was reserved. */
  reserved: number | undefined;
}

export type Turn = (
  | { kind: 'none' }
  /** A slot was reserved: ask again at its time. */
  | { kind: 'wait'; slot: TakenSlot }
  /** @property index of `calls` */
  | { kind: 'call'; index: number }
  | { kind: 'job'; id: string; fields: string[]; isStarted: boolean }
) & {
  /** Groups that have waiting jobs, in any bucket. */
  backlogged: EndpointGroup[];
  /** A job that has ended and whose event may not be published yet. */
  settle: string | undefined;
};

/** A job to be retried whose ticket is this late waits like any other job. */
const LATE_MS = 5_000;
/** Tolerance: a retry this close is due. */
const NEAR_MS = 100;

export interface FairQueue {
  /** Takes slots of this bucket, and of the group's bucket beside it. @param slot of the bucket, as `Budget.along` returns it */
  take(request: TurnRequest, slot: SlotRequest): Promise<Turn>;
  /** Schedules a retry of the job that was taken with this ticket after a delay; counts a failure. */
  retry(id: string, ticket: Ticket, delayMs: number): Promise<void>;
  /** Gives back a job that this worker cannot perform: as `retry`, but it counts no failure. */
  giveBack(id: string, ticket: Ticket, delayMs: number): Promise<void>;
  /**
   * Remaining delay of the job that was taken with this ticket, ms. BullMQ schedules tickets by the clocks of two machines: that of the
   * worker that had it, and that of the one that promotes it.
   */
  earlyMs(ticket: Ticket): Promise<number>;
  /** Whether a job waits that could be started now. */
  hasWaiting(): Promise<boolean>;
  /** The job that was taken with this ticket has ended. */
  endTurn(id: string, ticket: Ticket): Promise<void>;
  /** Queues a job that had ended again. */
  revive(id: string): Promise<void>;
}

export function createFairQueue(redis: Redis): FairQueue {
  const prefix = keys.relayPrefix;
  async function again(id: string, ticket: Ticket, delayMs: number, isFailure: '0' | '1'): Promise<void> {
    const turn = `${ticket.id}/${ticket.stalls}`;
    await scripts.retry(redis, { record: keys.relayJob(id), id, turn, delayMs, isFailure, prefix });
  }
  return {
    async take({ ticket, calls, ...request }, { bucket, slot, beside }) {
      const asked = {
        ...request,
        prefix,
        allGroups: endpointGroups,
        beside,
        calls: calls.map(({ name, caller, group }) => [name, caller, group]),
        ticket: ticket?.id,
        own: ticket?.jobId,
        stalls: ticket?.stalls,
      };
      return toTurn(await scripts.take(redis, { bucket, request: JSON.stringify(asked), slot }));
    },
    retry: (id, ticket, delayMs) => again(id, ticket, delayMs, '1'),
    giveBack: (id, ticket, delayMs) => again(id, ticket, delayMs, '0'),
    async earlyMs({ id: ticketId }) {
      const [, id] = /^\d+ (.+)$/.exec((await redis.get(keys.relayTurn(ticketId))) ?? '') ?? [];
      const at = id === undefined ? null : await redis.zscore(keys.fairRetries, id);
      const early = at === null ? 0 : Number(at) - redisNow();
      return early > NEAR_MS ? early : 0;
    },
    async hasWaiting() {
      const backlogs = endpointGroups.map((group) => `${prefix}fair:backlog:${group}`);
      const [waiting, retries] = await Promise.all([
        redis.exists(...backlogs),
        // Their tickets are scheduled by the clock of the worker that had them.
        redis.zcount(keys.fairRetries, '-inf', redisNow() - LATE_MS),
      ]);
      return waiting + retries > 0;
    },
    async endTurn(id, ticket) {
      await scripts.endTurn(redis, { turn: keys.relayTurn(ticket.id), ended: `${ticket.stalls} ${id}` });
    },
    async revive(id) {
      await scripts.revive(redis, { record: keys.relayJob(id), id, keepMs: RECORD_KEEP_MS, prefix });
    },
  };
}

/** Time of the last turn of a job or a call, ms since 1970; 0: none recently. */
export async function readLastTurn(redis: Redis): Promise<number> {
  return Number(await redis.get(keys.relayLastTurn));
}

type TurnReply = [
  turn:
    | ['none']
    | ['wait', ms: number, refusals: number]
    | ['call', number: number]
    | ['job', id: string, fields: string[], isStarted: string],
  backlogged: EndpointGroup[],
  settle: string,
];

function toTurn([turn, backlogged, settled]: TurnReply): Turn {
  const common = { backlogged, settle: settled || undefined };
  switch (turn[0]) {
    case 'none':
      return { kind: 'none', ...common };
    case 'wait':
      return { kind: 'wait', slot: { waitMs: turn[1], refusals: turn[2] }, ...common };
    case 'call':
      return { kind: 'call', index: turn[1] - 1, ...common };
    case 'job':
      return { kind: 'job', id: turn[1], fields: turn[2], isStarted: turn[3] === '1', ...common };
  }
}
