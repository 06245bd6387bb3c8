import type { Call, Endpoint } from '../endpoint.ts';
import { knownRole } from './role-rules.ts';

export const deleteRoleEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/roles/{id}',
  scopes: ['delete:roles'],
  logAs: 'Delete a role',
  // Recorded: 200 with an empty object; 404 for an unknown role, unlike other endpoints.
  answer: (call: Call) => {
    const { store } = call;
    const { id } = knownRole(call);
    store.roles.delete(id);
    for (const access of [...store.access.by('role', id)])
      store.access.put({ ...access, roles: access.roles.filter((one) => one !== id) });
    return { status: 200, body: {} };
  },
};
