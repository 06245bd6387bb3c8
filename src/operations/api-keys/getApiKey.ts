import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { presentApiKey } from './present-api-key.ts';

export const getApiKey: Operation<'getApiKey', 'apiKeys'> = async ({ path, principal, services }) => {
  const key = await services.apiKeys.get(principal.tenantId, path.client_id);
  if (!key) throw new Problem('not_found');
  return { status: 200, body: presentApiKey(key) };
};
