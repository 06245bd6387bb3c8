import type { Authority } from '../../authorization/roles.ts';
import { TEN_MINUTES_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';

export interface CreatePasswordResetInput {
  tenantId: string;
  userId: string;
  authority: Authority;
  lifetimeSeconds: number;
}

export interface PasswordResetOutcome {
  url: string;
  /** ISO 8601. */
  expiresAt: string;
}

export const createPasswordReset: RelayJob<CreatePasswordResetInput, PasswordResetOutcome> = {
  name: 'users.password-reset',
  operationId: 'createPasswordReset',
  repeat: 'once',
  firstCall: 'users_read',
  attempts: 3,
  keepMs: TEN_MINUTES_MS,
  shownOnce: true,
};
