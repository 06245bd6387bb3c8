import { managementAudience } from '../management/access-tokens.ts';
import { idInTokens } from './client-traits.ts';
import type { Client, ResourceServer, UserProfile } from '../store/records.ts';

export interface TokenSubject {
  client: Client;
  /** Left out: the client itself. */
  user?: UserProfile;
  server: ResourceServer;
  scopes: readonly string[];
  /** Left out of the token when undefined. */
  permissions?: readonly string[] | undefined;
  issuer: string;
}

export interface TokenClaims {
  /** As signed so far, by oidc-provider: RFC 9068. */
  claims: Record<string, unknown>;
  grantType: string;
}

/**
 * An access token as Auth0 makes it, in the API's dialect (Auth0 docs, "Access token profiles"), with what Actions would add.
 * @returns the payload and the header's typ
 */
export function accessToken(subject: TokenSubject, { claims, grantType }: TokenClaims) {
  const { client, user, server, scopes, permissions, issuer } = subject;
  const isRfc9068 = server.token_dialect?.startsWith('rfc9068_profile') ?? false;
  const { jti, client_id: _clientId, aud: _aud, sub: _sub, scope: _scope, ...rest } = claims;
  const payload: Record<string, unknown> = {
    ...actionClaims(subject),
    ...rest,
    iss: issuer,
    sub: user ? user.user_id : `${client.client_id}@clients`,
    aud: user && scopes.includes('openid') ? [server.identifier, `${issuer}userinfo`] : server.identifier,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(permissions && { permissions }),
    ...(isRfc9068 ? { jti, client_id: idInTokens(client) } : { azp: idInTokens(client) }),
  };
  // Only these grants leave a trace, and only in Auth0's own dialect.
  if (!isRfc9068 && grantType === 'client_credentials') payload['gty'] = 'client-credentials';
  if (!isRfc9068 && grantType === 'refresh_token') payload['gty'] = 'refresh_token';
  return { payload, typ: isRfc9068 ? 'at+jwt' : 'JWT' };
}

/**
 * What a post-login and a credentials-exchange Action of the account would add: tenant, user and roles, each under the API's own
 * identifier. Auth0 drops claims like plain `roles` silently; a claim without a source is absent.
 */
function actionClaims({ client, user, server, issuer }: TokenSubject): Record<string, unknown> {
  if (server.identifier === managementAudience(issuer)) return {};
  const metadata = user ? user.app_metadata : client.client_metadata;
  const tenantId = metadata?.['tenant_id'];
  const roles = user?.app_metadata?.['roles'];
  return {
    ...(typeof tenantId === 'string' && { [`${server.identifier}/tenant_id`]: tenantId }),
    ...(user && { [`${server.identifier}/user_id`]: user.user_id }),
    ...(Array.isArray(roles) && { [`${server.identifier}/roles`]: roles as unknown[] }),
  };
}
