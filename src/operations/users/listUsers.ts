import { inUtc } from '../../contract/instant.ts';
import type { ListPosition, ListUsersOutcome, UserFilters } from '../../relay/jobs/listUsers.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import type { Call, Operation } from '../operation.ts';
import { nextPage } from '../next-page.ts';
import { relayed, type Relaying, type RelayedAnswer, type Viewer } from '../relayed.ts';
import { presentUser } from './present-user.ts';

export const listUsers: Operation<'listUsers', Relaying> = async (call) => {
  const { email, limit = 50, cursor, ...given } = call.query;
  const { operationId, principal, services } = call;
  const filters = filtersOf(given);
  const listing = { seal: services.seal, operationId, principal, filters: { ...filters, email } };
  const after = openCursor<ListPosition>(listing, cursor);
  const answer = await relayed(
    call,
    email === undefined ? { filters, limit, after } : { filters, email },
    toAnswer,
  );
  if (answer.status !== 200) return answer;
  return {
    ...answer,
    headers: { ...answer.headers, ...nextPage('/v1/users', { ...given, limit }, answer.body.next_cursor) },
  };
};

type Given = Omit<Call<'listUsers'>['query'], 'email' | 'limit' | 'cursor'>;
const DATES = ['created_from', 'created_before', 'last_login_from', 'last_login_before'] as const;

/** Dates in Auth0's format, so that they can be compared as text. */
function filtersOf(given: Given): UserFilters {
  const filters: UserFilters = { ...given };
  for (const name of DATES) {
    const date = given[name];
    if (date !== undefined) filters[name] = inUtc(date);
  }
  return filters;
}

export const toAnswer: RelayedAnswer<'listUsers'> = ({ users, next, exceedsSearchLimit }, viewer) => ({
  status: 200,
  body: {
    users: users.map(presentUser),
    next_cursor: next && cursorOf(next, viewer),
    exceeds_search_limit: exceedsSearchLimit,
  },
});

function cursorOf(next: NonNullable<ListUsersOutcome['next']>, viewer: Viewer): string {
  const { createdAt, given, filters } = next;
  return sealCursor({ ...viewer, operationId: 'listUsers', filters }, { createdAt, given });
}
