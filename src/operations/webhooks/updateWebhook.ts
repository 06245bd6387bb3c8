import { moves } from '../../webhooks/administration.ts';
import { isVerified } from '../../webhooks/webhook.ts';
import type { Operation } from '../operation.ts';
import { checkWebhook } from './check-webhook.ts';
import { orGone, ownWebhook } from './own-webhook.ts';
import { presentWebhook } from './present-webhook.ts';

export const updateWebhook: Operation<
  'updateWebhook',
  'config' | 'contract' | 'webhookVerifications' | 'webhooks'
> = async (call) => {
  const webhook = await ownWebhook(call);
  checkWebhook(call.services, call.body);
  const { services, body, principal } = call;
  const isAsked = body.status === 'enabled' && !isVerified(webhook);
  if (isAsked || moves(webhook, body)) await services.webhookVerifications.admit(principal.tenantId);
  const changed = await call.services.webhooks.update(webhook, call.body, call.event);
  return { status: 200, body: presentWebhook(orGone(changed)) };
};
