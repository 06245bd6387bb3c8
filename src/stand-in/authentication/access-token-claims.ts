import { managementAudience } from '../management/access-tokens.ts';
import { idInTokens } from './client-traits.ts';
import { claimsFor } from './post-login-action.ts';
import type { Client, Organization, ResourceServer, UserProfile } from '../store/records.ts';

export interface TokenSubject {
  client: Client;
  /** Left out: the client itself. */
  user?: UserProfile;
  server: ResourceServer;
  scopes: readonly string[];
  /** Undefined: omitted from the token. */
  permissions?: readonly string[] | undefined;
  /** `event.organization` in Actions. Left out: the user signed in without one. */
  organization?: Organization;
  /** `org_id`, and `org_name` if the account allows names. */
  organizationClaims?: Record<string, string>;
  issuer: string;
}

export interface TokenClaims {
  /** As issued by oidc-provider: RFC 9068. */
  claims: Record<string, unknown>;
  grantType: string;
}

/**
 * An access token as Auth0 issues it, in the API's dialect (Auth0 docs, "Access token profiles"), with the claims that Actions add.
 * @returns the payload and the header's typ
 */
export function accessToken(subject: TokenSubject, { claims, grantType }: TokenClaims) {
  const { client, user, server, scopes, permissions, issuer } = subject;
  const isRfc9068 = server.token_dialect?.startsWith('rfc9068_profile') ?? false;
  const { jti, client_id: _clientId, aud: _aud, sub: _sub, scope: _scope, ...rest } = claims;
  const payload: Record<string, unknown> = {
    ...actionClaims(subject),
    ...rest,
    ...subject.organizationClaims,
    iss: issuer,
    sub: user ? user.user_id : `${client.client_id}@clients`,
    aud: user && scopes.includes('openid') ? [server.identifier, `${issuer}userinfo`] : server.identifier,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(permissions && { permissions }),
    ...(isRfc9068 ? { jti, client_id: idInTokens(client) } : { azp: idInTokens(client) }),
  };
  // Only this grant adds a claim, and only in Auth0's own dialect.
  if (!isRfc9068 && grantType === 'client_credentials') payload['gty'] = 'client-credentials';
  if (!isRfc9068 && grantType === 'refresh_token') payload['gty'] = 'refresh_token';
  return { payload, typ: isRfc9068 ? 'at+jwt' : 'JWT' };
}

/**
 * Claims that a post-login and a credentials-exchange Action of the account would add: tenant, user and roles, each prefixed with the API's
 * identifier. Auth0 silently drops claims like plain `roles`; a claim without a source is omitted.
 */
function actionClaims({ client, user, server, issuer, organization }: TokenSubject): Record<string, unknown> {
  if (server.identifier === managementAudience(issuer)) return {};
  const { tenantId, roles } = user
    ? claimsFor(user, organization)
    : { tenantId: client.client_metadata?.['tenant_id'], roles: undefined };
  return {
    ...(typeof tenantId === 'string' && { [`${server.identifier}/tenant_id`]: tenantId }),
    ...(user && { [`${server.identifier}/user_id`]: user.user_id }),
    ...(Array.isArray(roles) && { [`${server.identifier}/roles`]: roles as unknown[] }),
  };
}
