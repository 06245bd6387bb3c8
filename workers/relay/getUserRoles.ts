import type { Performer } from './performer.ts';
import { rolesOf } from './to-user-record.ts';

export const getUserRoles: Performer<'getUserRoles'> = async ({ users }, { userId }) =>
  rolesOf(await users.get(userId));
