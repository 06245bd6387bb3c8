import { membershipOf } from '../management/organizations/memberships.ts';
import { permissionsOf } from '../management/roles/user-access.ts';
import type { Permission, ResourceServer, Role, UserProfile } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { OIDC_SCOPES } from './grantable-scopes.ts';

/**
 * Role-based access control of an API (`enforce_policies`): a user's token contains only scopes for which the user has the permission; with
 * an `…_authz` dialect also all permissions, requested or not (Auth0 docs, "Enable role-based access control for APIs").
 */
export function rbac(
  store: Store,
  server: ResourceServer,
  user: UserProfile | undefined,
  scopes: readonly string[],
  organizationId?: string,
): { scopes: string[]; permissions?: string[] } {
  if (!server.enforce_policies) return { scopes: [...scopes] };
  const isOfApi = (scope: string): boolean => !OIDC_SCOPES.includes(scope);
  const permissions = user
    ? ownedPermissions(store, user.user_id, organizationId)
        .filter(({ resource_server_identifier }) => resource_server_identifier === server.identifier)
        .map(({ permission_name }) => permission_name)
    : scopes.filter(isOfApi);
  return {
    scopes: scopes.filter((scope) => !isOfApi(scope) || permissions.includes(scope)),
    ...(server.token_dialect?.endsWith('_authz') && { permissions }),
  };
}

/**
 * In an organization only the member's roles there count (Auth0 docs, "Add roles to organization members"; reported in
 * community.auth0.com/t/99135). That the user's own permissions don't count either is guessed.
 */
function ownedPermissions(
  store: Store,
  userId: string,
  organizationId: string | undefined,
): readonly Permission[] {
  if (organizationId === undefined) return permissionsOf(store, userId);
  return rolesInOrganization(store, organizationId, userId).flatMap(({ permissions }) => permissions);
}

export function rolesInOrganization(store: Store, organizationId: string, userId: string): Role[] {
  const ids = membershipOf(store, organizationId, userId)?.roles ?? [];
  return ids.flatMap((id) => store.roles.get(id) ?? []);
}
