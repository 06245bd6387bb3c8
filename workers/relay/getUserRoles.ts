import type { Performer } from './performer.ts';
import { rolesOf } from './whose-user.ts';

export const getUserRoles: Performer<'getUserRoles'> = async ({ users }, { userId }) =>
  rolesOf(await users.get(userId));
