import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { ownWebhook } from './own-webhook.ts';

export const replayWebhook: Operation<'replayWebhook'> = async (call) => {
  const { failingSince: _since, pending: _pending, ...webhook } = await ownWebhook(call);
  if (webhook.status === 'disabled') throw new Problem('webhook_disabled');
  const from = Date.parse(call.body.from);
  if (from > Date.now())
    throw new Problem('invalid_body', {
      errors: [{ in: 'body', pointer: '/from', code: 'in_future', message: 'must be in the past' }],
    });
  await call.services.webhooks.replay(webhook, from, call.event);
  return { status: 202 };
};
