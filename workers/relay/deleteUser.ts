import { Problem } from '../../src/problem.ts';
import { changeAndMark } from './mark-user.ts';
import type { Performer } from './performer.ts';
import type { UserChange } from './users/user-change.ts';

export const deleteUser: Performer<'deleteUser'> = async ({ users, userMarks }, input, { mayHaveRun }) => {
  const { userId, authority } = input;
  let user: UserChange;
  try {
    user = await users.toChange(userId, authority);
  } catch (error) {
    if (!mayHaveRun || !(error instanceof Problem) || error.code !== 'not_found') throw error;
    // Deleted or removed by an earlier attempt. In the second case the person may come back.
    await userMarks.removed(userId);
    return null;
  }
  await changeAndMark(
    userMarks,
    userId,
    () => user.delete(),
    (elsewhere) => (elsewhere ? userMarks.removed(userId, elsewhere.updated_at) : userMarks.deleted(userId)),
  );
  return null;
};
