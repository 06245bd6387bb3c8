import { changeAndMark } from './mark-user.ts';
import type { Performer } from './performer.ts';
import { toUserRecord } from './to-user-record.ts';
import { rolesOf } from './whose-user.ts';

export const replaceUserRoles: Performer<'replaceUserRoles'> = async ({ users, userMarks }, input) => {
  const { userId, authority, roles, assignable } = input;
  const found = await users.toChange(userId, authority);
  const kept = rolesOf(found.user).filter((role) => !assignable.includes(role));
  const replace = async () => toUserRecord(await found.replaceRoles([...kept, ...roles]));
  const changed = await changeAndMark(userMarks, userId, replace, userMarks.changed);
  return changed.roles;
};
