import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';
import type { GetUserInput } from './getUser.ts';

export const getUserRoles: RelayJob<GetUserInput, string[]> = {
  name: 'users.roles.get',
  operationId: 'getUserRoles',
  repeat: 'idempotent',
  firstCall: 'users_read',
  attempts: 3,
  keepMs: A_DAY_MS,
  isRead: true,
};
