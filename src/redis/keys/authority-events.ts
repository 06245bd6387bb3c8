/** Events of the authority that are to be processed, and what is needed to process each once. */
import { defineKey, DAY_MS, SECOND_MS } from '../key-definition.ts';

/** Beyond this number, deliveries are refused, and the authority repeats them. */
export const INBOX_EVENTS = 20_000;
export const SEEN_EVENTS = 100_000;
export const REREADS = 100_000;
export const OWN_CHANGES = 32;

export const authorityEventsKeys = {
  authorityInbox: defineKey('trivium:{events}:authority-inbox', {
    type: 'stream',
    holds: 'events of the authority that are not processed yet: ids, times and states',
    bound: { entries: INBOX_EVENTS, by: 'add-authority-event.lua: refuses further ones' },
    writtenBy: 'API, workers',
  }),
  authoritySeen: defineKey('trivium:{events}:authority-seen', {
    type: 'zset',
    holds: 'ids of events of the authority, for a day (deduplication) → when they came, ms',
    bound: { entries: SEEN_EVENTS, by: 'add-authority-event.lua: evicts the oldest' },
    writtenBy: 'API, workers',
  }),
  authorityRereads: defineKey('trivium:{events}:authority-rereads', {
    type: 'zset',
    holds: '`<tenant> <user>` of users who are to be read at the authority → their turn',
    bound: { entries: REREADS, by: 'settle-authority-event.lua: leaves further events in the inbox' },
    writtenBy: 'workers',
  }),
  authorityTurns: defineKey('trivium:{events}:authority-turns', {
    type: 'hash',
    holds: 'tenant → turn of its last user who is to be read',
    bound: { expiresMs: DAY_MS, perEntity: 'tenant' },
    writtenBy: 'workers',
  }),
  authorityState: defineKey('trivium:{events}:authority-state', {
    type: 'hash',
    holds: 'when the event stream delivered last, how far the tenant log was read, and when',
    bound: { entries: 8, by: 'its fields' },
    writtenBy: 'API, workers',
  }),
  authorityApplier: defineKey('trivium:{events}:authority-applier', {
    type: 'string',
    holds: 'lease: the worker that processes events of the authority',
    bound: { expiresMs: 5 * SECOND_MS },
    writtenBy: 'workers',
  }),
  authorityReader: defineKey('trivium:{events}:authority-reader', {
    type: 'string',
    holds: 'lease: the worker that reads changed users and the tenant log at the authority',
    bound: { expiresMs: 5 * SECOND_MS },
    writtenBy: 'workers',
  }),
  ownChanges: defineKey('trivium:{events}:own-changes:<user>', {
    type: 'zset',
    holds: 'what this deployment changed in a user at the authority, or is changing → when, ms',
    bound: { expiresMs: DAY_MS, entries: OWN_CHANGES, by: 'own-changes.ts: evicts the oldest' },
    writtenBy: 'workers',
  }),
};
