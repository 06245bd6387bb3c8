import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { permissionView } from '../roles/role-rules.ts';
import { permissionsOf } from '../roles/user-access.ts';
import { knownUser } from './known-user.ts';

export const listUserPermissionsEndpoint: Endpoint = {
  method: 'GET',
  path: '/users/{id}/permissions',
  scopes: ['read:users'],
  answer: (call: Call) => {
    const present = permissionView(call.store);
    return listAnswer(permissionsOf(call.store, knownUser(call).profile.user_id), call.query, {
      name: 'permissions',
      idOf: ({ permission_name }) => permission_name,
      present: (permission) => ({ ...present(permission), sources: permission.sources }),
      checkpoints: false,
    });
  },
};
