/** Outboxes of events, audit logs, and usage counters. */
import { defineKey, SECOND_MS, DAY_MS } from '../key-definition.ts';

/** Maximum number of events on an outbox: about 200 MB, or days of a busy tenant without workers. */
export const OUTBOX_EVENTS = 200_000;

export const eventsKeys = {
  registryOutbox: defineKey('trivium:{registry}:outbox', {
    type: 'stream',
    holds:
      'events recorded in the same transaction as a change of the registry, until they are in the audit log',
    bound: {
      entries: OUTBOX_EVENTS + 50_000,
      by: 'outbox-limit.ts: refuses changes beyond OUTBOX_EVENTS until workers have caught up; checked each second',
    },
    writtenBy: 'API, workers',
  }),
  outbox: defineKey('trivium:{events}:outbox', {
    type: 'stream',
    holds: 'all other events, until they are in the audit log',
    bound: {
      entries: OUTBOX_EVENTS + 50_000,
      by: 'outbox-limit.ts and add-event-batch.lua: further events stay buffered in their process',
    },
    writtenBy: 'API, workers',
  }),
  lastBatch: defineKey('trivium:{events}:last-batch:<process>', {
    type: 'string',
    holds: 'number of the last batch of events that this process appended to the outbox',
    bound: { expiresMs: DAY_MS },
    writtenBy: 'API, workers',
  }),
  postedEvent: defineKey('trivium:{events}:posted:<id>', {
    type: 'string',
    holds:
      'fingerprint and time of an event that a service recorded with an idempotency key, by the id of the event',
    bound: { expiresMs: DAY_MS, bytes: 100 },
    writtenBy: 'API',
  }),
  handedOver: defineKey('trivium:{events}:handed-over', {
    type: 'zset',
    holds:
      'ids of events moved to the outbox from other keys, for an hour after their removal there (deduplication)',
    bound: { entries: 1_000_000, by: 'hand-over.lua: evicts the oldest' },
    writtenBy: 'API, workers',
  }),
  forwarder: defineKey('trivium:{events}:forwarder', {
    type: 'string',
    holds: 'lease: the worker that moves events from the outboxes to the audit logs',
    bound: { expiresMs: 5 * SECOND_MS },
    writtenBy: 'workers',
  }),
  audited: defineKey('trivium:{events}:audited', {
    type: 'set',
    holds: 'tenants that have an audit log',
    bound: { entries: 1_000_000, by: 'one for each tenant, and for each deleted one' },
    writtenBy: 'workers',
  }),
  auditLog: defineKey('trivium:{audit:<tenant>}:events', {
    type: 'stream',
    holds: 'the audit log of a tenant',
    bound: { bytes: 'AUDIT_MAX_BYTES', by: '`AUDIT_KEEP_DAYS` and `AUDIT_MAX_BYTES`' },
    writtenBy: 'workers',
  }),
  auditHead: defineKey('trivium:{audit:<tenant>}:head', {
    type: 'hash',
    holds: 'last and first event of the audit log, and the read position in each outbox',
    bound: { entries: 24, by: 'its fields' },
    writtenBy: 'workers',
  }),
  usage: defineKey('trivium:{usage:<tenant>}:<interval>:<period>', {
    type: 'hash',
    holds: 'usage counters of the clients of a tenant for an hour or a day',
    bound: { expiresMs: 400 * DAY_MS, perEntity: 'client', times: 32 },
    writtenBy: 'API, workers',
  }),
  lastUsageBatch: defineKey('trivium:{usage:<tenant>}:last-batch:<process>', {
    type: 'string',
    holds: 'number of the last batch that this process counted for the tenant',
    bound: { expiresMs: DAY_MS },
    writtenBy: 'API, workers',
  }),
};
