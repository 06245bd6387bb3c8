import type { Permission, Role, UserAccess } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { samePermission } from './role-rules.ts';

export function accessOf(store: Store, userId: string): UserAccess {
  return store.access.get(userId) ?? { user_id: userId, roles: [], permissions: [] };
}

export function rolesOf(store: Store, userId: string): Role[] {
  return accessOf(store, userId).roles.flatMap((id) => store.roles.get(id) ?? []);
}

export interface OwnedPermission extends Permission {
  sources: { source_id: string; source_name: string; source_type: 'DIRECT' | 'ROLE' }[];
}

/** A user's own permissions, and those of their roles. */
export function permissionsOf(store: Store, userId: string): OwnedPermission[] {
  const owned: OwnedPermission[] = [];
  const add = (permission: Permission, source: OwnedPermission['sources'][number]): void => {
    const known = owned.find((one) => samePermission(one, permission));
    if (known) known.sources.push(source);
    else owned.push({ ...permission, sources: [source] });
  };
  for (const permission of accessOf(store, userId).permissions)
    add(permission, { source_id: '', source_name: '', source_type: 'DIRECT' });
  for (const { id, name, permissions } of rolesOf(store, userId))
    for (const permission of permissions)
      add(permission, { source_id: id, source_name: name, source_type: 'ROLE' });
  return owned;
}
