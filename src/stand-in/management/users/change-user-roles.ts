import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { accessOf } from '../roles/user-access.ts';
import { knownUser } from './known-user.ts';

const PATH = '/users/{id}/roles';

export const addUserRolesEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['update:users', 'create:role_members'],
  logAs: 'Assign roles to a user',
  answer: (call: Call) => {
    const named = readRoles(call);
    // Status specified, wording guessed.
    if (named.some((id) => !call.store.roles.has(id))) throw new ApiError(400, 'The role does not exist.');
    return change(call, (roles) => [...new Set([...roles, ...named])]);
  },
};

export const removeUserRolesEndpoint: Endpoint = {
  method: 'DELETE',
  path: PATH,
  scopes: ['update:users', 'delete:role_members'],
  logAs: 'Remove roles from a user',
  answer: (call: Call) => {
    const named = readRoles(call);
    return change(call, (roles) => roles.filter((id) => !named.includes(id)));
  },
};

function readRoles({ body }: Call): string[] {
  const { roles } = checkBody(body, {
    required: ['roles'],
    properties: { roles: { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } } },
  }) as { roles: string[] };
  return roles;
}

function change(call: Call, roles: (before: string[]) => string[]) {
  const access = accessOf(call.store, knownUser(call).profile.user_id);
  call.store.access.put({ ...access, roles: roles(access.roles) });
  return NO_CONTENT;
}
