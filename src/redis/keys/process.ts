/** What processes write to find out how Redis and other processes are. */
import { defineKey, MINUTE_MS, SECOND_MS } from '../key-definition.ts';

/** A worker that was not heard of for so long is gone, or does nothing. */
export const WORKER_SEEN_MS = 10 * SECOND_MS;

export const processKeys = {
  probe: defineKey('trivium:probe', {
    type: 'string',
    holds: 'nothing: it is written to see whether Redis takes writes',
    bound: { expiresMs: MINUTE_MS },
    writtenBy: 'API, workers',
  }),
  workerSeen: defineKey('trivium:worker-seen', {
    type: 'string',
    holds: 'that some worker takes relay jobs',
    bound: { expiresMs: WORKER_SEEN_MS },
    writtenBy: 'workers',
  }),
};
