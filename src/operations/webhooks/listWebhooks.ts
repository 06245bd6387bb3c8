import type { Operation } from '../operation.ts';
import { presentWebhook } from './present-webhook.ts';

export const listWebhooks: Operation<'listWebhooks', 'webhooks'> = async ({ principal, services }) => ({
  status: 200,
  body: { webhooks: (await services.webhooks.list(principal.tenantId)).map(presentWebhook) },
});
