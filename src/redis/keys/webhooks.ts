/** Webhooks: what their endpoints are still to be told, and how often their hosts are called. */
import { defineKey, SECOND_MS, MINUTE_MS, HOUR_MS } from '../key-definition.ts';

export const webhooksKeys = {
  webhooks: defineKey('trivium:{registry}:webhooks:<tenant>', {
    type: 'hash',
    holds: 'id of a webhook of this tenant → webhook',
    bound: { entries: 20, by: 'WEBHOOKS_PER_TENANT, change-webhook.lua' },
    writtenBy: 'API, workers',
  }),
  webhookTenants: defineKey('trivium:{registry}:webhook-tenants', {
    type: 'hash',
    holds: 'tenant that has webhooks → a number that grows with each change of them',
    bound: { perEntity: 'tenant' },
    writtenBy: 'API, workers',
  }),
  webhookState: defineKey('trivium:{registry}:webhook-state:<webhook>', {
    type: 'hash',
    holds: 'how it stands with a webhook (`WebhookState`)',
    bound: { entries: 16, by: 'its fields' },
    writtenBy: 'API, workers',
  }),
  webhookDue: defineKey('trivium:{registry}:webhook-due:<webhook>', {
    type: 'zset',
    holds: 'event that a webhook is still to be told of → when it is next tried, ms',
    bound: { entries: 10_000, by: 'MAX_DUE, dispatch.ts: what is behind them waits in the audit log' },
    writtenBy: 'workers',
  }),
  webhookTries: defineKey('trivium:{registry}:webhook-tries:<webhook>', {
    type: 'hash',
    holds: 'such an event → how often it was tried',
    bound: { entries: 10_000, by: 'note-delivery.lua: only events that are due have one' },
    writtenBy: 'workers',
  }),
  webhookLog: defineKey('trivium:{registry}:webhook-log:<webhook>', {
    type: 'list',
    holds: 'its deliveries, newest first',
    bound: { entries: 500, by: 'LOG_LENGTH, note-delivery.lua' },
    writtenBy: 'workers',
  }),
  webhooksDue: defineKey('trivium:{registry}:webhooks-due', {
    type: 'zset',
    holds: '`<tenant> <webhook>` → when it next has something to be told, ms',
    bound: { perEntity: 'webhook' },
    writtenBy: 'API, workers',
  }),
  webhookDispatcher: defineKey('trivium:{registry}:webhook-dispatcher', {
    type: 'string',
    holds: 'which worker finds out what webhooks are to be told',
    bound: { expiresMs: 5 * SECOND_MS },
    writtenBy: 'workers',
  }),
  webhookHostPace: defineKey('trivium:{webhook-host:<hash>}:pace', {
    type: 'string',
    holds: 'when the next call to this host is expected (GCRA), ms; by the keyed hash of the host',
    bound: { expiresMs: 2 * MINUTE_MS },
    writtenBy: 'workers',
  }),
  webhookHostGiven: defineKey('trivium:{webhook-host:<hash>}:given', {
    type: 'zset',
    holds: 'tenant → when one of its webhooks was last given a call to this host, ms',
    bound: { expiresMs: MINUTE_MS, perEntity: 'tenant' },
    writtenBy: 'workers',
  }),
  webhookHostAsking: defineKey('trivium:{webhook-host:<hash>}:asking', {
    type: 'zset',
    holds: 'tenant whose webhooks were refused a call to this host → when, ms',
    bound: { expiresMs: MINUTE_MS, perEntity: 'tenant' },
    writtenBy: 'workers',
  }),
  webhookVerifications: defineKey('trivium:{webhook-verifications:<tenant>}:count', {
    type: 'string',
    holds: 'how often endpoints of this tenant were asked in this hour whether they agree',
    bound: { expiresMs: HOUR_MS },
    writtenBy: 'API',
  }),
};
