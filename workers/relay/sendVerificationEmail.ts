import type { SendVerificationEmailInput } from '../../src/relay/jobs/sendVerificationEmail.ts';
import { goneMeanwhile } from './fetch-own-user.ts';
import { fetchUserWithinScopes } from './fetch-user-within-scopes.ts';
import type { Performer } from './performer.ts';

export const sendVerificationEmail: Performer<SendVerificationEmailInput, null> = async (bench, input) => {
  await fetchUserWithinScopes(bench, input);
  await bench.management.sendVerificationEmail(input.userId).catch(goneMeanwhile);
  return null;
};
