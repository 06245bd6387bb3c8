import { randomBytes } from 'node:crypto';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import type { Client } from '../store/records.ts';
import { managementAudience } from '../management/access-tokens.ts';
import { membershipOf } from '../management/organizations/memberships.ts';
import { accessToken } from './access-token-claims.ts';
import { claimsAbout } from './accounts.ts';
import { createAdapter } from './adapter.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { organizationOfClient } from './client-organization.ts';
import { checkConnection } from './login-connections.ts';
import { checkInvitation, organizationClaims, requestedOrganization } from './organizations.ts';
import { rbac } from './rbac.ts';
import { isAllowedOrigin, isThirdParty } from './client-traits.ts';
import { OIDC_SCOPES, withoutSignInScope } from './grantable-scopes.ts';
import { createInteractionPolicy } from './interaction-policy.ts';
import { OAuthError } from './oauth-error.ts';
import { sendErrorPage } from './pages/error-page.ts';
import { requestedApi } from './requested-api.ts';
import { addIdTokenClaims, outcomeOf, runCredentialsExchange, runPostLogin } from './run-actions.ts';
import { keepMembers, organizationOfGrant, signInGrant } from './sign-in-grant.ts';
import type { Store } from '../store/store.ts';

/** Requests a refresh token. oidc-provider drops `offline_access` without a consent prompt; Auth0 doesn't. */
export const WANTS_OFFLINE_ACCESS = 'stand_in_offline_access';

const SECONDS_PER_DAY = 86_400;
/** Auth0's defaults: three days of inactivity, seven in total (docs, "Session lifetime limits"). */
const SESSION_SECONDS = 7 * SECONDS_PER_DAY;
const CODE_SECONDS = 600;
const INTERACTION_SECONDS = 3_600;
/** Auth0 docs, "ID token": ten hours. */
const ID_TOKEN_SECONDS = 36_000;
const ACCESS_TOKEN_SECONDS_WITHOUT_API = 86_400;

/** Configures oidc-provider to behave like Auth0. */
export function createProvider(services: AuthenticationServices): Provider {
  const { store, issuer, keys } = services;
  const provider = new Provider(issuer, {
    adapter: createAdapter(store, services.now),
    jwks: { keys: keys.private },
    scopes: OIDC_SCOPES,
    claims: {
      openid: ['sub', 'org_id', 'org_name'],
      profile: ['given_name', 'family_name', 'nickname', 'name', 'picture', 'updated_at'],
      email: ['email', 'email_verified'],
      phone: ['phone_number', 'phone_number_verified'],
    },
    // Auth0's id tokens contain the profile claims.
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    // Auth0 docs, "Demonstrating Proof-of-Possession (DPoP)".
    enabledJWA: { dPoPSigningAlgValues: ['ES256', 'RS256'] },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    cookies: {
      names: { session: 'stand_in', interaction: 'stand_in_interaction', resume: 'stand_in_resume' },
      keys: [cookieSecret(store)],
    },
    routes: {
      authorization: '/authorize',
      token: '/oauth/token',
      jwks: '/.well-known/jwks.json',
      revocation: '/oauth/revoke',
    },
    discovery: discoveryAdditions(services),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      // Implemented here instead: Auth0's endpoints differ.
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      // Still a draft in oidc-provider, which is therefore pinned to one version; auth0-spa-js renews tokens with it.
      webMessageResponseMode: { enabled: true, ack: 'individual-draft-01' },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        defaultResource: (ctx, _client, oneOf) => {
          if (ctx.oidc.params?.['grant_type'] === 'client_credentials')
            // Public reports of this text.
            throw new OAuthError(
              403,
              'access_denied',
              'No audience parameter was provided, and no default audience has been configured',
            );
          return oneOf;
        },
        getResourceServerInfo: (ctx, resource) => requestedApi(store, ctx, resource),
      },
    },
    extraParams: {
      [WANTS_OFFLINE_ACCESS]: (ctx, value, client) => {
        const { params } = ctx.oidc;
        if (value === undefined || !params || !client.grantTypeAllowed('refresh_token')) return;
        params['scope'] = [params['scope'], 'offline_access'].filter(Boolean).join(' ');
        params[WANTS_OFFLINE_ACCESS] = undefined;
      },
      organization: (ctx, value, client) => {
        const record = store.clients.get(client.clientId);
        if (record && ctx.oidc.params)
          ctx.oidc.params['organization'] = requestedOrganization(store, record, value);
      },
      connection: (ctx, value, client) => {
        const record = store.clients.get(client.clientId);
        if (record) checkConnection(services, record, ctx.oidc.params, value);
      },
      invitation: (ctx, value) => checkInvitation(store, ctx.oidc.params, value, services.now()),
    },
    pkce: { required: (_ctx, client) => isThirdParty(store.clients.get(client.clientId)) },
    clientBasedCORS: (_ctx, origin, client) => isAllowedOrigin(store.clients.get(client.clientId), origin),
    findAccount: async (ctx, userId) => {
      const user = store.users.get(userId);
      if (!user || user.profile.blocked) return undefined;
      const organizationId = organizationOfGrant(ctx);
      // Whether former members can continue is not documented; refused here.
      if (organizationId !== undefined && !membershipOf(store, organizationId, userId)) return undefined;
      const client = store.clients.get(ctx.oidc.client?.clientId ?? '');
      const organization = store.organizations.get(organizationId ?? '');
      // Actions run when a refresh token is used, too; how a denial is answered then is guessed.
      const isRefresh = ctx.oidc.params?.['grant_type'] === 'refresh_token';
      if (client && isRefresh) {
        const { denied } = await runPostLogin(services, ctx, { client, user, organization }, true);
        if (denied) return undefined;
      }
      return {
        accountId: userId,
        claims: (_use: string, scope: string) => ({
          ...claimsAbout(user, new Set(scope.split(' '))),
          ...claimsOf(store, organizationOfGrant(ctx)),
          sub: userId,
        }),
      };
    },
    loadExistingGrant: (ctx) => signInGrant(services, ctx),
    issueRefreshToken: (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    rotateRefreshToken: (ctx) =>
      store.clients.get(ctx.oidc.client?.clientId ?? '')?.refresh_token.rotation_type === 'rotating',
    expiresWithSession: () => false,
    formats: { customizers: { jwt: (ctx, token, jwt) => toAuth0Token(services, ctx, token, jwt) } },
    interactions: {
      policy: createInteractionPolicy(services),
      url: (_ctx, interaction) => `/u/${interaction.prompt.name}?state=${interaction.uid}`,
    },
    renderError: (ctx, out, error) => {
      sendErrorPage(ctx, {
        status: error instanceof OAuthError ? error.statusCode : ctx.status,
        ...out,
      });
    },
    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? ACCESS_TOKEN_SECONDS_WITHOUT_API,
      ClientCredentials: (_ctx, token) =>
        token.resourceServer?.accessTokenTTL ?? ACCESS_TOKEN_SECONDS_WITHOUT_API,
      AuthorizationCode: () => CODE_SECONDS,
      IdToken: () => ID_TOKEN_SECONDS,
      RefreshToken: (_ctx, _token, client) => refreshTokenSeconds(store.clients.get(client.clientId)),
      Interaction: () => INTERACTION_SECONDS,
      Session: () => SESSION_SECONDS,
      Grant: () => 365 * SECONDS_PER_DAY,
    },
  } satisfies Configuration);

  keepMembers(provider);
  addIdTokenClaims(provider);
  // The Management API has validated callbacks by Auth0's rules, which are more permissive than oidc-provider's (http on localhost …).
  // Overriding `invalidate` is oidc-provider's own recipe for this.
  const schema = (
    provider.Client as unknown as { Schema: { prototype: { invalidate(message: string): void } } }
  ).Schema.prototype;
  const refuse = schema.invalidate.bind(schema);
  schema.invalidate = (message) => {
    if (!message.startsWith('redirect_uris ')) refuse(message);
  };
  return provider;
}

function discoveryAdditions({ issuer, openRegistration }: AuthenticationServices): Record<string, unknown> {
  return {
    userinfo_endpoint: `${issuer}userinfo`,
    end_session_endpoint: `${issuer}oidc/logout`,
    ...(openRegistration && { registration_endpoint: `${issuer}oidc/register` }),
  };
}

async function toAuth0Token(
  services: AuthenticationServices,
  ctx: KoaContextWithOIDC,
  token: { clientId?: string; accountId?: string; scope?: string; aud?: string | string[] },
  jwt: { header?: Record<string, unknown>; payload: Record<string, unknown> },
): Promise<void> {
  const { store, issuer, now } = services;
  const client = store.clients.get(token.clientId ?? '');
  const server = store.resourceServers.first('identifier', [token.aud].flat()[0] ?? '');
  if (!client || !server) throw new Error('the client or the API of a token is gone');
  const user = token.accountId === undefined ? undefined : store.users.get(token.accountId)?.profile;
  const organizationId = organizationOfGrant(ctx);
  const { scopes, permissions } = rbac(store, server, user, withoutSignInScope(token.scope), organizationId);
  const organization = user
    ? store.organizations.get(organizationId ?? '')
    : organizationOfClient(store, ctx, client, server);
  const outcome = user
    ? outcomeOf(ctx)
    : await runCredentialsExchange(services, ctx, { client, server, organization });
  const isManagement = server.identifier === managementAudience(issuer);
  const { payload, typ } = accessToken(
    {
      client,
      server,
      issuer,
      scopes: [...scopes.filter((scope) => !outcome.removedScopes.includes(scope)), ...outcome.addedScopes],
      permissions,
      customClaims: isManagement ? {} : outcome.accessTokenClaims,
      ...(user && { user }),
      ...(organization && { organizationClaims: organizationClaims(store, organization) }),
    },
    { claims: atOurTime(jwt.payload, now), grantType: String(ctx.oidc.params?.['grant_type']) },
  );
  jwt.payload = payload;
  jwt.header = { typ };
}

function claimsOf(store: Store, organizationId: string | undefined): Record<string, string> {
  const organization = store.organizations.get(organizationId ?? '');
  return organization ? organizationClaims(store, organization) : {};
}

/** oidc-provider uses the system clock, which may differ from the stand-in's. */
function atOurTime(claims: Record<string, unknown>, now: () => number): Record<string, unknown> {
  const ahead = Math.round((now() - Date.now()) / 1000);
  if (ahead === 0) return claims;
  const moved = ['iat', 'exp'].map((name) => [name, Number(claims[name]) + ahead]);
  return { ...claims, ...(Object.fromEntries(moved) as Record<string, number>) };
}

function refreshTokenSeconds(client: Client | undefined): number {
  const { token_lifetime = 30 * SECONDS_PER_DAY, infinite_token_lifetime = false } =
    client?.refresh_token ?? {};
  return infinite_token_lifetime ? 10 * 365 * SECONDS_PER_DAY : token_lifetime;
}

/** Persisted, so that sessions survive a restart and new signing keys. */
function cookieSecret(store: Store): string {
  const name = 'cookie secret';
  const known =
    store.settings.get(name) ?? store.settings.put({ name, value: randomBytes(32).toString('base64url') });
  return String(known.value);
}
