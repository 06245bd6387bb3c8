import { ManagementFailure } from '../../src/auth0/errors.ts';
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Management } from '../../src/auth0/management.ts';
import type {
  ListPosition,
  ListUsersInput,
  ListUsersOutcome,
  UserFilters,
} from '../../src/relay/jobs/listUsers.ts';
import { Problem } from '../../src/problem.ts';
import type { Performer } from './performer.ts';
import { emailSearchText, searchText } from './search-text.ts';
import { ownUser, rolesOf, toUserRecord } from './to-user-record.ts';

/** Auth0 gives so many at most in one answer, */
const PER_PAGE = 100;
/** and so many of one search: so each page of ours is a search of its own, from a creation date on. */
const SEARCH_LIMIT = 1_000;

export const listUsers: Performer<ListUsersInput, ListUsersOutcome> = async ({ management }, input) => {
  const { tenantId, filters } = input;
  if ('email' in input) {
    // Found at once, and not by search, so the other filters are applied here.
    const found = await findByEmail(management, tenantId, input.email);
    return { users: found.filter(meets(filters)).map(toUserRecord) };
  }
  const { limit, after } = input;
  const { found, total } = await search(management, searchText(tenantId, filters, after?.createdAt), {
    // Those given already stand in front; one more than asked for tells whether there is a next page.
    atLeast: limit + 1 + (after?.given ?? 0),
  });
  const fresh = own(tenantId, found).slice(countGiven(found, after));
  const users = fresh.slice(0, limit);
  return {
    users: users.map(toUserRecord),
    ...(fresh.length > limit ? { next: { ...position(users, after), filters } } : {}),
    exceedsSearchLimit: total > SEARCH_LIMIT,
  };
};

/**
 * Auth0 compares the case in its look-up, and keeps most addresses in lower case, but not those of every connection and import. Its
 * search does not compare it, but sees a user a while later; so it is asked last.
 */
async function findByEmail(management: Management, tenantId: string, email: string): Promise<Auth0User[]> {
  for (const spelling of new Set([email, email.toLowerCase()])) {
    const found = own(tenantId, await management.findUsersByEmail(spelling).catch(nobodyIfInvalid));
    if (found.length > 0) return found;
  }
  const { found } = await search(management, emailSearchText(tenantId, email), { atLeast: PER_PAGE });
  return own(tenantId, found).filter((user) => user.email?.toLowerCase() === email.toLowerCase());
}

/** For `catch`: an address that the authority does not take for one is nobody's. */
function nobodyIfInvalid(error: unknown): Auth0User[] {
  if (error instanceof ManagementFailure && error.kind === 'invalid') return [];
  throw error;
}

/** For `catch`: what varies in a search are its filters. */
function nameFilters(error: unknown): never {
  if (error instanceof ManagementFailure && error.kind === 'invalid')
    throw new Problem('invalid_parameter', {
      detail: 'The authority does not search for one of these values.',
      cause: error,
    });
  throw error;
}

/** As many answers as it takes; more than one only where very many users were created in the same millisecond. */
async function search(
  management: Management,
  query: string,
  { atLeast }: { atLeast: number },
): Promise<{ found: Auth0User[]; total: number }> {
  const perPage = Math.min(atLeast, PER_PAGE);
  const found: Auth0User[] = [];
  for (let page = 0; ; page += 1) {
    const answer = await management
      .searchUsers(query, { page, perPage, sort: 'created_at:1' })
      .catch(nameFilters);
    found.push(...answer.users);
    const isLast = answer.users.length < perPage || (page + 2) * perPage > SEARCH_LIMIT;
    if (found.length >= atLeast || isLast) return { found, total: answer.total };
  }
}

/** What was found is looked at again: whatever the search did, nobody sees another tenant's user (invariant 1). */
const own = (tenantId: string, users: Auth0User[]) =>
  users.filter((user) => ownUser(tenantId, user) !== undefined);

/** How many of the users in front were on an earlier page: never more than stand at the position's date. */
function countGiven(found: Auth0User[], after: ListPosition | undefined): number {
  if (!after) return 0;
  const atDate = found.findIndex((user) => user.created_at !== after.createdAt);
  return Math.min(after.given, atDate === -1 ? found.length : atDate);
}

function position(users: Auth0User[], after: ListPosition | undefined): ListPosition {
  const createdAt = users.at(-1)!.created_at!;
  const here = users.filter((user) => user.created_at === createdAt).length;
  return { createdAt, given: here + (after?.createdAt === createdAt ? after.given : 0) };
}

/** The same that `searchText` says, of a user at hand. */
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
