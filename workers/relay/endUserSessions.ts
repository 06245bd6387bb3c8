import { changeAndMark } from './mark-user.ts';
import type { Performer } from './performer.ts';

/** Access tokens outlive their session: those issued so far are refused here. */
export const endUserSessions: Performer<'endUserSessions'> = async ({ users, userMarks }, input) => {
  const { userId, authority } = input;
  const user = await users.toChange(userId, authority);
  await changeAndMark(
    userMarks,
    userId,
    () => user.endSessions(),
    () => userMarks.distrust(userId),
  );
  return null;
};
