import type { Operation } from '../operation.ts';
import { ownWebhook } from './own-webhook.ts';

export const deleteWebhook: Operation<'deleteWebhook', 'webhooks'> = async (call) => {
  await call.services.webhooks.remove(await ownWebhook(call), call.event);
  return { status: 204 };
};
