import { isVerified } from '../../webhooks/webhook.ts';
import type { Operation } from '../operation.ts';
import { ownEnabledWebhook } from './own-webhook.ts';

/**
 * Of a verified one there is nothing to do: the event of this call itself is what the endpoint is told (`src/webhooks/dispatch.ts`). Any other
 * is asked whether it agrees, and is told of the test when it has.
 */
export const testWebhook: Operation<'testWebhook', 'webhookVerifications' | 'webhooks'> = async (call) => {
  const { services, principal } = call;
  const webhook = await ownEnabledWebhook(call);
  if (!isVerified(webhook)) {
    await services.webhookVerifications.admit(principal.tenantId);
    await services.webhooks.verify(webhook);
  }
  return { status: 202 };
};
