import type { Client, ClientGrant, ResourceServer } from '../store/records.ts';
import { scopeNames } from '../management/resource-servers/scope-names.ts';
import type { Store } from '../store/store.ts';
import { isStrict } from './client-traits.ts';

/** OpenID Connect scopes that Auth0 supports. */
export const OIDC_SCOPES = ['openid', 'profile', 'email', 'phone', 'address', 'offline_access'];

/**
 * Added to every request for an API and removed from every response: oidc-provider refuses a sign-in without any granted scope, Auth0
 * issues a token without scopes.
 */
export const SIGN_IN_SCOPE = 'stand-in:sign-in';

export function withoutSignInScope(scope: string | undefined): string[] {
  return (scope ?? '').split(' ').filter((one) => one !== '' && one !== SIGN_IN_SCOPE);
}

/**
 * Scopes of a client's own tokens (client credentials).
 * @returns undefined when there is no client grant: the request is refused
 */
export function scopesForClient(store: Store, client: Client, server: ResourceServer): string[] | undefined {
  const policy = server.subject_type_authorization.client.policy;
  if (isSystemApi(client, server)) return undefined;
  if (client.is_first_party && policy === 'allow_all') return scopeNames(server);
  if (policy === 'deny_all') return undefined;
  const grant = clientGrant(store, client, server, 'client');
  return grant && scopesOf(grant, server);
}

/**
 * Scopes that a client can get on behalf of a user.
 * Third-party clients need an explicit client grant, whatever the API's policy; their own takes precedence over the default one (Auth0
 * docs, "Application access to APIs: client grants").
 * @returns undefined: the request is refused
 */
export function scopesForUser(store: Store, client: Client, server: ResourceServer): string[] | undefined {
  const policy = server.subject_type_authorization.user.policy;
  if (policy === 'deny_all' || isSystemApi(client, server)) return undefined;
  if (client.is_first_party && policy === 'allow_all') return scopeNames(server);
  const grant =
    clientGrant(store, client, server, 'user') ??
    (client.is_first_party ? undefined : defaultGrant(store, server));
  return grant && scopesOf(grant, server);
}

/** Strict third-party clients cannot access system APIs, whatever is granted (Auth0 docs, "Security controls for third-party applications"). */
function isSystemApi(client: Client, server: ResourceServer): boolean {
  return server.is_system === true && isStrict(client);
}

export function clientGrant(
  store: Store,
  client: Client,
  server: ResourceServer,
  subject: 'client' | 'user',
): ClientGrant | undefined {
  for (const grant of store.clientGrants.by('client', client.client_id))
    // A seed may omit the subject type, meaning both; the Management API always sets it.
    if (grant.audience === server.identifier && (grant.subject_type ?? subject) === subject) return grant;
  return undefined;
}

function defaultGrant(store: Store, server: ResourceServer): ClientGrant | undefined {
  for (const grant of store.clientGrants.by('audience', server.identifier))
    if (grant.default_for === 'third_party_clients' && (grant.subject_type ?? 'user') === 'user')
      return grant;
  return undefined;
}

function scopesOf(grant: ClientGrant, server: ResourceServer): string[] {
  const existing = scopeNames(server);
  return grant.allow_all_scopes ? existing : existing.filter((scope) => grant.scope.includes(scope));
}
