/** Checks at the moment when a key becomes valid or changes: the key that requested it must still permit its bounds and scopes. */
import { boundsOf, boundsOfMaker, readMaker } from '../../src/api-keys/maker.ts';
import { checkWithin } from '../../src/authorization/key-bounds.ts';
import { ownedBy } from '../../src/authorization/tenant-boundary.ts';
import { Problem } from '../../src/problem.ts';
import type { StoredApiKey } from '../../src/registry/api-keys.ts';
import type { ApiKeyClient } from '../../src/registry/clients.ts';
import type { NewKey } from './make-api-key.ts';
import type { ApiKeysContext } from './performer.ts';

type Asked = Pick<NewKey, 'tenantId' | 'createdBy' | 'limit'>;

/**
 * @param bounded keys with bounds and scopes that it must have, too
 * @returns the current state of the key that makes the request; undefined when the caller is not a key
 * @throws Problem `beyond_own_bounds`: it was removed, or its bounds no longer include all of `bounded`; `insufficient_scope`: nor its scopes
 */
export async function readMakerOf(
  { readKey }: Pick<ApiKeysContext, 'readKey'>,
  { tenantId, createdBy }: Asked,
  bounded: readonly ApiKeyClient[] = [],
): Promise<StoredApiKey | undefined> {
  const maker = await readMaker(readKey, tenantId, createdBy);
  for (const key of bounded) {
    checkWithin(boundsOf(key), boundsOfMaker(maker));
    checkScopes(maker, key);
  }
  return maker;
}

/** It may have lost scopes since its request. */
function checkScopes(maker: StoredApiKey | undefined, { scopes = [] }: ApiKeyClient): void {
  const missing = scopes.filter((scope) => maker?.key.scopes?.includes(scope) === false);
  if (missing.length > 0) throw new Problem('insufficient_scope', { scopes: missing });
}

/** @throws Problem `not_found`: there is no such key, or it is another tenant's */
export async function readOwnKey(
  { readKey, tenantId }: Pick<ApiKeysContext, 'readKey'> & { tenantId: string },
  clientId: string,
): Promise<StoredApiKey> {
  const own = ownedBy(tenantId, await readKey(clientId), ({ key }) => key.tenant_id);
  if (!own) throw new Problem('not_found');
  return own;
}

/**
 * Avoids creating a client whose key could not be entered. Authoritative are the checks when it is entered.
 * @throws Problem `api_key_limit_reached`, `beyond_own_bounds`
 */
export async function checkBeforehand(
  context: Pick<ApiKeysContext, 'readKey' | 'countKeys'>,
  asked: Asked,
  isOneMore: boolean,
): Promise<void> {
  const { tenantId, limit = Infinity } = asked;
  if (isOneMore && (await context.countKeys(tenantId)) >= limit)
    throw new Problem('api_key_limit_reached', { detail: `At most ${limit}.` });
  await readMakerOf(context, asked);
}
