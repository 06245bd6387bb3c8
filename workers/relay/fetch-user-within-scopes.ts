import type { Auth0User } from '../../src/auth0/management-users.ts';
import { checkPowerOver } from '../../src/authorization/roles.ts';
import type { Authority } from '../../src/authorization/roles.ts';
import { fetchOwnUser } from './fetch-own-user.ts';
import type { Bench } from './performer.ts';
import { rolesOf } from './to-user-record.ts';

interface Wanted {
  tenantId: string;
  userId: string;
  authority: Authority;
}

/**
 * Before a user is changed or deleted, or a ticket is made for one: whoever asks holds every scope of its roles (invariant 9).
 * @throws Problem `not_found`, `user_beyond_scopes`
 */
export async function fetchUserWithinScopes(
  { management, roles }: Pick<Bench, 'management' | 'roles'>,
  wanted: Wanted,
): Promise<Auth0User> {
  const user = await fetchOwnUser(management, wanted);
  checkPowerOver(roles, wanted.authority, rolesOf(user));
  return user;
}
