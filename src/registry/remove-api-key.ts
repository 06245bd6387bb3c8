/** Removes an API key, and ends its rotation. */
import type { Redis } from 'ioredis';
import { changeApiKeys, readApiKey, type ApiKeyChange, type StoredApiKey } from './api-keys.ts';
import type { ApiKeyClient } from './clients.ts';

export interface Removal {
  /** Returns the event, as JSON text. */
  eventOf?: (key: ApiKeyClient) => string;
  /**
   * Returns the new state of the other key of its rotation, and the requesting key, if any. Called at each try.
   * @throws Problem when the removal is not allowed
   */
  revisePartner?: (partner: ApiKeyClient) => Promise<{ as: ApiKeyClient; by?: StoredApiKey | undefined }>;
}

/** @returns false when it does not exist any more */
export async function removeApiKey(
  redis: Redis,
  clientId: string,
  { eventOf, revisePartner = (partner) => Promise.resolve({ as: alone(partner) }) }: Removal = {},
): Promise<boolean> {
  for (;;) {
    const stored = await readApiKey(redis, clientId);
    if (!stored) return false;
    const { key, text } = stored;
    const changes: ApiKeyChange[] = [{ clientId, from: text, to: undefined }];
    const partnerId = key.replaces ?? key.replaced_by;
    const partner = partnerId === undefined ? undefined : await readApiKey(redis, partnerId);
    const revised = partner && (await revisePartner(partner.key));
    if (revised) changes.push({ clientId: partner.key.client_id, from: partner.text, to: revised.as });
    const events = eventOf ? [eventOf(key)] : [];
    if (await changeApiKeys(redis, key.tenant_id, changes, { events, by: revised?.by })) return true;
  }
}

/** The key as it is outside a rotation. */
export function alone(key: ApiKeyClient): ApiKeyClient {
  const { retires_at: _end, ...rest } = unlinked(key);
  return rest;
}

/** The key without the link to the other key of its rotation; its end stays. */
export function unlinked(key: ApiKeyClient): ApiKeyClient {
  const { replaces: _old, replaced_by: _new, ...rest } = key;
  return rest;
}
