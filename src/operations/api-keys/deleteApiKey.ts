import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';

export const deleteApiKey: Operation<'deleteApiKey'> = async ({ path, principal, requestId, services }) => {
  const removed = await services.apiKeys.remove(principal.tenantId, path.client_id, requestId);
  if (!removed) throw new Problem('not_found');
  return { status: 204 };
};
