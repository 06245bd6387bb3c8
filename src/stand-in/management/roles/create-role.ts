import { newId } from '../../random-ids.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { NEW_ROLE, refuseTakenName, roleView } from './role-rules.ts';

export const createRoleEndpoint: Endpoint = {
  method: 'POST',
  path: '/roles',
  scopes: ['create:roles'],
  logAs: 'Create a role',
  // Recorded: 200, not 201.
  answer: ({ store, body }: Call) => {
    const input = checkBody(body, NEW_ROLE) as { name: string; description?: string };
    refuseTakenName(store, input.name);
    const role = store.roles.put({ id: newId.role(), ...input, permissions: [] });
    return { status: 200, body: roleView(role) };
  },
};
