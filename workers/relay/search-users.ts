/** Auth0's user search: paginated, and beyond its limit of results per query. */
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Management } from '../../src/auth0/management.ts';

export interface SearchedUsers {
  users: Auth0User[];
  /** Total number of results, including those beyond the limit. */
  total: number;
  /** Whether there are no further results. */
  isAll: boolean;
  /** Creation date of the last user that was found, whether kept or not, ISO 8601: a search from there continues this one. */
  upTo: string | undefined;
}

interface Wanted {
  /** Number of users for which further pages are read. */
  atLeast: number;
  /** Of each page, the users that are returned and count. */
  keep?: (users: Auth0User[]) => Auth0User[];
  /** Whether many may be dropped: then small pages would take many calls. */
  dropsMany?: boolean;
}

/** Auth0's maximum page size. */
export const PER_PAGE = 100;
/** Auth0's maximum number of results of one search. */
export const SEARCH_LIMIT = 1_000;

/** Ordered by creation date, oldest first. */
export async function searchUsers(
  management: Pick<Management, 'searchUsers'>,
  query: string,
  { atLeast, keep = (users) => users, dropsMany = false }: Wanted,
): Promise<SearchedUsers> {
  const perPage = dropsMany ? PER_PAGE : Math.min(atLeast, PER_PAGE);
  const users: Auth0User[] = [];
  let upTo: string | undefined;
  for (let page = 0; ; page += 1) {
    const answer = await management.searchUsers(query, { page, perPage, sort: 'created_at:1' });
    users.push(...keep(answer.users));
    upTo = answer.users.at(-1)?.created_at ?? upTo;
    const isAll = answer.users.length < perPage;
    if (users.length >= atLeast || isAll || (page + 2) * perPage > SEARCH_LIMIT)
      return { users, total: answer.total, isAll, upTo };
  }
}

/**
 * All users, however many: Auth0 returns 1,000 results of one search, so each further thousand is a new search from the last creation date.
 * Robust against concurrent changes: each user is yielded once, and each thousand is read before the first of it is yielded.
 * @param search searches from this creation date on (ISO 8601)
 */
export async function* everyUser(
  search: (from: string | undefined) => Promise<SearchedUsers>,
): AsyncGenerator<Auth0User> {
  const seen = new Set<string>();
  for (let from: string | undefined; ;) {
    const { users, isAll, upTo } = await search(from);
    const fresh = users.filter(({ user_id }) => !seen.has(user_id));
    for (const user of fresh) {
      seen.add(user.user_id);
      yield user;
    }
    if (isAll || upTo === undefined || (fresh.length === 0 && upTo === from)) return;
    from = upTo;
  }
}
