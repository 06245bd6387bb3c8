import { instantOf } from '../../contract/instant.ts';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { ownEnabledWebhook } from './own-webhook.ts';
import { redisNow } from '../../redis/clock.ts';

/** Tolerance for a caller's clock that runs ahead: such a time means the present. */
const CALLERS_CLOCK_MS = 5_000;

export const replayWebhook: Operation<'replayWebhook', 'webhooks'> = async (call) => {
  const webhook = await ownEnabledWebhook(call);
  const from = instantOf(call.body.from);
  const now = redisNow();
  if (from > now + CALLERS_CLOCK_MS)
    throw new Problem('invalid_body', {
      errors: [{ in: 'body', pointer: '/from', code: 'in_future', message: 'must be in the past' }],
    });
  const isReplayed = await call.services.webhooks.replay(webhook, Math.min(from, now), call.event);
  if (!isReplayed) throw new Problem('replay_in_progress');
  return { status: 202 };
};
