import type { Permission, Role } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { ApiError } from '../api-error.ts';
import { checkBody, type BodyRules, type Rule } from '../body-rules.ts';
import type { Call } from '../endpoint.ts';
import { scopeNames } from '../resource-servers/scope-names.ts';

/** Specified. */
const CHANGEABLE: Record<string, Rule> = {
  name: { type: 'string', minLength: 1 },
  description: { type: 'string', nullable: true },
};

export const NEW_ROLE: BodyRules = {
  required: ['name'],
  properties: {
    ...CHANGEABLE,
    type: { type: 'string', enum: ['tenant', 'organization'] },
    owner_id: { type: 'string', minLength: 1 },
  },
};
export const ROLE_CHANGES: BodyRules = { required: [], properties: CHANGEABLE };

const PERMISSIONS: BodyRules = {
  required: ['permissions'],
  properties: {
    permissions: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        members: {
          required: ['resource_server_identifier', 'permission_name'],
          properties: {
            resource_server_identifier: { type: 'string', minLength: 1 },
            permission_name: { type: 'string', minLength: 1 },
          },
        },
      },
    },
  },
};

/** Recorded: 404 without an errorCode. */
export function knownRole({ store, params }: Call): Role {
  const role = store.roles.get(params['id'] ?? '');
  if (!role) throw new ApiError(404, 'The role does not exist.');
  return role;
}

/** Recorded: a role without a description has a default one, and since August 2026 every role includes its owner. */
export function roleView({ permissions: _shownElsewhere, ...role }: Role): object {
  return { ...role, description: role.description ?? null, type: role.type ?? 'tenant' };
}

/** Status specified, wording guessed. */
export function refuseTakenName(store: Store, name: string | undefined, own?: Role): void {
  if (name === undefined) return;
  const other = store.roles.first('name', name);
  if (other && other.id !== own?.id)
    throw new ApiError(409, `A role with the name ${name} already exists.`, 'duplicate_role');
}

/** The permissions in a body. @throws ApiError for unknown ones; status and code recorded, wording guessed */
export function readPermissions({ store, body }: Call): Permission[] {
  const { permissions } = checkBody(body, PERMISSIONS) as unknown as { permissions: Permission[] };
  for (const { resource_server_identifier: identifier, permission_name: name } of permissions) {
    const server = store.resourceServers.first('identifier', identifier);
    if (!scopeNames(server).includes(name))
      throw new ApiError(
        404,
        `The permission ${name} of ${identifier} does not exist.`,
        'inexistent_resource_server_permission',
      );
  }
  return permissions;
}

/** Like `readPermissions`, but permissions that no longer exist can be removed, too. */
export function readPermissionsToRemove({ body }: Call): Permission[] {
  return (checkBody(body, PERMISSIONS) as unknown as { permissions: Permission[] }).permissions;
}

export function samePermission(one: Permission, other: Permission): boolean {
  return (
    one.permission_name === other.permission_name &&
    one.resource_server_identifier === other.resource_server_identifier
  );
}

export function withPermissions(before: readonly Permission[], more: readonly Permission[]): Permission[] {
  return [...before, ...more.filter((one) => !before.some((other) => samePermission(one, other)))];
}

export function withoutPermissions(before: readonly Permission[], less: readonly Permission[]): Permission[] {
  return before.filter((one) => !less.some((other) => samePermission(one, other)));
}

/** Includes the names and descriptions from the API (recorded). */
export function permissionView(store: Store): (permission: Permission) => object {
  return ({ permission_name, resource_server_identifier }) => {
    const server = store.resourceServers.first('identifier', resource_server_identifier);
    const scope = server?.scopes?.find(({ value }) => value === permission_name);
    return {
      permission_name,
      description: scope?.description ?? '',
      resource_server_name: server?.name ?? '',
      resource_server_identifier,
    };
  };
}
