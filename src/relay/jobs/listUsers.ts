import { A_DAY_MS, relayJob } from '../relay-job.ts';
import type { UserRecord } from '../user-record.ts';

/** Position in a listing by creation date. */
export interface ListPosition {
  /** Creation date of the last user returned, ISO 8601. */
  createdAt: string;
  /** Number of users of exactly that date that were returned. */
  given: number;
}

/** All filters must match. Dates are ISO 8601 in UTC; ranges include their start and exclude their end. */
export interface UserFilters {
  name?: string;
  name_prefix?: string;
  blocked?: boolean;
  role?: string;
  created_from?: string;
  created_before?: string;
  last_login_from?: string;
  last_login_before?: string;
}

export type ListUsersInput =
  { filters: UserFilters; email: string } | { filters: UserFilters; limit: number; after?: ListPosition };

export interface ListUsersOutcome {
  users: UserRecord[];
  /** Present if there are more; includes the filters, for a later reader of the outcome. */
  next?: ListPosition & { filters: UserFilters };
  /** More users match than Auth0 returns for one search; undefined with `email`. */
  exceedsSearchLimit?: boolean;
}

export const listUsers = relayJob<ListUsersInput, ListUsersOutcome>()({
  name: 'users.list',
  tenant: 'active',
  access: 'tenant-users',
  repeat: 'idempotent',
  firstCall: 'searchUsers',
  attempts: 3,
  keepMs: A_DAY_MS,
  isRead: true,
});
