import type { Authority } from '../../authorization/roles.ts';
import { A_DAY_MS, relayJob } from '../relay-job.ts';
import type { UserChangesRecord, UserRecord } from '../user-record.ts';

export interface UpdateUserInput {
  userId: string;
  authority: Authority;
  changes: UserChangesRecord;
}

export const updateUser = relayJob<UpdateUserInput, UserRecord>()({
  name: 'users.update',
  tenant: 'active',
  access: 'tenant-users',
  repeat: 'idempotent',
  altersAccess: true,
  firstCall: 'getUser',
  attempts: 5,
  keepMs: A_DAY_MS,
});
