import type { Performer } from './performer.ts';

export const sendVerificationEmail: Performer<'sendVerificationEmail'> = async (
  { users },
  { userId, authority },
) => {
  const user = await users.toChange(userId, authority);
  await user.sendVerificationEmail();
  return null;
};
