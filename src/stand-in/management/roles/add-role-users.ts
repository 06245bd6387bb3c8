import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { knownRole } from './role-rules.ts';
import { accessOf } from './user-access.ts';

export const addRoleUsersEndpoint: Endpoint = {
  method: 'POST',
  path: '/roles/{id}/users',
  scopes: ['update:roles', 'create:role_members'],
  logAs: 'Assign users to a role',
  answer: (call: Call) => {
    const { store } = call;
    const { id } = knownRole(call);
    const { users } = checkBody(call.body, {
      required: ['users'],
      properties: { users: { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } } },
    }) as { users: string[] };
    // Status specified, wording as for a single user.
    if (users.some((user) => !store.users.has(user)))
      throw new ApiError(404, 'The user does not exist.', 'inexistent_user');
    for (const user of users) {
      const access = accessOf(store, user);
      store.access.put({ ...access, roles: [...new Set([...access.roles, id])] });
    }
    return { status: 200, body: {} };
  },
};
