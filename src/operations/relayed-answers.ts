/**
 * How each relay operation answers when its outcome is known: for the caller who waited, and in the job of one who did not.
 * A missing or an unknown one does not compile.
 */
import type { OutcomeOf, RelayOperationId } from '../relay/jobs/index.ts';
import { presentRegisteredClient } from './oauth/present-registered-client.ts';
import type { Answer } from './operation.ts';
import { writeCursor } from './users/cursor.ts';
import { presentUser } from './users/present-user.ts';

type Ended<Id extends RelayOperationId> = Exclude<
  Extract<Answer<Id>, { status: 200 | 201 }>,
  { status: 202 }
>;

export const relayedAnswers: { [Id in RelayOperationId]: (outcome: OutcomeOf<Id>) => Ended<Id> } = {
  createUser: (user) => ({
    status: 201,
    body: presentUser(user),
    headers: { Location: `/v1/users/${encodeURIComponent(user.user_id)}` },
  }),
  getUser: (user) => ({ status: 200, body: presentUser(user) }),
  listUsers: ({ users, next }) => ({
    status: 200,
    body: { users: users.map(presentUser), ...(next ? { next_cursor: writeCursor(next) } : {}) },
  }),
  registerApp: (registered) => ({
    status: 201,
    body: presentRegisteredClient(registered),
    headers: { 'Cache-Control': 'no-store', Pragma: 'no-cache' },
  }),
};
