import type { Authority } from '../../authorization/roles.ts';
import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface EndUserSessionsInput {
  userId: string;
  authority: Authority;
}

export const endUserSessions = relayJob<EndUserSessionsInput, null>()({
  name: 'users.sessions.end',
  tenant: 'active',
  access: 'tenant-users',
  repeat: 'idempotent',
  altersAccess: true,
  firstCall: 'getUser',
  attempts: 5,
  keepMs: A_DAY_MS,
});
