import type { Context } from 'koa';
import type { Client } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { tenantSettings } from '../management/tenant-settings/tenant-settings.ts';
import { OIDC_SCOPES, SIGN_IN_SCOPE } from './grantable-scopes.ts';
import { sendErrorPage } from './pages/error-page.ts';
import { clientNamed, isStrict } from './client-traits.ts';
import { WANTS_OFFLINE_ACCESS } from './provider.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { resourceOf } from './resource-names.ts';

/** Parameters of OpenID Connect; oidc-provider refuses them without `openid`, Auth0 ignores them. */
const OIDC_PARAMETERS = ['nonce', 'max_age', 'acr_values', 'id_token_hint', 'claims'];

/** Auth0 docs, "Security controls for third-party applications"; also `ext-…`. `response_mode` is left to oidc-provider. */
const PARAMETERS_OF_THIRD_PARTIES = new Set([
  'acr_values',
  'audience',
  'authorization_details',
  'client_id',
  'code_challenge',
  'display',
  'nonce',
  // In neither list; that it is allowed follows from "Troubleshoot third-party applications".
  'organization',
  'code_challenge_method',
  'connection',
  'correlation_id',
  'dpop_jkt',
  'login_hint',
  'max_age',
  'prompt',
  'redirect_uri',
  'resource',
  'response_type',
  'scope',
  'state',
  'ui_locales',
  WANTS_OFFLINE_ACCESS,
]);

function isForThirdParties(parameter: string): boolean {
  return PARAMETERS_OF_THIRD_PARTIES.has(parameter) || parameter.startsWith('ext-');
}

/** GET /authorize: converts Auth0's parameters into those of oidc-provider. */
export function authorize({ store }: AuthenticationServices) {
  return async function translateAuthorizeRequest(ctx: Context, next: () => Promise<void>): Promise<void> {
    if (ctx.method !== 'GET' || ctx.path !== '/authorize') return next();
    const query = new URLSearchParams(ctx.querystring);
    query.delete(WANTS_OFFLINE_ACCESS);
    const client = clientNamed(store, query.get('client_id'));
    if (client) query.set('client_id', client.client_id);
    const audience = requestedAudience(store, query);
    query.delete('audience');
    query.delete('resource');
    if (audience !== undefined) query.set('resource', resourceOf(audience));
    const scopes = new Set((query.get('scope') ?? '').split(' ').filter(Boolean));
    if (isStrict(client)) {
      const unknown = [...query.keys()].find((name) => !isForThirdParties(name));
      if (unknown !== undefined) return refuseParameter(ctx, unknown);
      if (audience === undefined) return refuseWithoutApi(ctx, client);
      for (const scope of OIDC_SCOPES) if (scope !== 'offline_access') scopes.delete(scope);
    }
    if (!scopes.has('openid')) for (const name of OIDC_PARAMETERS) query.delete(name);
    if (wantsOfflineAccess(store, scopes, audience)) query.set(WANTS_OFFLINE_ACCESS, '1');
    scopes.delete('offline_access');
    if (audience !== undefined) scopes.add(SIGN_IN_SCOPE);
    if (scopes.size > 0) query.set('scope', [...scopes].join(' '));
    else query.delete('scope');
    ctx.querystring = query.toString();
    return next();
  };
}

/**
 * `audience` is Auth0's; `resource` (RFC 8707) means the same if the account's profile says so (Auth0 docs, "Resource Parameter
 * Compatibility Profile"); a trailing slash is ignored, because MCP clients add one.
 */
export function requestedAudience(store: Store, query: URLSearchParams): string | undefined {
  const audience = query.get('audience');
  if (audience !== null && audience !== '') return audience;
  if (tenantSettings(store).resource_parameter_profile === 'audience') return undefined;
  const resource = query.get('resource');
  if (resource === null || resource === '') return undefined;
  const forms = [resource, resource.endsWith('/') ? resource.slice(0, -1) : `${resource}/`];
  return forms.find((one) => store.resourceServers.count('identifier', one) > 0) ?? resource;
}

/** An API can disallow offline access. */
function wantsOfflineAccess(store: Store, scopes: Set<string>, audience: string | undefined): boolean {
  if (!scopes.has('offline_access')) return false;
  return (
    audience === undefined ||
    store.resourceServers.first('identifier', audience)?.allow_offline_access !== false
  );
}

/** Without OpenID Connect, access to an API must be requested. Guessed: Auth0 documents no text for this. */
function refuseWithoutApi(ctx: Context, client: Client | undefined): void {
  sendErrorPage(ctx, {
    status: 403,
    error: 'unauthorized_client',
    error_description: `Third-party client "${client?.client_id ?? ''}" has to name an API in "audience".`,
  });
}

/** Code documented, wording guessed. */
function refuseParameter(ctx: Context, name: string): void {
  sendErrorPage(ctx, {
    status: 400,
    error: 'invalid_request',
    error_description: `The parameter "${name}" is not supported for third-party applications.`,
  });
}
