import { inUtc } from '../../contract/instant.ts';
import type { UserFilters } from '../../relay/jobs/listUsers.ts';
import type { Call, Operation } from '../operation.ts';
import { nextPage } from '../next-page.ts';
import { relayed } from '../relayed.ts';
import { readCursor } from './cursor.ts';

export const listUsers: Operation<'listUsers'> = async (call) => {
  const { email, limit = 50, cursor, ...given } = call.query;
  const { tenantId } = call.principal;
  const filters = filtersOf(given);
  const answer = await relayed(
    call,
    email === undefined
      ? { tenantId, filters, limit, ...(cursor === undefined ? {} : { after: readCursor(cursor) }) }
      : { tenantId, filters, email },
  );
  if (answer.status !== 200) return answer;
  return {
    ...answer,
    headers: { ...answer.headers, ...nextPage('/v1/users', { ...given, limit }, answer.body.next_cursor) },
  };
};

type Given = Omit<Call<'listUsers'>['query'], 'email' | 'limit' | 'cursor'>;
const DATES = ['created_from', 'created_before', 'last_login_from', 'last_login_before'] as const;

/** Dates as the authority writes them, so that they can be compared as text. */
function filtersOf(given: Given): UserFilters {
  const filters: UserFilters = { ...given };
  for (const name of DATES) {
    const date = given[name];
    if (date !== undefined) filters[name] = inUtc(date);
  }
  return filters;
}
