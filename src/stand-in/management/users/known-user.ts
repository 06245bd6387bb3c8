import type { StoredUser } from '../../store/records.ts';
import { ApiError, invalidPath } from '../api-error.ts';
import type { Call } from '../endpoint.ts';

/** Recorded: 404 inexistent_user; a malformed id is 400 invalid_uri. */
export function knownUser({ store, params }: Call): StoredUser {
  const id = params['id'] ?? '';
  const user = store.users.get(id);
  if (user) return user;
  if (!/^[^\s|]+\|\S+$/.test(id) || id.length > 1024)
    throw invalidPath(`Object didn't pass validation for format user-id-with-max-length: ${id}`, 'id');
  throw new ApiError(404, 'The user does not exist.', 'inexistent_user');
}
