import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { knownRole, refuseTakenName, ROLE_CHANGES, roleView } from './role-rules.ts';

export const updateRoleEndpoint: Endpoint = {
  method: 'PATCH',
  path: '/roles/{id}',
  scopes: ['update:roles'],
  logAs: 'Update a role',
  answer: (call: Call) => {
    const role = knownRole(call);
    const changes = checkBody(call.body, ROLE_CHANGES) as { name?: string; description?: string };
    refuseTakenName(call.store, changes.name, role);
    return { status: 200, body: roleView(call.store.roles.put({ ...role, ...changes })) };
  },
};
