import type {
  CreatePasswordResetInput,
  PasswordResetOutcome,
} from '../../src/relay/jobs/createPasswordReset.ts';
import { fetchOwnUser, goneMeanwhile } from './fetch-own-user.ts';
import type { Performer } from './performer.ts';

export const createPasswordReset: Performer<CreatePasswordResetInput, PasswordResetOutcome> = async (
  { management },
  input,
) => {
  const { userId, lifetimeSeconds } = input;
  await fetchOwnUser(management, input);
  const expiresAt = new Date(Date.now() + lifetimeSeconds * 1000).toISOString();
  const url = await management.createPasswordTicket(userId, lifetimeSeconds).catch(goneMeanwhile);
  return { url, expiresAt };
};
