import type { UsedApiKey } from '../../api-keys/api-key-administration.ts';
import type { components } from '../../contract/generated.ts';
import { redisNow } from '../../redis/clock.ts';
import type { NewApiKeyOutcome } from '../../relay/jobs/createApiKey.ts';

export function presentApiKey(key: UsedApiKey, now = redisNow()): components['schemas']['ApiKey'] {
  const { client_id, name, scopes = [], expires_at, allowed_addresses, created_at, created_by } = key;
  const { uses, last_used_at, replaces, replaced_by, retires_at } = key;
  const ends = [expires_at, retires_at].some((date) => date !== undefined && Date.parse(date) <= now);
  return {
    client_id,
    name,
    scopes,
    created_at,
    uses,
    status: ends ? 'expired' : 'active',
    expires_at,
    allowed_addresses,
    created_by,
    last_used_at,
    replaces,
    replaced_by,
    retires_at,
  };
}

/** Includes the secret, which is shown once. */
export function presentNewApiKey({ key, client_secret }: NewApiKeyOutcome) {
  return {
    status: 201 as const,
    body: { ...presentApiKey({ ...key, uses: 0 }), client_secret },
    headers: { Location: `/v1/tenant/api-keys/${key.client_id}`, 'Cache-Control': 'no-store' },
  };
}
