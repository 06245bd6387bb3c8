import { changeAndMark } from './mark-user.ts';
import type { Performer } from './performer.ts';
import { rolesOf, toUserRecord } from './to-user-record.ts';

export const replaceUserRoles: Performer<'replaceUserRoles'> = async ({ users, userMarks }, input) => {
  const { userId, authority, roles, assignable } = input;
  const { user, update } = await users.toChange(userId, authority);
  const kept = rolesOf(user).filter((role) => !assignable.includes(role));
  // Auth0 merges app_metadata at the first level, so the user's tenant is kept.
  const replace = async () => toUserRecord(await update({ app_metadata: { roles: [...kept, ...roles] } }));
  const changed = await changeAndMark(userMarks, userId, replace, userMarks.changed);
  return changed.roles;
};
