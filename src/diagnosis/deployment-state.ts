/** What an operator on call looks at: the budget and who waits for it, queues, workers. Ids and numbers only. */
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { countWorkers } from '../redis/living-workers.ts';
import { queueNames } from '../redis/queues.ts';
import { readBudget, type BucketState } from '../relay/budget.ts';
import type { DeadLetters } from '../relay/dead-letters.ts';
import { readBacklogs, type Backlog } from '../relay/fair-queue/backlog-store.ts';
import type { Lane } from '../relay/lanes.ts';

export interface QueueState {
  name: (typeof queueNames)[keyof Queues];
  /** The lane of the budget that its jobs use; undefined: they call somebody else. */
  lane: Lane | undefined;
  waiting: number;
  active: number;
  delayed: number;
  /** When the oldest waiting job was queued, ms since 1970; undefined: none waits. */
  oldestAt: number | undefined;
}

export interface DeploymentState {
  buckets: BucketState[];
  backlogs: Backlog[];
  queues: QueueState[];
  workers: number;
  deadLetters: number;
}

/** Queues of workers, by name. */
export type Queues = Record<'relay' | 'userImports' | 'importJobs' | 'webhooks', Pick<Queue, QueueReads>>;
type QueueReads = 'getJobCounts' | 'getJobs';

const LANES: Record<keyof Queues, Lane | undefined> = {
  relay: 'interactive',
  userImports: 'bulk',
  importJobs: 'bulk',
  webhooks: undefined,
};

interface Parts {
  redis: Redis;
  queues: Queues;
  deadLetters: Pick<DeadLetters, 'count'>;
}

export async function readDeploymentState({ redis, queues, deadLetters }: Parts): Promise<DeploymentState> {
  const [buckets, backlogs, states, workers, dead] = await Promise.all([
    readBudget(redis),
    readBacklogs(redis),
    Promise.all(QUEUES.map((name) => stateOf(name, queues[name]))),
    countWorkers(redis),
    deadLetters.count(),
  ]);
  return { buckets, backlogs, queues: states, workers, deadLetters: dead };
}

const QUEUES = ['relay', 'userImports', 'importJobs', 'webhooks'] as const;

async function stateOf(name: keyof Queues, queue: Queues[keyof Queues]): Promise<QueueState> {
  const [counts, [oldest]] = await Promise.all([
    queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed'),
    queue.getJobs(['waiting'], 0, 0, true),
  ]);
  const { waiting = 0, prioritized = 0, active = 0, delayed = 0 } = counts;
  return {
    name: queueNames[name],
    lane: LANES[name],
    waiting: waiting + prioritized,
    active,
    delayed,
    oldestAt: oldest?.timestamp,
  };
}
