/** Relay jobs, their fair queue, and the rate budget. */
import { defineKey, DAY_MS, HOUR_MS, MINUTE_MS } from '../key-definition.ts';

export const relayKeys = {
  budget: defineKey('trivium:{relay}:budget:<name>:<bucket>', {
    type: 'hash',
    holds:
      'state of a bucket of the rate budget; shares the hash tag of relay jobs, because starting a job also takes a token from its bucket',
    bound: { expiresMs: DAY_MS, entries: 16 },
    writtenBy: 'workers',
  }),
  relayJob: defineKey('trivium:{relay}:job:<id>', {
    type: 'hash',
    holds:
      'record of a relay job; all share a hash tag, because identical look-ups are deduplicated when the record is created',
    bound: { expiresMs: 14 * DAY_MS, entries: 32 },
    writtenBy: 'API, workers',
  }),
  relaySteps: defineKey('trivium:{relay}:steps:<id>', {
    type: 'hash',
    holds: 'state of the steps of a relay job with steps',
    bound: { expiresMs: 7 * DAY_MS, entries: 32 },
    writtenBy: 'workers',
  }),
  relayStepResults: defineKey('trivium:{relay}:step-results:<id>', {
    type: 'hash',
    holds: 'step → its result, encrypted',
    bound: { expiresMs: 7 * DAY_MS, entries: 32 },
    writtenBy: 'workers',
  }),
  relayFlight: defineKey('trivium:{relay}:flight:<hash>', {
    type: 'hash',
    holds:
      'by the keyed hash of a look-up: id of the relay job that will perform it and has not sent its call yet; whether it is shared',
    bound: { expiresMs: MINUTE_MS, entries: 2 },
    writtenBy: 'API, workers',
  }),
  relayTurn: defineKey('trivium:{relay}:fair:turn:<ticket>', {
    type: 'string',
    holds: 'the running job that was taken with a ticket of the queue',
    bound: { expiresMs: 7 * DAY_MS },
    writtenBy: 'workers',
  }),
  relayLastTurn: defineKey('trivium:{relay}:fair:last-turn', {
    type: 'string',
    holds: 'time when a job was last selected, ms',
    bound: { bytes: 64, by: 'a time' },
    writtenBy: 'workers',
  }),
  // Built by scripts only (relay/fair-queue/fair-queue.lua, pending-jobs.lua).
  fairSequence: defineKey('trivium:{relay}:fair:sequence', {
    type: 'string',
    holds: 'counter for the positions of jobs in the queues of their callers',
    bound: { bytes: 32, by: 'a number' },
    writtenBy: 'API, workers',
  }),
  fairQueue: defineKey('trivium:{relay}:fair:queue:<group>:<flow>:<caller>', {
    type: 'zset',
    holds: 'id of a waiting job of this caller → its position',
    bound: { expiresMs: 7 * DAY_MS, perEntity: 'job' },
    writtenBy: 'API, workers',
  }),
  fairBacklog: defineKey('trivium:{relay}:fair:backlog:<group>', {
    type: 'zset',
    holds: 'flow with waiting jobs (with a flow in the key name: caller) → its start tag',
    bound: { expiresMs: 7 * DAY_MS, perEntity: 'job' },
    writtenBy: 'API, workers',
  }),
  fairTags: defineKey('trivium:{relay}:fair:tags:<bucket>', {
    type: 'zset',
    holds: 'flow (with a flow in the key name: caller) → finish tag of its last slot',
    bound: { expiresMs: HOUR_MS, perEntity: 'job', times: 10 },
    writtenBy: 'workers',
  }),
  fairRetries: defineKey('trivium:{relay}:fair:retries', {
    type: 'zset',
    holds: 'id of a job to be retried → time of the retry, ms',
    bound: { expiresMs: 7 * DAY_MS, perEntity: 'job' },
    writtenBy: 'workers',
  }),
  pendingJobs: defineKey('trivium:{relay}:fair:pending:<flow>', {
    type: 'zset',
    holds: 'id of a pending job → expiry of its record, ms',
    bound: { expiresMs: 7 * DAY_MS, entries: 1_000_000, by: '`PENDING_JOBS_PER_TENANT`' },
    writtenBy: 'API, workers',
  }),
  pendingJobDetails: defineKey('trivium:{relay}:fair:pending-details:<flow>', {
    type: 'hash',
    holds: 'id of a pending job → its bytes and its caller; their totals',
    bound: { expiresMs: 7 * DAY_MS, entries: 2_000_000, by: '`PENDING_JOBS_PER_TENANT`' },
    writtenBy: 'API, workers',
  }),
  deadLetters: defineKey('trivium:relay:dead-letters', {
    type: 'zset',
    holds: 'id of a relay job that failed because of this deployment → time of failure, ms',
    bound: { entries: 10_000, by: 'dead-letters.ts: evicts the oldest, and all after 14 days' },
    writtenBy: 'workers',
  }),
};
