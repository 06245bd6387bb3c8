import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { checkWebhook } from './check-webhook.ts';
import { presentWebhook } from './present-webhook.ts';

/** Each is told of every event by itself. */
const MOST = 20;

export const createWebhook: Operation<'createWebhook'> = async ({ body, event, principal, services }) => {
  checkWebhook(services, body);
  const { url, event_types, ordered = false } = body;
  if ((await services.webhooks.list(principal.tenantId)).length >= MOST)
    throw new Problem('webhook_limit_reached', { detail: `At most ${MOST}.` });
  const wanted = { url, event_types, is_ordered: ordered };
  const { webhook, secret } = await services.webhooks.create(principal.tenantId, wanted, event);
  return {
    status: 201,
    body: { ...presentWebhook(webhook), secret },
    headers: { Location: `/v1/tenant/webhooks/${webhook.id}`, 'Cache-Control': 'no-store' },
  };
};
