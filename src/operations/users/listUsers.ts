import { inUtc } from '../../contract/instant.ts';
import type { ListPosition, UserFilters } from '../../relay/jobs/listUsers.ts';
import { openCursor } from '../cursor.ts';
import type { Call, Operation } from '../operation.ts';
import { nextPage } from '../next-page.ts';
import { relayed } from '../relayed.ts';

export const listUsers: Operation<'listUsers'> = async (call) => {
  const { email, limit = 50, cursor, ...given } = call.query;
  const { operationId, principal, services } = call;
  const { tenantId } = principal;
  const filters = filtersOf(given);
  const listing = { seal: services.seal, operationId, principal, filters: { ...filters, email } };
  const after = openCursor<ListPosition>(listing, cursor);
  const answer = await relayed(
    call,
    email === undefined
      ? { tenantId, filters, limit, ...(after === undefined ? {} : { after }) }
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
