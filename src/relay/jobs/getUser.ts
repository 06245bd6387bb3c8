import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';
import type { UserRecord } from '../user-record.ts';

export interface GetUserInput {
  tenantId: string;
  userId: string;
}

export const getUser: RelayJob<GetUserInput, UserRecord> = {
  name: 'users.get',
  operationId: 'getUser',
  repeat: 'idempotent',
  firstCall: 'users_read',
  attempts: 3,
  keepMs: A_DAY_MS,
  isRead: true,
};
