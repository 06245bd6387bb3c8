import type { Authority } from '../../authorization/roles.ts';
import { TEN_MINUTES_MS, relayJob } from '../relay-job.ts';

export interface CreatePasswordResetInput {
  userId: string;
  authority: Authority;
  lifetimeSeconds: number;
}

export interface PasswordResetOutcome {
  url: string;
  /** ISO 8601. */
  expiresAt: string;
}

export const createPasswordReset = relayJob<CreatePasswordResetInput, PasswordResetOutcome>()({
  name: 'users.password-reset',
  tenant: 'active',
  access: 'tenant-users',
  repeat: 'once',
  firstCall: 'getUser',
  attempts: 3,
  keepMs: TEN_MINUTES_MS,
  shownOnce: true,
});
