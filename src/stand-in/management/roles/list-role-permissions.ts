import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { knownRole, permissionView } from './role-rules.ts';

export const listRolePermissionsEndpoint: Endpoint = {
  method: 'GET',
  path: '/roles/{id}/permissions',
  scopes: ['read:roles'],
  answer: (call: Call) =>
    listAnswer(knownRole(call).permissions, call.query, {
      name: 'permissions',
      idOf: ({ permission_name }) => permission_name,
      present: permissionView(call.store),
      checkpoints: false,
    }),
};
