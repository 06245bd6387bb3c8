import type { Operation } from '../operation.ts';
import { ownWebhook } from './own-webhook.ts';
import { presentWebhook } from './present-webhook.ts';

export const getWebhook: Operation<'getWebhook', 'webhooks'> = async (call) => ({
  status: 200,
  body: presentWebhook(await ownWebhook(call)),
});
