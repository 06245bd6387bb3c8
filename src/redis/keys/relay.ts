/** Relay jobs, and the budget that they spend. */
import { defineKey, DAY_MS, HOUR_MS, MINUTE_MS } from '../key-definition.ts';

export const relayKeys = {
  budget: defineKey('trivium:{relay}:budget:<name>:<bucket>', {
    type: 'hash',
    holds:
      'state of a bucket of the budget; in one slot with the relay jobs: who begins one takes a slot of the budget along',
    bound: { expiresMs: DAY_MS, entries: 16 },
    writtenBy: 'workers',
  }),
  relayJob: defineKey('trivium:{relay}:job:<id>', {
    type: 'hash',
    holds:
      'record of a relay job; all share a slot, as their queue has one: the record of a look-up is made only if no other does the same',
    bound: { expiresMs: 14 * DAY_MS, entries: 32 },
    writtenBy: 'API, workers',
  }),
  relaySteps: defineKey('trivium:{relay}:steps:<id>', {
    type: 'hash',
    holds: 'how the steps of a relay job stand that has some',
    bound: { expiresMs: 7 * DAY_MS, entries: 32 },
    writtenBy: 'workers',
  }),
  relayStepResults: defineKey('trivium:{relay}:step-results:<id>', {
    type: 'hash',
    holds: 'step → what it made, sealed',
    bound: { expiresMs: 7 * DAY_MS, entries: 32 },
    writtenBy: 'workers',
  }),
  relayFlight: defineKey('trivium:{relay}:flight:<hash>', {
    type: 'hash',
    holds:
      'by the keyed hash of a look-up: id of the relay job that does it and has sent no call yet; whether it is shared',
    bound: { expiresMs: MINUTE_MS, entries: 2 },
    writtenBy: 'API, workers',
  }),
  relayTurn: defineKey('trivium:{relay}:fair:turn:<ticket>', {
    type: 'string',
    holds: 'the job that was taken with a ticket of the queue, and has not ended',
    bound: { expiresMs: 7 * DAY_MS },
    writtenBy: 'workers',
  }),
  relayLastTurn: defineKey('trivium:{relay}:fair:last-turn', {
    type: 'string',
    holds: 'when a job last got its turn, ms',
    bound: { bytes: 64, by: 'a time' },
    writtenBy: 'workers',
  }),
  // Named by scripts only (relay/fair-queue/fair-queue.lua, pending-jobs.lua).
  fairSequence: defineKey('trivium:{relay}:fair:sequence', {
    type: 'string',
    holds: 'counter: the place of a job in the queue of its caller',
    bound: { bytes: 32, by: 'a number' },
    writtenBy: 'API, workers',
  }),
  fairQueue: defineKey('trivium:{relay}:fair:queue:<group>:<flow>:<caller>', {
    type: 'zset',
    holds: 'id of a waiting job of this caller → its place',
    bound: { expiresMs: 7 * DAY_MS, perEntity: 'job' },
    writtenBy: 'API, workers',
  }),
  fairBacklog: defineKey('trivium:{relay}:fair:backlog:<group>', {
    type: 'zset',
    holds: 'flow (or, with a flow in its name, caller) that has waiting jobs → its start tag',
    bound: { expiresMs: 7 * DAY_MS, perEntity: 'job' },
    writtenBy: 'API, workers',
  }),
  fairTags: defineKey('trivium:{relay}:fair:tags:<bucket>', {
    type: 'zset',
    holds: 'flow (or, with a flow in its name, caller) → finish tag of its last slot',
    bound: { expiresMs: HOUR_MS, perEntity: 'job', times: 10 },
    writtenBy: 'workers',
  }),
  fairRetries: defineKey('trivium:{relay}:fair:retries', {
    type: 'zset',
    holds: 'id of a job that is tried again → when, ms',
    bound: { expiresMs: 7 * DAY_MS, perEntity: 'job' },
    writtenBy: 'workers',
  }),
  pendingJobs: defineKey('trivium:{relay}:fair:pending:<flow>', {
    type: 'zset',
    holds: 'id of a job that has not ended → when its record expires, ms',
    bound: { expiresMs: 7 * DAY_MS, entries: 1_000_000, by: '`PENDING_JOBS_PER_TENANT`' },
    writtenBy: 'API, workers',
  }),
  pendingJobDetails: defineKey('trivium:{relay}:fair:pending-details:<flow>', {
    type: 'hash',
    holds: 'id of such a job → its bytes and its caller; what they are together',
    bound: { expiresMs: 7 * DAY_MS, entries: 2_000_000, by: '`PENDING_JOBS_PER_TENANT`' },
    writtenBy: 'API, workers',
  }),
  deadLetters: defineKey('trivium:relay:dead-letters', {
    type: 'zset',
    holds: 'id of a relay job that ended by a fault of ours → when, ms',
    bound: { entries: 10_000, by: 'dead-letters.ts: the oldest go, and all after 14 days' },
    writtenBy: 'workers',
  }),
};
