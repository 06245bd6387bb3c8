import type { Operation } from '../operation.ts';
import { orGone, ownWebhook } from './own-webhook.ts';
import { presentWebhook } from './present-webhook.ts';

const A_DAY_SECONDS = 86_400;

export const rotateWebhookSecret: Operation<'rotateWebhookSecret', 'webhooks'> = async (call) => {
  const overlapMs = (call.body.overlap_seconds ?? A_DAY_SECONDS) * 1000;
  const rotated = await call.services.webhooks.rotate(await ownWebhook(call), overlapMs, call.event);
  const { webhook, secret } = orGone(rotated);
  return {
    status: 200,
    body: { ...presentWebhook(webhook), secret },
    headers: { 'Cache-Control': 'no-store' },
  };
};
