import type { Operation } from '../operation.ts';
import { ownWebhook } from './own-webhook.ts';
import { presentWebhook } from './present-webhook.ts';

const A_DAY_SECONDS = 86_400;

export const rotateWebhookSecret: Operation<'rotateWebhookSecret'> = async (call) => {
  const { failingSince, pending, ...webhook } = await ownWebhook(call);
  const overlapMs = (call.body.overlap_seconds ?? A_DAY_SECONDS) * 1000;
  const secret = await call.services.webhooks.rotate(webhook, overlapMs, call.event);
  return {
    status: 200,
    body: { ...presentWebhook({ ...webhook, failingSince, pending }), secret },
    headers: { 'Cache-Control': 'no-store' },
  };
};
