import type { Operation } from '../operation.ts';
import { ownEnabledWebhook } from './own-webhook.ts';

/** Nothing to do: the event of this call itself is what the endpoint is told (`src/webhooks/dispatch.ts`). */
export const testWebhook: Operation<'testWebhook'> = async (call) => {
  await ownEnabledWebhook(call);
  return { status: 202 };
};
