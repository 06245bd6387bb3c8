/** Webhooks, their pending deliveries, and the rate limit of each host. */
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
    holds: 'tenant with webhooks → version counter of its webhooks',
    bound: { perEntity: 'tenant' },
    writtenBy: 'API, workers',
  }),
  webhookState: defineKey('trivium:{registry}:webhook-state:<webhook>', {
    type: 'hash',
    holds: 'delivery state of a webhook (`WebhookState`)',
    bound: { entries: 16, by: 'its fields' },
    writtenBy: 'API, workers',
  }),
  webhookDue: defineKey('trivium:{registry}:webhook-due:<webhook>', {
    type: 'zset',
    holds: 'pending event of a webhook → time of its next attempt, ms',
    bound: { entries: 10_000, by: 'MAX_DUE, dispatch.ts: later events wait in the audit log' },
    writtenBy: 'workers',
  }),
  webhookTries: defineKey('trivium:{registry}:webhook-tries:<webhook>', {
    type: 'hash',
    holds: 'pending event → number of attempts',
    bound: { entries: 10_000, by: 'note-delivery.lua: pending events only' },
    writtenBy: 'workers',
  }),
  webhookLog: defineKey('trivium:{registry}:webhook-log:<webhook>', {
    type: 'list',
    holds: 'deliveries of a webhook, newest first',
    bound: { entries: 500, by: 'LOG_LENGTH, note-delivery.lua' },
    writtenBy: 'workers',
  }),
  webhooksDue: defineKey('trivium:{registry}:webhooks-due', {
    type: 'zset',
    holds: '`<tenant> <webhook>` → time of its next delivery, ms',
    bound: { perEntity: 'webhook' },
    writtenBy: 'API, workers',
  }),
  webhookDispatcher: defineKey('trivium:{registry}:webhook-dispatcher', {
    type: 'string',
    holds: 'lease: the worker that dispatches events to webhooks',
    bound: { expiresMs: 5 * SECOND_MS },
    writtenBy: 'workers',
  }),
  webhookHostPace: defineKey('trivium:{webhook-host:<hash>}:pace', {
    type: 'string',
    holds: 'theoretical arrival time of the next call to this host (GCRA), ms; by the keyed hash of the host',
    bound: { expiresMs: 2 * MINUTE_MS },
    writtenBy: 'workers',
  }),
  webhookHostGiven: defineKey('trivium:{webhook-host:<hash>}:given', {
    type: 'zset',
    holds: 'tenant → time of the last call to this host granted to one of its webhooks, ms',
    bound: { expiresMs: MINUTE_MS, perEntity: 'tenant' },
    writtenBy: 'workers',
  }),
  webhookHostAsking: defineKey('trivium:{webhook-host:<hash>}:asking', {
    type: 'zset',
    holds: 'tenant whose webhooks were refused a call to this host → time of the refusal, ms',
    bound: { expiresMs: MINUTE_MS, perEntity: 'tenant' },
    writtenBy: 'workers',
  }),
  webhookVerifications: defineKey('trivium:{webhook-verifications:<tenant>}:count', {
    type: 'string',
    holds: 'number of verification requests to endpoints of this tenant in this hour',
    bound: { expiresMs: HOUR_MS },
    writtenBy: 'API',
  }),
};
