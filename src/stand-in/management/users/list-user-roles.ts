import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { roleView } from '../roles/role-rules.ts';
import { rolesOf } from '../roles/user-access.ts';
import { knownUser } from './known-user.ts';

export const listUserRolesEndpoint: Endpoint = {
  method: 'GET',
  path: '/users/{id}/roles',
  scopes: ['read:users', 'read:roles', 'read:role_members'],
  answer: (call: Call) =>
    listAnswer(rolesOf(call.store, knownUser(call).profile.user_id), call.query, {
      name: 'roles',
      idOf: ({ id }) => id,
      present: roleView,
      checkpoints: false,
    }),
};
