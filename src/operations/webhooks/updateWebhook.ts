import type { Operation } from '../operation.ts';
import { checkWebhook } from './check-webhook.ts';
import { ownWebhook } from './own-webhook.ts';
import { presentWebhook } from './present-webhook.ts';

export const updateWebhook: Operation<'updateWebhook'> = async (call) => {
  const { failingSince: _since, pending: _pending, ...webhook } = await ownWebhook(call);
  checkWebhook(call.services, call.body);
  return {
    status: 200,
    body: presentWebhook(await call.services.webhooks.update(webhook, call.body, call.event)),
  };
};
