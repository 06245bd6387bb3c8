import { isVerified } from '../../webhooks/webhook.ts';
import type { Operation } from '../operation.ts';
import { ownEnabledWebhook } from './own-webhook.ts';

/**
 * A verified webhook needs no action: the event of this call is delivered to it (`src/webhooks/dispatch.ts`). Any other webhook gets a
 * verification request, and then the test event.
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
