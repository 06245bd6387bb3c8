import { instantOf } from '../../contract/instant.ts';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { ownEnabledWebhook } from './own-webhook.ts';
import { redisNow } from '../../redis/clock.ts';

export const replayWebhook: Operation<'replayWebhook', 'webhooks'> = async (call) => {
  const webhook = await ownEnabledWebhook(call);
  const from = instantOf(call.body.from);
  if (from > redisNow())
    throw new Problem('invalid_body', {
      errors: [{ in: 'body', pointer: '/from', code: 'in_future', message: 'must be in the past' }],
    });
  const isReplayed = await call.services.webhooks.replay(webhook, from, call.event);
  if (!isReplayed) throw new Problem('replay_in_progress');
  return { status: 202 };
};
