/** Health checks of Redis and of other processes. */
import { defineKey, MINUTE_MS, SECOND_MS } from '../key-definition.ts';

/** Heartbeat timeout of workers: without a heartbeat for this long, no worker counts as running. */
export const WORKER_SEEN_MS = 10 * SECOND_MS;
/** Workers that are counted. */
export const MAX_WORKERS = 1_000;

export const processKeys = {
  probe: defineKey('trivium:{<tag>}:probe', {
    type: 'string',
    holds:
      'nothing; written to check whether Redis accepts writes, on a cluster each of the masters that nothing works without',
    bound: { expiresMs: MINUTE_MS },
    writtenBy: 'API, workers',
  }),
  workerSeen: defineKey('trivium:worker-seen', {
    type: 'string',
    holds: 'heartbeat of the workers that take relay jobs',
    bound: { expiresMs: WORKER_SEEN_MS },
    writtenBy: 'workers',
  }),
  livingWorkers: defineKey('trivium:living-workers', {
    type: 'zset',
    holds: 'random id of a worker process → its last heartbeat, ms',
    bound: { expiresMs: WORKER_SEEN_MS, entries: MAX_WORKERS },
    writtenBy: 'API, workers',
  }),
};
