import { A_DAY_MS, relayJob } from '../relay-job.ts';
import type { UserRecord } from '../user-record.ts';

/** Where a listing by creation date stands. */
export interface ListPosition {
  /** Creation date of the last user given, ISO 8601. */
  createdAt: string;
  /** How many users of exactly that date were given. */
  given: number;
}

/** A user is listed who meets all of them. Dates are ISO 8601 in UTC; ranges include their start and not their end. */
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
  /** Present while there is more; with the filters that it belongs to, for whoever is shown the outcome later. */
  next?: ListPosition & { filters: UserFilters };
  /** More are left than the authority serves of one search; undefined with `email`. */
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
