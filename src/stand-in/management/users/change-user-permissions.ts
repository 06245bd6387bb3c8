import type { Permission } from '../../store/records.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import {
  readPermissions,
  readPermissionsToRemove,
  withoutPermissions,
  withPermissions,
} from '../roles/role-rules.ts';
import { accessOf } from '../roles/user-access.ts';
import { knownUser } from './known-user.ts';

const PATH = '/users/{id}/permissions';

export const addUserPermissionsEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['update:users'],
  logAs: 'Assign permissions to a user',
  answer: (call: Call) => {
    change(call, (before) => withPermissions(before, readPermissions(call)));
    return { status: 201, body: {} };
  },
};

export const removeUserPermissionsEndpoint: Endpoint = {
  method: 'DELETE',
  path: PATH,
  scopes: ['update:users'],
  logAs: 'Remove permissions from a user',
  answer: (call: Call) => {
    change(call, (before) => withoutPermissions(before, readPermissionsToRemove(call)));
    return NO_CONTENT;
  },
};

function change(call: Call, permissions: (before: Permission[]) => Permission[]): void {
  const access = accessOf(call.store, knownUser(call).profile.user_id);
  call.store.access.put({ ...access, permissions: permissions(access.permissions) });
}
