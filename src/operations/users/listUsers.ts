import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';
import { nextPage } from '../next-page.ts';
import { readCursor } from './cursor.ts';

export const listUsers: Operation<'listUsers'> = async (call) => {
  const { email, limit = 50, cursor } = call.query;
  const { tenantId } = call.principal;
  const answer = await relayed(
    call,
    email === undefined
      ? { tenantId, limit, ...(cursor === undefined ? {} : { after: readCursor(cursor) }) }
      : { tenantId, email },
  );
  if (answer.status !== 200) return answer;
  return {
    ...answer,
    headers: { ...answer.headers, ...nextPage('/v1/users', { limit }, answer.body.next_cursor) },
  };
};
