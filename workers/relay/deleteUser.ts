import { Problem } from '../../src/problem.ts';
import type { DeleteUserInput } from '../../src/relay/jobs/deleteUser.ts';
import { fetchUserWithinScopes } from './fetch-user-within-scopes.ts';
import { changeAndMark } from './mark-user.ts';
import type { Performer } from './performer.ts';

export const deleteUser: Performer<DeleteUserInput, null> = async (bench, input, { mayBeDone }) => {
  const { management, userMarks } = bench;
  const { userId } = input;
  try {
    await fetchUserWithinScopes(bench, input);
  } catch (error) {
    if (!mayBeDone || !(error instanceof Problem) || error.code !== 'not_found') throw error;
    // Gone by an earlier try of ours.
    await userMarks.deleted(userId);
    return null;
  }
  const remove = () => management.deleteUser(userId);
  await changeAndMark(userMarks, userId, remove, () => userMarks.deleted(userId));
  return null;
};
