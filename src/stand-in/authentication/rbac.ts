import { permissionsOf } from '../management/roles/user-access.ts';
import type { ResourceServer, UserProfile } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { OIDC_SCOPES } from './grantable-scopes.ts';

/**
 * Role-based access control of an API (`enforce_policies`): a user's token has no scope that the user has no permission for, and with
 * an `…_authz` dialect all permissions besides, asked for or not (Auth0 docs, "Enable role-based access control for APIs").
 */
export function rbac(
  store: Store,
  server: ResourceServer,
  user: UserProfile | undefined,
  scopes: readonly string[],
): { scopes: string[]; permissions?: string[] } {
  if (!server.enforce_policies) return { scopes: [...scopes] };
  const isOfApi = (scope: string): boolean => !OIDC_SCOPES.includes(scope);
  const permissions = user
    ? permissionsOf(store, user.user_id)
        .filter(({ resource_server_identifier }) => resource_server_identifier === server.identifier)
        .map(({ permission_name }) => permission_name)
    : scopes.filter(isOfApi);
  return {
    scopes: scopes.filter((scope) => !isOfApi(scope) || permissions.includes(scope)),
    ...(server.token_dialect?.endsWith('_authz') && { permissions }),
  };
}
