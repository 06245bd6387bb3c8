import { randomUUID } from 'node:crypto';
import { boundsOf, boundsOfMaker } from '../../api-keys/maker.ts';
import { boundsOfNewKey, checkWithin, type KeyBounds } from '../../authorization/key-bounds.ts';
import { limitsOf } from '../../authorization/tenant-settings.ts';
import { inUtc } from '../../contract/instant.ts';
import { Problem } from '../../problem.ts';
import type { ApiKeyClient } from '../../registry/clients.ts';
import { alone } from '../../registry/remove-api-key.ts';
import type { Call, Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { checkGrantable, checkNewApiKey, makerOf } from './check-new-api-key.ts';
import { presentNewApiKey } from './present-api-key.ts';

const A_DAY_SECONDS = 86_400;

export const rotateApiKey: Operation<'rotateApiKey', 'apiKeys' | 'registry' | 'tenants' | Relaying> = async (
  call,
) => {
  const { body, path, principal, services, requestId } = call;
  const { tenantId } = principal;
  const key = await services.apiKeys.get(tenantId, path.client_id);
  if (!key) throw new Problem('not_found');
  // The answer holds a secret with all of the key's scopes.
  const held = [...(key.scopes ?? services.contract.scopes)];
  checkGrantable(principal, held);
  const wanted = {
    expires_at: body.expires_at ?? key.expires_at,
    allowed_addresses: key.allowed_addresses,
  };
  checkNewApiKey(services.contract, { expires_at: wanted.expires_at });
  const { expires_at: expiresAt } = boundsOfNewKey(await boundsOfCaller(call, key), wanted);
  const tenant = await services.registry.tenant(tenantId);
  if (!tenant) throw new Problem('not_found');
  const overlapSeconds = body.overlap_seconds ?? A_DAY_SECONDS;
  const answer = await relayed(
    call,
    {
      clientId: path.client_id,
      keyId: randomUUID(),
      createdBy: makerOf(principal),
      overlapSeconds,
      held,
      limit: limitsOf(tenant, services.tenants.defaults).api_keys,
      expiresAt: expiresAt === undefined ? undefined : inUtc(expiresAt),
    },
    toAnswer,
  );
  if (answer.status === 201 && overlapSeconds === 0)
    await services.apiKeys.deleteClient(tenantId, path.client_id, requestId);
  return answer;
};

/** @throws Problem `beyond_own_bounds`: the key to rotate exceeds the bounds of the key that makes the request */
async function boundsOfCaller(
  { principal, services }: Call<'rotateApiKey', 'apiKeys'>,
  key: ApiKeyClient,
): Promise<KeyBounds> {
  const maker = makerOf(principal);
  const own = boundsOfMaker(await services.apiKeys.readMaker(principal.tenantId, maker));
  // A key rotates itself: whether it retires already is checked when its successor is entered, so that a retry gets its first answer.
  if (maker.id === key.client_id) return boundsOf(alone(key));
  checkWithin(boundsOf(key), own);
  return own;
}

export const toAnswer: RelayedAnswer<'rotateApiKey'> = presentNewApiKey;
