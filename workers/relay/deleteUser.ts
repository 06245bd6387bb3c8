import { Problem } from '../../src/problem.ts';
import type { DeleteUserInput } from '../../src/relay/jobs/deleteUser.ts';
import { fetchOwnUser } from './fetch-own-user.ts';
import type { Performer } from './performer.ts';

export const deleteUser: Performer<DeleteUserInput, null> = async ({ management }, input, { mayBeDone }) => {
  try {
    await fetchOwnUser(management, input);
  } catch (error) {
    // Gone by an earlier try of ours.
    if (mayBeDone && error instanceof Problem && error.code === 'not_found') return null;
    throw error;
  }
  await management.deleteUser(input.userId);
  return null;
};
