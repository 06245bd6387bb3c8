/** The API key that makes a request about another key, if the caller is one: its bounds limit what it may bring about. */
import { UNBOUNDED, type KeyBounds } from '../authorization/key-bounds.ts';
import { ownedBy } from '../authorization/tenant-boundary.ts';
import { Problem } from '../problem.ts';
import { deadlineOf, type StoredApiKey } from '../registry/api-keys.ts';
import type { ApiKeyClient } from '../registry/clients.ts';
import { redisNow } from '../redis/clock.ts';

/** A user, or a key by its client id. */
export type Maker = NonNullable<ApiKeyClient['created_by']>;

/**
 * @param maker left out: the operator
 * @returns undefined for a user and the operator, who have no key's bounds
 * @throws Problem `beyond_own_bounds` when the key was removed, or has expired
 */
export async function readMaker(
  readKey: (clientId: string) => Promise<StoredApiKey | undefined>,
  tenantId: string,
  maker: Maker | undefined,
): Promise<StoredApiKey | undefined> {
  if (maker?.kind !== 'tenant') return undefined;
  const own = ownedBy(tenantId, await readKey(maker.id), ({ key }) => key.tenant_id);
  if (!own || (deadlineOf(own.key) ?? Infinity) <= redisNow())
    throw new Problem('beyond_own_bounds', {
      detail: 'The API key that makes the request was removed, or has expired.',
    });
  return own;
}

export function boundsOf(key: ApiKeyClient): KeyBounds {
  return { endsAt: deadlineOf(key), addresses: key.allowed_addresses };
}

/** @param maker of `readMaker` */
export function boundsOfMaker(maker: StoredApiKey | undefined): KeyBounds {
  return maker ? boundsOf(maker.key) : UNBOUNDED;
}
