import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';

export const deleteApiKey: Operation<'deleteApiKey'> = async ({ path, principal, services, ...by }) => {
  const removed = await services.apiKeys.remove(principal.tenantId, path.client_id, by);
  if (!removed) throw new Problem('not_found');
  return { status: 204 };
};
