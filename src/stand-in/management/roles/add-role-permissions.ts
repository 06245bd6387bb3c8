import type { Call, Endpoint } from '../endpoint.ts';
import { knownRole, readPermissions, withPermissions } from './role-rules.ts';

export const addRolePermissionsEndpoint: Endpoint = {
  method: 'POST',
  path: '/roles/{id}/permissions',
  scopes: ['update:roles'],
  logAs: 'Associate permissions with a role',
  answer: (call: Call) => {
    const role = knownRole(call);
    call.store.roles.put({ ...role, permissions: withPermissions(role.permissions, readPermissions(call)) });
    return { status: 201, body: {} };
  },
};
