import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { knownRole } from './role-rules.ts';

export const listRoleUsersEndpoint: Endpoint = {
  method: 'GET',
  path: '/roles/{id}/users',
  scopes: ['read:users', 'read:roles', 'read:role_members'],
  answer: (call: Call) => {
    const { store, query } = call;
    const members = [...store.access.by('role', knownRole(call).id)];
    const users = members.flatMap(({ user_id }) => store.users.get(user_id)?.profile ?? []);
    return listAnswer(users, query, {
      name: 'users',
      idOf: ({ user_id }) => user_id,
      present: ({ user_id, email, picture, name }) => ({ user_id, email, picture, name }),
      checkpoints: true,
    });
  },
};
