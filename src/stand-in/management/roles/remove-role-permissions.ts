import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { knownRole, readPermissionsToRemove, withoutPermissions } from './role-rules.ts';

export const removeRolePermissionsEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/roles/{id}/permissions',
  scopes: ['update:roles'],
  logAs: 'Remove permissions from a role',
  // Recorded: 204, though 200 is specified.
  answer: (call: Call) => {
    const role = knownRole(call);
    const permissions = withoutPermissions(role.permissions, readPermissionsToRemove(call));
    call.store.roles.put({ ...role, permissions });
    return NO_CONTENT;
  },
};
