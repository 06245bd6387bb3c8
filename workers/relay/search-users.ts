/** Auth0's user search, page by page, and beyond what it serves of one query. */
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Management } from '../../src/auth0/management.ts';

export interface SearchedUsers {
  users: Auth0User[];
  /** Counts also what the authority does not serve. */
  total: number;
  /** There are no more. */
  isAll: boolean;
}

/** Auth0 gives so many at most in one answer, */
export const PER_PAGE = 100;
/** and so many of one search. */
export const SEARCH_LIMIT = 1_000;

/** By creation date, oldest first. @param atLeast as many answers are asked for as it takes */
export async function searchUsers(
  management: Pick<Management, 'searchUsers'>,
  query: string,
  atLeast: number,
): Promise<SearchedUsers> {
  const perPage = Math.min(atLeast, PER_PAGE);
  const users: Auth0User[] = [];
  for (let page = 0; ; page += 1) {
    const answer = await management.searchUsers(query, { page, perPage, sort: 'created_at:1' });
    users.push(...answer.users);
    const isAll = answer.users.length < perPage;
    if (users.length >= atLeast || isAll || (page + 2) * perPage > SEARCH_LIMIT)
      return { users, total: answer.total, isAll };
  }
}

/**
 * Every user, however many: Auth0 serves 1,000 of one search, so each thousand is a search of its own, from a date on. Users that come
 * or go meanwhile disturb nothing: each is given once, and each thousand is read before anything is done with it.
 * @param search from this creation date on (ISO 8601)
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
