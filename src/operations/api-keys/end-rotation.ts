import type { UsedApiKey } from '../../api-keys/api-key-administration.ts';
import { Problem } from '../../problem.ts';
import type { Call } from '../operation.ts';
import { makerOf } from './check-new-api-key.ts';

/** @returns the key that is kept. @throws Problem `not_found`, `no_rotation`, `beyond_own_bounds` */
export async function endRotation(
  {
    path,
    principal,
    services,
    requestId,
    event,
  }: Call<'completeApiKeyRotation' | 'cancelApiKeyRotation', 'apiKeys'>,
  keep: 'successor' | 'old',
): Promise<UsedApiKey> {
  const by = { maker: makerOf(principal), requestId, event };
  const ended = await services.apiKeys.endRotation(principal.tenantId, path.client_id, keep, by);
  if (ended === 'unknown') throw new Problem('not_found');
  if (ended === 'no rotation') throw new Problem('no_rotation');
  return ended;
}
