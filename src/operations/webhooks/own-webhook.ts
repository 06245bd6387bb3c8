import type { Principal } from '../../principal.ts';
import { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import type { ShownWebhook } from '../../webhooks/administration.ts';

interface Asked {
  path: { webhook_id: string };
  principal: Principal;
  services: Pick<Services, 'webhooks'>;
}

/** @throws Problem `not_found` when it does not exist or is another tenant's */
export async function ownWebhook({ path, principal, services }: Asked): Promise<ShownWebhook> {
  return orGone(await services.webhooks.get(principal.tenantId, path.webhook_id));
}

/** A webhook that may be contacted, also if it is not verified yet. @throws Problem `not_found`, `webhook_disabled` */
export async function ownEnabledWebhook(asked: Asked): Promise<ShownWebhook> {
  const webhook = await ownWebhook(asked);
  if (webhook.status === 'disabled') throw new Problem('webhook_disabled');
  return webhook;
}

/** @throws Problem `not_found` when it was deleted meanwhile */
export function orGone<T>(found: T | undefined): T {
  if (found === undefined) throw new Problem('not_found');
  return found;
}
