import { randomUUID } from 'node:crypto';
import { inUtc } from '../../contract/instant.ts';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';
import { checkGrantable, checkNewApiKey, makerOf } from './check-new-api-key.ts';

const A_DAY_SECONDS = 86_400;

export const rotateApiKey: Operation<'rotateApiKey'> = async (call) => {
  const { body, path, principal, services } = call;
  const key = await services.apiKeys.get(principal.tenantId, path.client_id);
  if (!key) throw new Problem('not_found');
  // The answer holds a secret that can do all that the key can.
  checkGrantable(services.contract, principal, key.scopes ?? services.contract.scopes);
  const expiresAt = body.expires_at ?? key.expires_at;
  checkNewApiKey(services.contract, { expires_at: expiresAt });
  return relayed(call, {
    tenantId: principal.tenantId,
    clientId: path.client_id,
    keyId: randomUUID(),
    createdBy: makerOf(principal),
    overlapSeconds: body.overlap_seconds ?? A_DAY_SECONDS,
    ...(expiresAt === undefined ? {} : { expiresAt: inUtc(expiresAt) }),
  });
};
