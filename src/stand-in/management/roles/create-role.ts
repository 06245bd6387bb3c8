import { newId } from '../../random-ids.ts';
import type { Role } from '../../store/records.ts';
import { invalidBody } from '../api-error.ts';
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
    const input = checkBody(body, NEW_ROLE) as unknown as Omit<Role, 'id' | 'permissions'>;
    // Specified.
    if ((input.type === 'organization') !== (input.owner_id !== undefined))
      throw invalidBody('owner_id is required for a role of an organization, and for no other');
    refuseTakenName(store, input.name);
    const role = store.roles.put({ id: newId.role(), ...input, permissions: [] });
    return { status: 200, body: roleView(role) };
  },
};
