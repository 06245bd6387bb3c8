import type { Role } from '../../store/records.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { patched } from '../patched.ts';
import { knownRole, refuseTakenName, ROLE_CHANGES, roleView } from './role-rules.ts';

export const updateRoleEndpoint: Endpoint = {
  method: 'PATCH',
  path: '/roles/{id}',
  scopes: ['update:roles'],
  logAs: 'Update a role',
  answer: (call: Call) => {
    const role = knownRole(call);
    const changes = checkBody(call.body, ROLE_CHANGES) as Partial<Role>;
    refuseTakenName(call.store, changes.name, role);
    return { status: 200, body: roleView(call.store.roles.put(patched(role, changes))) };
  },
};
