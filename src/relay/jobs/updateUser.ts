import type { Authority } from '../../authorization/roles.ts';
import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';
import type { UserChangesRecord, UserRecord } from '../user-record.ts';

export interface UpdateUserInput {
  tenantId: string;
  userId: string;
  authority: Authority;
  changes: UserChangesRecord;
}

export const updateUser: RelayJob<UpdateUserInput, UserRecord> = {
  name: 'users.update',
  operationId: 'updateUser',
  repeat: 'idempotent',
  altersAccess: true,
  firstCall: 'users_read',
  attempts: 5,
  keepMs: A_DAY_MS,
};
