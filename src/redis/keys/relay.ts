/** Relay jobs, and the budget that they spend. */
import { defineKey, MINUTE_MS, DAY_MS } from '../key-definition.ts';

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
  deadLetters: defineKey('trivium:relay:dead-letters', {
    type: 'zset',
    holds: 'id of a relay job that ended by a fault of ours → when, ms',
    bound: { entries: 10_000, by: 'dead-letters.ts: the oldest go, and all after 14 days' },
    writtenBy: 'workers',
  }),
};
