/** Checks at the moment when a new key becomes valid: the key that requested it must still permit its bounds. */
import { boundsOf, boundsOfMaker, readMaker } from '../../src/api-keys/maker.ts';
import { checkWithin } from '../../src/authorization/key-bounds.ts';
import { Problem } from '../../src/problem.ts';
import type { StoredApiKey } from '../../src/registry/api-keys.ts';
import type { ApiKeyClient } from '../../src/registry/clients.ts';
import type { NewKey } from './make-api-key.ts';
import type { ApiKeysContext } from './performer.ts';

type Asked = Pick<NewKey, 'tenantId' | 'createdBy' | 'limit'>;

/**
 * @returns the current state of the key that makes the request; undefined when the caller is not a key
 * @throws Problem `beyond_own_bounds`: it was removed, or its bounds no longer include all of `bounded`
 */
export async function readMakerOf(
  { readKey }: Pick<ApiKeysContext, 'readKey'>,
  { tenantId, createdBy }: Asked,
  bounded: readonly ApiKeyClient[] = [],
): Promise<StoredApiKey | undefined> {
  const maker = await readMaker(readKey, tenantId, createdBy);
  for (const key of bounded) checkWithin(boundsOf(key), boundsOfMaker(maker));
  return maker;
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
