import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import type { RelayedAnswer } from '../relayed.ts';
import { makerOf } from './check-new-api-key.ts';

export const deleteApiKey: Operation<'deleteApiKey', 'apiKeys'> = async (call) => {
  const { path, principal, services, requestId, event } = call;
  const by = { maker: makerOf(principal), requestId, event };
  const removed = await services.apiKeys.remove(principal.tenantId, path.client_id, by);
  if (!removed) throw new Problem('not_found');
  return { status: 204 };
};

export const toAnswer: RelayedAnswer<'deleteApiKey'> = () => ({ status: 204 });
