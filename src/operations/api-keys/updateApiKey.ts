import { addedScopes } from '../../api-keys/changed-key.ts';
import { boundsOf, boundsOfMaker } from '../../api-keys/maker.ts';
import { grantableScopes } from '../../authorization/grantable-scopes.ts';
import { checkWithin } from '../../authorization/key-bounds.ts';
import { Problem } from '../../problem.ts';
import type { ApiKeyClient } from '../../registry/clients.ts';
import type { Call, Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { checkGrantable, checkNewApiKey, makerOf } from './check-new-api-key.ts';
import { presentApiKey } from './present-api-key.ts';

/** Refusals without a job. Authoritative are the same checks when the change is entered (workers/relay/updateApiKey.ts). */
export const updateApiKey: Operation<'updateApiKey', 'apiKeys' | Relaying> = async (call) => {
  const { body, path, principal, services } = call;
  const { name, scopes } = body;
  checkNewApiKey(services.contract, { scopes });
  const key = await services.apiKeys.get(principal.tenantId, path.client_id);
  if (!key) throw new Problem('not_found');
  await checkAdded(call, key, addedScopes(key, scopes));
  const grantable = grantableScopes(principal);
  const held = (scopes ?? []).filter((scope) => grantable.has(scope));
  const input = { clientId: path.client_id, changedBy: makerOf(principal), name, scopes, held };
  return relayed(call, input, toAnswer);
};

/**
 * The scopes that the key has already need not be held: the requester neither sees its secret nor adds to them.
 * @throws Problem `insufficient_scope`; `beyond_own_bounds`: the key is valid for longer, or from more addresses, than the one that asks
 */
async function checkAdded(
  { principal, services }: Call<'updateApiKey', 'apiKeys'>,
  key: ApiKeyClient,
  added: readonly string[],
): Promise<void> {
  if (added.length === 0) return;
  checkGrantable(principal, added);
  const maker = await services.apiKeys.readMaker(principal.tenantId, makerOf(principal));
  checkWithin(boundsOf(key), boundsOfMaker(maker));
}

export const toAnswer: RelayedAnswer<'updateApiKey'> = (key) => ({ status: 200, body: presentApiKey(key) });
