/** The users of an adoption, in the order of their creation, however many. */
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Management } from '../../src/auth0/management.ts';
import { Problem } from '../../src/problem.ts';
import { onFailure } from '../failures.ts';
import { operatorsSearchText } from './search-text.ts';
import { SEARCH_LIMIT, searchUsers } from './search-users.ts';

export interface Found {
  userId: string;
  /** undefined: not read. */
  user: Auth0User | undefined;
}

/**
 * Auth0 shows 1,000 results of a search, so each further thousand is a new search from the last creation date (decision 45). A thousand is
 * read before the first of it is yielded, because adopting may take users out of the search.
 * @param from creation date to begin with, ISO 8601
 * @param onProgress called when everybody created before this date has been yielded
 * @throws Problem `adoption_query_too_broad`, `invalid_field`
 */
export async function* usersByQuery(
  management: Pick<Management, 'searchUsers'>,
  query: string,
  from: string | undefined,
  onProgress: (upTo: string) => Promise<void>,
): AsyncGenerator<Found> {
  for (let next = from; ;) {
    const text = operatorsSearchText(query, next);
    const { users, isAll, upTo } = await searchUsers(management, text, { atLeast: SEARCH_LIMIT }).catch(
      refusedQuery,
    );
    for (const user of users) yield { userId: user.user_id, user };
    if (isAll || upTo === undefined) return;
    if (upTo === next) throw new Problem('adoption_query_too_broad');
    await onProgress(upTo);
    next = upTo;
  }
}

/** @returns how many there are */
export const countByQuery = async (
  management: Pick<Management, 'searchUsers'>,
  query: string,
  from: string | undefined,
): Promise<number> =>
  (await searchUsers(management, operatorsSearchText(query, from), { atLeast: 1 }).catch(refusedQuery)).total;

export async function* usersById(
  management: Pick<Management, 'getUser'>,
  userIds: readonly string[],
  reads: boolean,
): AsyncGenerator<Found> {
  for (const userId of userIds)
    yield { userId, user: reads ? await readUser(management, userId) : undefined };
}

/** @returns undefined when there is none */
export const readUser = (
  management: Pick<Management, 'getUser'>,
  userId: string,
): Promise<Auth0User | undefined> =>
  management.getUser(userId).catch(onFailure(['not_found', 'invalid'], () => undefined));

const refusedQuery = onFailure('invalid', (cause): never => {
  throw new Problem('invalid_field', { detail: 'The authority does not accept this query.', cause });
});
