/** Ends an API key, and with it its part in a rotation. */
import type { Redis } from 'ioredis';
import { changeApiKeys, readApiKey, type ApiKeyChange, type StoredApiKey } from './api-keys.ts';
import type { ApiKeyClient } from './clients.ts';

export interface Removal {
  /** The event that tells of it, as text. */
  tell?: (key: ApiKeyClient) => string;
  /**
   * What becomes of the other key of its rotation, and the key that asks for that, if one does. Asked at each try.
   * @throws Problem when it may not be
   */
  leave?: (partner: ApiKeyClient) => Promise<{ as: ApiKeyClient; by?: StoredApiKey | undefined }>;
}

/** @returns false when it is gone already */
export async function removeApiKey(
  redis: Redis,
  clientId: string,
  { tell, leave = (partner) => Promise.resolve({ as: alone(partner) }) }: Removal = {},
): Promise<boolean> {
  for (;;) {
    const stored = await readApiKey(redis, clientId);
    if (!stored) return false;
    const { key, text } = stored;
    const changes: ApiKeyChange[] = [{ clientId, from: text, to: undefined }];
    const partnerId = key.replaces ?? key.replaced_by;
    const partner = partnerId === undefined ? undefined : await readApiKey(redis, partnerId);
    const left = partner && (await leave(partner.key));
    if (left) changes.push({ clientId: partner.key.client_id, from: partner.text, to: left.as });
    const told = tell ? [tell(key)] : [];
    if (await changeApiKeys(redis, key.tenant_id, changes, { told, by: left?.by })) return true;
  }
}

/** The key as it is outside of a rotation. */
export function alone(key: ApiKeyClient): ApiKeyClient {
  const { retires_at: _end, ...rest } = unlinked(key);
  return rest;
}

/** The key without the other one of its rotation: one that retires still does. */
export function unlinked(key: ApiKeyClient): ApiKeyClient {
  const { replaces: _old, replaced_by: _new, ...rest } = key;
  return rest;
}
