import type { Client, ClientGrant, ResourceServer } from '../store/records.ts';
import { scopeNames } from '../management/resource-servers/scope-names.ts';
import type { Store } from '../store/store.ts';
import { isStrict } from './client-traits.ts';

/** Scopes about the user that OpenID Connect defines and Auth0 knows. */
export const OIDC_SCOPES = ['openid', 'profile', 'email', 'phone', 'address', 'offline_access'];

/**
 * Goes along with every request for an API and is taken out of every answer: oidc-provider refuses a sign-in in which no scope at all
 * is granted, Auth0 issues a token without scopes.
 */
export const SIGN_IN_SCOPE = 'stand-in:sign-in';

export function withoutSignInScope(scope: string | undefined): string[] {
  return (scope ?? '').split(' ').filter((one) => one !== '' && one !== SIGN_IN_SCOPE);
}

/**
 * What a client may get for itself (client credentials).
 * @returns undefined when there is no client grant: refused
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
 * What a client may get in a user's name.
 * Third parties need an explicit client grant, whatever the API's policy, their own before the default one (Auth0 docs,
 * "Application access to APIs: client grants").
 * @returns undefined: refused
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

/** Strict third parties reach none, whatever grants them (Auth0 docs, "Security controls for third-party applications"). */
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
    // A seed may leave the subject out, meaning both; the Management API always says it.
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
