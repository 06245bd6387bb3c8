import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';
import type { GetUserInput } from './getUser.ts';

export const sendVerificationEmail: RelayJob<GetUserInput, null> = {
  name: 'users.verification-email',
  operationId: 'sendVerificationEmail',
  repeat: 'once',
  firstCall: 'users_read',
  attempts: 3,
  keepMs: A_DAY_MS,
};
