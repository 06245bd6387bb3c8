import type { KoaContextWithOIDC, ResourceServer as ProviderResource } from 'oidc-provider';
import type { Client, ResourceServer } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { organizationOfClient } from './client-organization.ts';
import { isStrict, mayRedirect } from './client-traits.ts';
import { OIDC_SCOPES, SIGN_IN_SCOPE, scopesForClient, scopesForUser } from './grantable-scopes.ts';
import { OAuthError } from './oauth-error.ts';
import { audienceOf } from './resource-names.ts';

/** The API that a token is for, with the scopes that this client can get. */
export function requestedApi(store: Store, ctx: KoaContextWithOIDC, resource: string): ProviderResource {
  const audience = audienceOf(resource);
  const client = store.clients.get(ctx.oidc.client?.clientId ?? '');
  const server = store.resourceServers.first('identifier', audience);
  // Public reports: this wording, both at /authorize and at the token endpoint.
  if (!server || !client)
    throw new OAuthError(403, 'access_denied', `Service not found: ${audience}`, {
      redirect: mayRedirect(client),
    });
  const isForClient = ctx.oidc.params?.['grant_type'] === 'client_credentials';
  const scopes = isForClient ? clientScopes(store, ctx, client, server) : userScopes(store, client, server);
  const seconds = server.token_lifetime;
  return {
    audience,
    scope: scopes.join(' '),
    accessTokenFormat: 'jwt',
    accessTokenTTL: seconds,
    jwt:
      server.signing_alg === 'HS256' && server.signing_secret !== undefined
        ? { sign: { alg: 'HS256', key: Buffer.from(server.signing_secret) } }
        : { sign: { alg: 'RS256' } },
  };
}

/** Requested ∩ granted; all granted scopes when none are requested (Auth0 docs, "Client credentials flow"). */
function clientScopes(
  store: Store,
  ctx: KoaContextWithOIDC,
  client: Client,
  server: ResourceServer,
): string[] {
  const granted = scopesForClient(store, client, server);
  if (!granted)
    // Public reports of this text.
    throw new OAuthError(
      403,
      'access_denied',
      `Client is not authorized to access "${server.identifier}". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants`,
    );
  organizationOfClient(store, ctx, client, server);
  const { params } = ctx.oidc;
  const requested = typeof params?.['scope'] === 'string' ? params['scope'].split(' ').filter(Boolean) : [];
  const scopes = requested.length === 0 ? granted : granted.filter((scope) => requested.includes(scope));
  if (params) params['scope'] = scopes.join(' ') || undefined;
  return scopes;
}

function userScopes(store: Store, client: Client, server: ResourceServer): string[] {
  const granted = scopesForUser(store, client, server);
  if (!granted)
    // Code documented ("Application access to APIs"), text in public reports.
    throw new OAuthError(
      403,
      'unauthorized_client',
      `Client "${client.client_id}" is not authorized to access resource server "${server.identifier}".`,
      { redirect: mayRedirect(client) },
    );
  const oidc = isStrict(client) ? ['offline_access'] : OIDC_SCOPES;
  return [
    SIGN_IN_SCOPE,
    ...granted,
    ...oidc.filter((scope) => scope !== 'offline_access' || server.allow_offline_access),
  ];
}
