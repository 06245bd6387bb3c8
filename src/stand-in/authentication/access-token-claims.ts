import { idInTokens } from './client-traits.ts';
import type { Client, ResourceServer, UserProfile } from '../store/records.ts';

export interface TokenSubject {
  client: Client;
  /** Left out: the client itself. */
  user?: UserProfile;
  server: ResourceServer;
  scopes: readonly string[];
  /** Undefined: omitted from the token. */
  permissions?: readonly string[] | undefined;
  /** What Actions add. */
  customClaims: Record<string, unknown>;
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
    ...subject.customClaims,
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
