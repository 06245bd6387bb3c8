import type { Authority } from '../../authorization/roles.ts';
import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';

export interface SendVerificationEmailInput {
  tenantId: string;
  userId: string;
  authority: Authority;
}

export const sendVerificationEmail: RelayJob<SendVerificationEmailInput, null> = {
  name: 'users.verification-email',
  operationId: 'sendVerificationEmail',
  repeat: 'once',
  firstCall: 'users_read',
  attempts: 3,
  keepMs: A_DAY_MS,
};
