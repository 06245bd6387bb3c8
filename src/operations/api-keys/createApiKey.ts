import { randomUUID } from 'node:crypto';
import { boundsOfMaker } from '../../api-keys/maker.ts';
import { boundsOfNewKey } from '../../authorization/key-bounds.ts';
import { limitsOf } from '../../authorization/tenant-settings.ts';
import { inUtc } from '../../contract/instant.ts';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { checkGrantable, checkNewApiKey, makerOf } from './check-new-api-key.ts';
import { presentNewApiKey } from './present-api-key.ts';

export const createApiKey: Operation<'createApiKey', 'apiKeys' | 'registry' | 'tenants' | Relaying> = async (
  call,
) => {
  const { body, principal, services } = call;
  checkNewApiKey(services.contract, body);
  checkGrantable(principal, body.scopes);
  const createdBy = makerOf(principal);
  const maker = await services.apiKeys.readMaker(principal.tenantId, createdBy);
  const { expires_at, allowed_addresses } = boundsOfNewKey(boundsOfMaker(maker), body);
  const tenant = await services.registry.tenant(principal.tenantId);
  if (!tenant) throw new Problem('not_found');
  const limit = limitsOf(tenant, services.tenants.defaults).api_keys;
  // Avoids creating a client at Auth0 that could not be entered. Authoritative is the count when it is entered (workers/relay/createApiKey.ts).
  if ((await services.apiKeys.count(principal.tenantId)) >= limit)
    throw new Problem('api_key_limit_reached', { detail: `At most ${limit}.` });
  const { name, scopes } = body;
  return relayed(
    call,
    {
      keyId: randomUUID(),
      createdBy,
      name,
      scopes,
      limit,
      expiresAt: expires_at === undefined ? undefined : inUtc(expires_at),
      allowedAddresses: allowed_addresses && [...allowed_addresses],
    },
    toAnswer,
  );
};

export const toAnswer: RelayedAnswer<'createApiKey'> = presentNewApiKey;
