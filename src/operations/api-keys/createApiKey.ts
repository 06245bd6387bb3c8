import { randomUUID } from 'node:crypto';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';
import { checkGrantable, checkNewApiKey, makerOf } from './check-new-api-key.ts';

export const createApiKey: Operation<'createApiKey'> = async (call) => {
  const { body, principal, services } = call;
  checkNewApiKey(services.contract, body);
  checkGrantable(services.contract, principal, body.scopes);
  const limit = services.config.API_KEYS_PER_TENANT;
  if ((await services.apiKeys.count(principal.tenantId)) >= limit)
    throw new Problem('api_key_limit_reached', { detail: `At most ${limit}.` });
  const { name, scopes, expires_at, allowed_addresses } = body;
  return relayed(call, {
    tenantId: principal.tenantId,
    keyId: randomUUID(),
    createdBy: makerOf(principal),
    ...{ name, scopes },
    ...(expires_at === undefined ? {} : { expiresAt: expires_at }),
    ...(allowed_addresses === undefined ? {} : { allowedAddresses: allowed_addresses }),
  });
};
