import { managementAudience } from '../management/access-tokens.ts';
import { idInTokens } from './client-traits.ts';
import { tenantInEvent } from './deny-without-tenant.ts';
import type { Client, Organization, ResourceServer, UserProfile } from '../store/records.ts';

export interface TokenSubject {
  client: Client;
  /** Left out: the client itself. */
  user?: UserProfile;
  server: ResourceServer;
  scopes: readonly string[];
  /** Left out of the token when undefined. */
  permissions?: readonly string[] | undefined;
  /** Left out: signed in without one. */
  organization?: SubjectOrganization;
  issuer: string;
}

export interface SubjectOrganization {
  /** What Actions find as `event.organization`. */
  organization: Organization;
  /** What they find as `event.authorization.roles`: names of the roles that the user has in it. */
  roles: string[];
  /** `org_id`, and `org_name` where names are shown. */
  claims: Record<string, string>;
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
    ...subject.organization?.claims,
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
function actionClaims(subject: TokenSubject): Record<string, unknown> {
  const { user, server, issuer, organization: event } = subject;
  if (server.identifier === managementAudience(issuer)) return {};
  const tenantId = user ? tenantInEvent(user, event?.organization) : tenantOfClient(subject);
  const roles = event && user ? rolesInEvent(user, event, tenantId) : user?.app_metadata?.['roles'];
  return {
    ...(typeof tenantId === 'string' && { [`${server.identifier}/tenant_id`]: tenantId }),
    ...(user && { [`${server.identifier}/user_id`]: user.user_id }),
    ...(Array.isArray(roles) && { [`${server.identifier}/roles`]: roles as unknown[] }),
  };
}

function tenantOfClient({ client, organization }: TokenSubject): unknown {
  return organization?.organization.metadata?.['tenant_id'] ?? client.client_metadata?.['tenant_id'];
}

/**
 * Somebody may be in several organizations: roles are those of `app_metadata.organizations.{id}.roles`, else those that Auth0 has of the
 * member, else those of the user's own tenant if the organization is that tenant's.
 */
function rolesInEvent({ app_metadata }: UserProfile, event: SubjectOrganization, tenantId: unknown): unknown {
  const own = app_metadata?.['organizations'] as Record<string, { roles?: unknown } | undefined> | undefined;
  const inOrganization = own?.[event.organization.id]?.roles;
  if (inOrganization !== undefined) return inOrganization;
  if (event.roles.length > 0) return event.roles;
  return app_metadata?.['tenant_id'] === tenantId ? app_metadata?.['roles'] : [];
}
