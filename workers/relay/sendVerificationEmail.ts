import type { GetUserInput } from '../../src/relay/jobs/getUser.ts';
import { fetchOwnUser, goneMeanwhile } from './fetch-own-user.ts';
import type { Performer } from './performer.ts';

export const sendVerificationEmail: Performer<GetUserInput, null> = async ({ management }, input) => {
  await fetchOwnUser(management, input);
  await management.sendVerificationEmail(input.userId).catch(goneMeanwhile);
  return null;
};
