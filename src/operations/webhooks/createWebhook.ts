import { Problem } from '../../problem.ts';
import { WEBHOOKS_PER_TENANT } from '../../webhooks/administration.ts';
import type { Operation } from '../operation.ts';
import { checkWebhook } from './check-webhook.ts';
import { presentWebhook } from './present-webhook.ts';

export const createWebhook: Operation<
  'createWebhook',
  'config' | 'contract' | 'webhookVerifications' | 'webhooks'
> = async ({ body, event, principal, services }) => {
  checkWebhook(services, body);
  const { url, event_types, ordered = false } = body;
  await services.webhookVerifications.admit(principal.tenantId);
  const wanted = { url, event_types, is_ordered: ordered };
  const made = await services.webhooks.create(principal.tenantId, wanted, event);
  if (!made) throw new Problem('webhook_limit_reached', { detail: `At most ${WEBHOOKS_PER_TENANT}.` });
  return {
    status: 201,
    body: { ...presentWebhook(made.webhook), secret: made.secret },
    headers: { Location: `/v1/tenant/webhooks/${made.webhook.id}`, 'Cache-Control': 'no-store' },
  };
};
