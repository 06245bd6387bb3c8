import { A_DAY_MS, relayJob } from '../relay-job.ts';
import type { GetUserInput } from './getUser.ts';

export const getUserRoles = relayJob<GetUserInput, string[]>()({
  name: 'users.roles.get',
  tenant: 'active',
  access: 'tenant-users',
  repeat: 'idempotent',
  firstCall: 'getUser',
  attempts: 3,
  keepMs: A_DAY_MS,
  isRead: true,
});
