import { A_DAY_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';
import type { UserRecord } from '../user-record.ts';

/** Where a listing by creation date stands. */
export interface ListPosition {
  /** Creation date of the last user given, ISO 8601. */
  createdAt: string;
  /** How many users of exactly that date were given. */
  given: number;
}

export type ListUsersInput =
  { tenantId: string; email: string } | { tenantId: string; limit: number; after?: ListPosition };

export interface ListUsersOutcome {
  users: UserRecord[];
  /** Present while there is more. */
  next?: ListPosition;
}

export const listUsers: RelayJob<ListUsersInput, ListUsersOutcome> = {
  name: 'users.list',
  operationId: 'listUsers',
  repeat: 'idempotent',
  attempts: 3,
  keepMs: A_DAY_MS,
};
