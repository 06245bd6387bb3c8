import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { ownWebhook } from './own-webhook.ts';

/** Nothing to do: the event of this call itself is what the endpoint is told (`src/webhooks/dispatch.ts`). */
export const testWebhook: Operation<'testWebhook'> = async (call) => {
  const { status } = await ownWebhook(call);
  if (status === 'disabled') throw new Problem('webhook_disabled');
  return { status: 202 };
};
