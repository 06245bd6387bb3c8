import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';
import type { NewUserRecord, UserRecord } from '../user-record.ts';

export interface CreateUserInput {
  tenantId: string;
  connection: string;
  /** Chosen before the first try, without the connection's prefix: a repeat's 409 is then known as our own success. */
  id: string;
  user: NewUserRecord;
}

export const createUser: RelayJob<CreateUserInput, UserRecord> = {
  name: 'users.create',
  operationId: 'createUser',
  repeat: 'checkable',
  firstCall: 'users_write',
  attempts: 5,
  keepMs: A_DAY_MS,
  madeId: ({ user_id }) => user_id,
};
