import type { Authority } from '../../authorization/roles.ts';
import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface DeleteUserInput {
  userId: string;
  authority: Authority;
}

export const deleteUser = relayJob<DeleteUserInput, null>()({
  name: 'users.delete',
  tenant: 'active',
  access: 'tenant-users',
  repeat: 'idempotent',
  altersAccess: true,
  firstCall: 'getUser',
  attempts: 5,
  keepMs: A_DAY_MS,
});
