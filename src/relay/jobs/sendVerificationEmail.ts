import type { Authority } from '../../authorization/roles.ts';
import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface SendVerificationEmailInput {
  userId: string;
  authority: Authority;
}

export const sendVerificationEmail = relayJob<SendVerificationEmailInput, null>()({
  name: 'users.verification-email',
  tenant: 'active',
  access: 'tenant-users',
  repeat: 'once',
  firstCall: 'getUser',
  attempts: 3,
  keepMs: A_DAY_MS,
});
