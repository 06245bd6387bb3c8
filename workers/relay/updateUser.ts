import { changeAndMark } from './mark-user.ts';
import type { Performer } from './performer.ts';
import { toUserRecord } from './to-user-record.ts';

export const updateUser: Performer<'updateUser'> = async ({ users, userMarks }, input) => {
  const { userId, authority } = input;
  const { email, ...others } = input.changes;
  const user = await users.toChange(userId, authority);
  const change = async () =>
    toUserRecord(
      await user.update({
        ...others,
        email,
        // Auth0's default is to send a mail.
        verify_email: email === undefined ? undefined : false,
      }),
    );
  if (others.blocked === undefined) return change();
  return changeAndMark(userMarks, userId, change, userMarks.changed);
};
