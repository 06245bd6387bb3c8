/** Events on their way to the audit logs, the logs, and usage. */
import { defineKey, SECOND_MS, DAY_MS } from '../key-definition.ts';

/** How many events may wait on an outbox: about 200 MB, and days of a busy tenant. Workers were away for long then. */
export const OUTBOX_EVENTS = 200_000;

export const eventsKeys = {
  registryOutbox: defineKey('trivium:{registry}:outbox', {
    type: 'stream',
    holds: 'events that were written together with a change of the registry, until they are in the audit log',
    bound: {
      entries: OUTBOX_EVENTS + 50_000,
      by: 'outbox-limit.ts: beyond OUTBOX_EVENTS nothing is changed until workers have caught up; looked at each second',
    },
    writtenBy: 'API, workers',
  }),
  outbox: defineKey('trivium:{events}:outbox', {
    type: 'stream',
    holds: 'all other events, until they are in the audit log',
    bound: {
      entries: OUTBOX_EVENTS + 50_000,
      by: 'outbox-limit.ts and add-event-batch.lua: what comes then waits in its process',
    },
    writtenBy: 'API, workers',
  }),
  lastBatch: defineKey('trivium:{events}:last-batch:<process>', {
    type: 'string',
    holds: 'number of the last batch of events that this process put on the outbox',
    bound: { expiresMs: DAY_MS },
    writtenBy: 'API, workers',
  }),
  handedOver: defineKey('trivium:{events}:handed-over', {
    type: 'zset',
    holds:
      'ids of events that were taken to the outbox from elsewhere, for an hour after they are gone there',
    bound: { entries: 1_000_000, by: 'hand-over.lua: the oldest go' },
    writtenBy: 'API, workers',
  }),
  forwarder: defineKey('trivium:{events}:forwarder', {
    type: 'string',
    holds: 'which worker moves events from the outboxes to the audit log',
    bound: { expiresMs: 5 * SECOND_MS },
    writtenBy: 'workers',
  }),
  audited: defineKey('trivium:{events}:audited', {
    type: 'set',
    holds: 'tenants that have an audit log',
    bound: { entries: 1_000_000, by: 'as many as there are tenants, and ids of deleted ones' },
    writtenBy: 'workers',
  }),
  auditLog: defineKey('trivium:{audit:<tenant>}:events', {
    type: 'stream',
    holds: 'the audit log of a tenant',
    bound: { bytes: 'AUDIT_MAX_BYTES', by: '`AUDIT_KEEP_DAYS`, and a bound in bytes' },
    writtenBy: 'workers',
  }),
  auditHead: defineKey('trivium:{audit:<tenant>}:head', {
    type: 'hash',
    holds: 'where it ends, where it begins, and how far each outbox was read for it',
    bound: { entries: 24, by: 'its fields' },
    writtenBy: 'workers',
  }),
  usage: defineKey('trivium:{usage:<tenant>}:<interval>:<period>', {
    type: 'hash',
    holds: 'what the clients of a tenant used in an hour or on a day',
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
