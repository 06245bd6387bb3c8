import { A_DAY_MS, relayJob } from '../relay-job.ts';
import type { UserRecord } from '../user-record.ts';

export interface GetUserInput {
  userId: string;
}

export const getUser = relayJob<GetUserInput, UserRecord>()({
  name: 'users.get',
  tenant: 'active',
  access: 'tenant-users',
  repeat: 'idempotent',
  firstCall: 'getUser',
  attempts: 3,
  keepMs: A_DAY_MS,
  isRead: true,
});
