/** Keys of BullMQ for each queue (its documentation, and `lib/scripts`), prefixed with `QUEUE_PREFIX`. */
import { DAY_MS, defineKey, MINUTE_MS } from '../key-definition.ts';

const Q = '{trivium}:<queue>';
const writtenBy = 'API, workers';

export const queueKeys = {
  id: defineKey(`${Q}:id`, {
    type: 'string',
    holds: 'counter of job ids',
    bound: { bytes: 20 },
    writtenBy,
  }),
  meta: defineKey(`${Q}:meta`, {
    type: 'hash',
    holds: 'options of the queue',
    bound: { entries: 16, by: 'its fields' },
    writtenBy,
  }),
  wait: defineKey(`${Q}:wait`, {
    type: 'list',
    holds: 'ids of waiting jobs',
    bound: { perEntity: 'job' },
    writtenBy,
  }),
  paused: defineKey(`${Q}:paused`, {
    type: 'list',
    holds: 'ids of waiting jobs while the queue is paused',
    bound: { perEntity: 'job' },
    writtenBy,
  }),
  active: defineKey(`${Q}:active`, {
    type: 'list',
    holds: 'ids of active jobs',
    bound: { perEntity: 'job', by: 'the concurrency of all workers' },
    writtenBy,
  }),
  prioritized: defineKey(`${Q}:prioritized`, {
    type: 'zset',
    holds: 'ids of waiting jobs by priority',
    bound: { perEntity: 'job' },
    writtenBy,
  }),
  delayed: defineKey(`${Q}:delayed`, {
    type: 'zset',
    holds: 'ids of delayed jobs by time',
    bound: { perEntity: 'job' },
    writtenBy,
  }),
  completed: defineKey(`${Q}:completed`, {
    type: 'zset',
    holds: 'ids of completed jobs',
    bound: { entries: 1_000, by: 'removeOnComplete, queues.ts' },
    writtenBy,
  }),
  failed: defineKey(`${Q}:failed`, {
    type: 'zset',
    holds: 'ids of failed jobs',
    bound: { entries: 1_000, by: 'removeOnFail, queues.ts' },
    writtenBy,
  }),
  stalled: defineKey(`${Q}:stalled`, {
    type: 'set',
    holds: 'ids of the active jobs at the last stalled check',
    bound: { perEntity: 'job' },
    writtenBy: 'workers',
  }),
  stalledCheck: defineKey(`${Q}:stalled-check`, {
    type: 'string',
    holds: 'marks a recent check for stalled jobs',
    bound: { expiresMs: 5 * MINUTE_MS },
    writtenBy: 'workers',
  }),
  marker: defineKey(`${Q}:marker`, {
    type: 'zset',
    holds: 'wakes up workers',
    bound: { entries: 4, by: 'BullMQ' },
    writtenBy,
  }),
  limiter: defineKey(`${Q}:limiter`, {
    type: 'string',
    holds: 'counter of the rate limiter',
    bound: { expiresMs: DAY_MS },
    writtenBy: 'workers',
  }),
  priorityCounter: defineKey(`${Q}:pc`, {
    type: 'string',
    holds: 'counter that orders jobs of one priority',
    bound: { bytes: 20 },
    writtenBy,
  }),
  events: defineKey(`${Q}:events`, {
    type: 'stream',
    holds: 'job events',
    bound: { entries: 11_000, by: 'BullMQ: 10,000, trimmed in whole nodes of the stream' },
    writtenBy,
  }),
  schedulers: defineKey(`${Q}:repeat`, {
    type: 'zset',
    holds: 'job scheduler → time of its next job, ms',
    bound: { entries: 32, by: 'the chores of upkeep-chores.ts' },
    writtenBy: 'workers',
  }),
  scheduler: defineKey(`${Q}:repeat:<scheduler>`, {
    type: 'hash',
    holds: 'a job scheduler, or one of its jobs',
    bound: { entries: 32, by: 'its fields' },
    writtenBy: 'workers',
  }),
  lock: defineKey(`${Q}:<job>:lock`, {
    type: 'string',
    holds: 'lock: the worker that processes the job',
    bound: { expiresMs: 5 * MINUTE_MS },
    writtenBy: 'workers',
  }),
  job: defineKey(`${Q}:<job>`, {
    type: 'hash',
    holds: 'a job',
    bound: { entries: 32, by: 'its fields; one key for each `job` and each ended one above' },
    writtenBy,
  }),
};
