import type { components } from '../../contract/generated.ts';
import type { ShownWebhook } from '../../webhooks/administration.ts';
import { isVerified } from '../../webhooks/webhook.ts';

export function presentWebhook(webhook: ShownWebhook): components['schemas']['Webhook'] {
  const { id, url, event_types, is_ordered, disabled_because, created_at, verified_at } = webhook;
  const { failingSince, pending } = webhook;
  const status = webhook.status === 'enabled' && !isVerified(webhook) ? 'unverified' : webhook.status;
  return {
    id,
    url,
    event_types,
    ordered: is_ordered,
    status,
    pending,
    created_at,
    disabled_because,
    verified_at,
    failing_since: failingSince === undefined ? undefined : new Date(failingSince).toISOString(),
  };
}
