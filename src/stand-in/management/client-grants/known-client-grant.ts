import type { ClientGrant } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import type { Call } from '../endpoint.ts';

/** Recorded: 404 inexistent_client_grant. */
export function knownClientGrant({ store, params }: Call): ClientGrant {
  const grant = store.clientGrants.get(params['id'] ?? '');
  if (!grant) throw new ApiError(404, 'The grant does not exist.', 'inexistent_client_grant');
  return grant;
}
