/** Auth0's user search: paginated, and beyond its limit of results per query. */
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Management } from '../../src/auth0/management.ts';

export interface SearchedUsers {
  users: Auth0User[];
  /** Total number of results, including those beyond the limit. */
  total: number;
  /** Whether there are no further results. */
  isAll: boolean;
}

/** Auth0's maximum page size. */
export const PER_PAGE = 100;
/** Auth0's maximum number of results of one search. */
export const SEARCH_LIMIT = 1_000;

/**
 * Ordered by creation date, oldest first.
 * @param atLeast number of users for which further pages are read
 * @param keep of each page, the users that are returned and count
 */
export async function searchUsers(
  management: Pick<Management, 'searchUsers'>,
  query: string,
  atLeast: number,
  keep: (users: Auth0User[]) => Auth0User[] = (users) => users,
): Promise<SearchedUsers> {
  const perPage = Math.min(atLeast, PER_PAGE);
  const users: Auth0User[] = [];
  for (let page = 0; ; page += 1) {
    const answer = await management.searchUsers(query, { page, perPage, sort: 'created_at:1' });
    users.push(...keep(answer.users));
    const isAll = answer.users.length < perPage;
    if (users.length >= atLeast || isAll || (page + 2) * perPage > SEARCH_LIMIT)
      return { users, total: answer.total, isAll };
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
    const { users, isAll } = await search(from);
    const fresh = users.filter(({ user_id }) => !seen.has(user_id));
    for (const user of fresh) {
      seen.add(user.user_id);
      yield user;
    }
    if (fresh.length === 0 || isAll) return;
    from = users.at(-1)?.created_at;
  }
}
