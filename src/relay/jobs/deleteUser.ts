import type { Authority } from '../../authorization/roles.ts';
import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';

export interface DeleteUserInput {
  tenantId: string;
  userId: string;
  authority: Authority;
}

export const deleteUser: RelayJob<DeleteUserInput, null> = {
  name: 'users.delete',
  operationId: 'deleteUser',
  repeat: 'idempotent',
  altersAccess: true,
  firstCall: 'users_read',
  attempts: 5,
  keepMs: A_DAY_MS,
};
