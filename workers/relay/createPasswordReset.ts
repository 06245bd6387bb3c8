import type {
  CreatePasswordResetInput,
  PasswordResetOutcome,
} from '../../src/relay/jobs/createPasswordReset.ts';
import { goneMeanwhile } from './fetch-own-user.ts';
import { fetchUserWithinScopes } from './fetch-user-within-scopes.ts';
import type { Performer } from './performer.ts';
import { redisNow } from '../../src/redis/clock.ts';

export const createPasswordReset: Performer<CreatePasswordResetInput, PasswordResetOutcome> = async (
  bench,
  input,
) => {
  const { userId, lifetimeSeconds } = input;
  await fetchUserWithinScopes(bench, input);
  const expiresAt = new Date(redisNow() + lifetimeSeconds * 1000).toISOString();
  const url = await bench.management.createPasswordTicket(userId, lifetimeSeconds).catch(goneMeanwhile);
  return { url, expiresAt };
};
