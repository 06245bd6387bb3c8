/** What BullMQ keeps of each queue (its documentation, and `lib/scripts`); the part before is `QUEUE_PREFIX`. */
import { DAY_MS, defineKey, MINUTE_MS } from '../key-definition.ts';

const Q = '{trivium}:<queue>';
const writtenBy = 'API, workers';

export const queueKeys = {
  id: defineKey(`${Q}:id`, {
    type: 'string',
    holds: 'number of the last job',
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
    holds: 'ids of jobs that wait',
    bound: { perEntity: 'job' },
    writtenBy,
  }),
  paused: defineKey(`${Q}:paused`, {
    type: 'list',
    holds: 'ids of jobs of a queue that is paused',
    bound: { perEntity: 'job' },
    writtenBy,
  }),
  active: defineKey(`${Q}:active`, {
    type: 'list',
    holds: 'ids of jobs that run',
    bound: { perEntity: 'job', by: 'the concurrency of all workers' },
    writtenBy,
  }),
  prioritized: defineKey(`${Q}:prioritized`, {
    type: 'zset',
    holds: 'ids of jobs that wait, by priority',
    bound: { perEntity: 'job' },
    writtenBy,
  }),
  delayed: defineKey(`${Q}:delayed`, {
    type: 'zset',
    holds: 'ids of jobs that wait for their time',
    bound: { perEntity: 'job' },
    writtenBy,
  }),
  completed: defineKey(`${Q}:completed`, {
    type: 'zset',
    holds: 'ids of jobs that ended',
    bound: { entries: 1_000, by: 'removeOnComplete, queues.ts' },
    writtenBy,
  }),
  failed: defineKey(`${Q}:failed`, {
    type: 'zset',
    holds: 'ids of jobs that failed',
    bound: { entries: 1_000, by: 'removeOnFail, queues.ts' },
    writtenBy,
  }),
  stalled: defineKey(`${Q}:stalled`, {
    type: 'set',
    holds: 'ids of jobs that run, at the last look',
    bound: { perEntity: 'job' },
    writtenBy: 'workers',
  }),
  stalledCheck: defineKey(`${Q}:stalled-check`, {
    type: 'string',
    holds: 'somebody has looked for stalled jobs lately',
    bound: { expiresMs: 5 * MINUTE_MS },
    writtenBy: 'workers',
  }),
  marker: defineKey(`${Q}:marker`, {
    type: 'zset',
    holds: 'there is something to do',
    bound: { entries: 4, by: 'BullMQ' },
    writtenBy,
  }),
  limiter: defineKey(`${Q}:limiter`, {
    type: 'string',
    holds: 'how many jobs were taken lately',
    bound: { expiresMs: DAY_MS },
    writtenBy: 'workers',
  }),
  priorityCounter: defineKey(`${Q}:pc`, {
    type: 'string',
    holds: 'order among jobs of one priority',
    bound: { bytes: 20 },
    writtenBy,
  }),
  events: defineKey(`${Q}:events`, {
    type: 'stream',
    holds: 'what happened to jobs',
    bound: { entries: 11_000, by: 'BullMQ: 10,000, trimmed in whole nodes of the stream' },
    writtenBy,
  }),
  schedulers: defineKey(`${Q}:repeat`, {
    type: 'zset',
    holds: 'job scheduler → when it is next due, ms',
    bound: { entries: 32, by: 'the chores of upkeep-chores.ts' },
    writtenBy: 'workers',
  }),
  scheduler: defineKey(`${Q}:repeat:<scheduler>`, {
    type: 'hash',
    holds: 'a job scheduler, or a job of one',
    bound: { entries: 32, by: 'its fields' },
    writtenBy: 'workers',
  }),
  lock: defineKey(`${Q}:<job>:lock`, {
    type: 'string',
    holds: 'which worker has the job',
    bound: { expiresMs: 5 * MINUTE_MS },
    writtenBy: 'workers',
  }),
  job: defineKey(`${Q}:<job>`, {
    type: 'hash',
    holds: 'a job',
    bound: { entries: 32, by: 'its fields; there are as many as `job` and the ended ones above' },
    writtenBy,
  }),
};
