import type { Operation } from '../operation.ts';
import { ownWebhook } from './own-webhook.ts';

export const listWebhookDeliveries: Operation<'listWebhookDeliveries', 'webhooks'> = async (call) => {
  const { limit = 50 } = call.query;
  const found = await call.services.webhooks.deliveries(await ownWebhook(call), limit);
  return { status: 200, body: { deliveries: found } };
};
