import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { ListPosition, UserFilters } from '../../src/relay/jobs/listUsers.ts';
import type { Performer } from './performer.ts';
import { SEARCH_LIMIT, type SearchedUsers } from './search-users.ts';
import { toUserRecord } from './to-user-record.ts';
import { rolesOf } from './whose-user.ts';

export const listUsers: Performer<'listUsers'> = async (context, input) => {
  const { filters } = input;
  if ('email' in input) {
    // Exact lookup instead of a search, so the other filters are applied here.
    const found = await context.users.findByEmail(input.email);
    return { users: found.filter(meets(filters)).map(toUserRecord) };
  }
  const { limit, after } = input;
  // The result begins with users already returned; one more than requested shows whether there is a next page.
  const atLeast = limit + 1 + (after?.given ?? 0);
  const search = await context.users.search(filters, after?.createdAt, atLeast);
  const fresh = search.users.slice(countGiven(search.users, after));
  const users = fresh.slice(0, limit);
  const createdAt = fresh.length > limit ? users.at(-1)?.created_at : continuation(search, after);
  return {
    users: users.map(toUserRecord),
    next: createdAt === undefined ? undefined : { ...position(createdAt, users, after), filters },
    exceedsSearchLimit: search.total > SEARCH_LIMIT,
  };
};

/** Where to go on after a search that ended at Auth0's limit before the page was full: much of it was not the tenant's. */
function continuation({ isAll, upTo }: SearchedUsers, after: ListPosition | undefined): string | undefined {
  return isAll || upTo === after?.createdAt ? undefined : upTo;
}

/** Number of leading users that were on an earlier page: at most those with the position's date. */
function countGiven(found: Auth0User[], after: ListPosition | undefined): number {
  if (!after) return 0;
  const atDate = found.findIndex((user) => user.created_at !== after.createdAt);
  return Math.min(after.given, atDate === -1 ? found.length : atDate);
}

function position(createdAt: string, users: Auth0User[], after: ListPosition | undefined): ListPosition {
  const here = users.filter((user) => user.created_at === createdAt).length;
  return { createdAt, given: here + (after?.createdAt === createdAt ? after.given : 0) };
}

/** Equivalent of `searchText` for a user in memory. */
function meets(filters: UserFilters): (user: Auth0User) => boolean {
  const { name, name_prefix, blocked, role } = filters;
  const lower = (text: string | undefined) => text?.toLowerCase();
  return (user) =>
    (name === undefined || lower(user.name) === lower(name)) &&
    (name_prefix === undefined || (lower(user.name)?.startsWith(name_prefix.toLowerCase()) ?? false)) &&
    (blocked === undefined || (user.blocked ?? false) === blocked) &&
    (role === undefined || rolesOf(user).includes(role)) &&
    isWithin(user.created_at, filters.created_from, filters.created_before) &&
    isWithin(user.last_login, filters.last_login_from, filters.last_login_before);
}

function isWithin(date: string | undefined, from: string | undefined, before: string | undefined): boolean {
  if (from === undefined && before === undefined) return true;
  return (
    date !== undefined && (from === undefined || date >= from) && (before === undefined || date < before)
  );
}
