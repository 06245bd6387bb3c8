import type { Organization } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import type { Call } from '../endpoint.ts';

/** Recorded: without an errorCode. */
export function knownOrganization({ store, params }: Pick<Call, 'store' | 'params'>): Organization {
  const organization = store.organizations.get(params['id'] ?? '');
  if (!organization) throw inexistentOrganization();
  return organization;
}

export function inexistentOrganization(): ApiError {
  return new ApiError(404, 'No organization found by that id or name');
}
