import type { components } from '../../contract/generated.ts';
import type { ShownWebhook } from '../../webhooks/administration.ts';

export function presentWebhook(webhook: ShownWebhook): components['schemas']['Webhook'] {
  const { id, url, event_types, is_ordered, status, disabled_because, created_at } = webhook;
  const { failingSince, pending } = webhook;
  return {
    ...{ id, url, event_types, ordered: is_ordered, status, pending, created_at },
    ...(disabled_because === undefined ? {} : { disabled_because }),
    ...(failingSince === undefined ? {} : { failing_since: new Date(failingSince).toISOString() }),
  };
}
