import { A_DAY_MS, relayJob } from '../relay-job.ts';
import type { NewUserRecord, UserRecord } from '../user-record.ts';

export interface CreateUserInput {
  connection: string;
  /** Chosen before the first attempt, without the connection's prefix: a retry's 409 is then known to be our own success. */
  id: string;
  user: NewUserRecord;
}

export const createUser = relayJob<CreateUserInput, UserRecord>()({
  name: 'users.create',
  tenant: 'active',
  access: 'tenant-users',
  repeat: 'checkable',
  firstCall: 'createUser',
  attempts: 5,
  keepMs: A_DAY_MS,
  createdId: ({ user_id }) => user_id,
});
