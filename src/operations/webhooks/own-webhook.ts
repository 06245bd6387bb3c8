import type { Principal } from '../../principal.ts';
import { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import type { ShownWebhook } from '../../webhooks/administration.ts';

/** @throws Problem `not_found` when it does not exist or is another tenant's */
export async function ownWebhook(
  { path, principal, services }: { path: { webhook_id: string }; principal: Principal; services: Services },
): Promise<ShownWebhook> {
  const webhook = await services.webhooks.get(principal.tenantId, path.webhook_id);
  if (!webhook) throw new Problem('not_found');
  return webhook;
}
