/** Where the Actions of an account run: at the end of a sign-in, with a refresh token, and for client credentials. */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { credentialsExchangeEvent, postLoginEvent, type Parties } from '../actions/events.ts';
import { emptyOutcome, runTrigger, type Outcome } from '../actions/run-trigger.ts';
import { managementAudience } from '../management/access-tokens.ts';
import { patched } from '../management/patched.ts';
import type { Client, Organization, ResourceServer, StoredUser } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { withoutSignInScope } from './grantable-scopes.ts';
import { OAuthError } from './oauth-error.ts';
import { audienceOf } from './resource-names.ts';

/** Our member of oidc-provider's grants: what Actions decided at the sign-in holds for the tokens of its code. */
export const OUTCOME_OF_ACTIONS = 'actions';

interface SignInParties {
  client: Client;
  user: StoredUser;
  organization: Organization | undefined;
}

/**
 * Runs the Actions of post-login. Metadata are changed even if access is denied (Auth0 docs, "Post-login API object"), after all of them:
 * none of them finds the changes in its `event`.
 */
export async function runPostLogin(
  services: AuthenticationServices,
  ctx: KoaContextWithOIDC,
  { client, user, organization }: SignInParties,
  isRefresh = false,
): Promise<Outcome> {
  const parties = { ...partiesOf(services, ctx, client, apiOf(services.store, ctx)), organization };
  const event = postLoginEvent(services.store, user, parties, isRefresh);
  const outcome = await runTrigger(services, 'post-login', event);
  changeMetadata(services, user, outcome);
  keepOutcome(ctx, outcome);
  return outcome;
}

/** @throws OAuthError as `api.access.deny` and failures end a sign-in (Auth0 docs, "Post-login API object") */
export async function runPostLoginOfSignIn(
  services: AuthenticationServices,
  ctx: KoaContextWithOIDC,
  parties: SignInParties,
): Promise<void> {
  const { denied } = await runPostLogin(services, ctx, parties);
  if (denied) throw new OAuthError(403, denied.code, denied.reason);
  await ctx.oidc.entities.Grant?.save();
}

/** @throws OAuthError; statuses are guessed. Tokens for the Management API get no claims: its Actions are not run, which is guessed too */
export async function runCredentialsExchange(
  services: AuthenticationServices,
  ctx: KoaContextWithOIDC,
  {
    client,
    server,
    organization,
  }: { client: Client; server: ResourceServer; organization: Organization | undefined },
): Promise<Outcome> {
  if (server.identifier === managementAudience(services.issuer)) return emptyOutcome();
  const parties = { ...partiesOf(services, ctx, client, server), organization };
  const outcome = await runTrigger(services, 'credentials-exchange', credentialsExchangeEvent(parties));
  const { denied, executionId } = outcome;
  if (executionId !== undefined) EXECUTIONS.set(ctx, executionId);
  if (!denied) return outcome;
  const status = denied.code === 'server_error' ? 500 : denied.code === 'access_denied' ? 403 : 400;
  throw new OAuthError(status, denied.code, denied.reason);
}

/** Of requests without a sign-in, which keep nothing else of their Actions. */
const EXECUTIONS = new WeakMap<KoaContextWithOIDC, string>();

/** Which execution the log tells of: that of this request, or of the sign-in that its code or token came of. */
export function executionOf(ctx: KoaContextWithOIDC): string | undefined {
  return EXECUTIONS.get(ctx) ?? outcomeOf(ctx).executionId;
}

/** What Actions decided for the tokens that are issued now. */
export function outcomeOf({ oidc }: KoaContextWithOIDC): Outcome {
  const grant = oidc.entities.Grant as { [OUTCOME_OF_ACTIONS]?: Outcome } | undefined;
  return grant?.[OUTCOME_OF_ACTIONS] ?? emptyOutcome();
}

function keepOutcome({ oidc }: KoaContextWithOIDC, outcome: Outcome): void {
  if (oidc.entities.Grant) Object.assign(oidc.entities.Grant, { [OUTCOME_OF_ACTIONS]: outcome });
}

/** Adds claims to id tokens, for which oidc-provider has no setting: those of its `claims` are limited to named ones. */
export function addIdTokenClaims(provider: Provider): void {
  const { prototype } = provider.IdToken as unknown as { prototype: IdTokenMethods };
  const { payload } = prototype;
  prototype.payload = async function withClaims(this: { ctx?: KoaContextWithOIDC }) {
    const claims = this.ctx?.oidc.entities.Grant ? outcomeOf(this.ctx).idTokenClaims : {};
    return { ...claims, ...(await payload.call(this)) };
  };
}

interface IdTokenMethods {
  payload: (this: { ctx?: KoaContextWithOIDC }) => Promise<Record<string, unknown>>;
}

function partiesOf(
  { issuer }: AuthenticationServices,
  ctx: KoaContextWithOIDC,
  client: Client,
  server: ResourceServer | undefined,
): Omit<Parties, 'organization'> {
  const parameters = ctx.oidc.params ?? {};
  const { grant_type, audience, scope } = parameters;
  const isTokenRequest = ctx.method === 'POST';
  return {
    issuer,
    client,
    server,
    parameters,
    scopes: withoutSignInScope(typeof scope === 'string' ? scope : undefined),
    request: {
      ip: ctx.ip,
      method: ctx.method,
      hostname: ctx.hostname,
      user_agent: ctx.get('user-agent'),
      query: isTokenRequest ? {} : { ...ctx.query },
      // Never the whole one: it has secrets and tokens.
      body: isTokenRequest ? { grant_type, audience, client_id: client.client_id, scope } : {},
    },
  };
}

function apiOf(store: Store, { oidc }: KoaContextWithOIDC): ResourceServer | undefined {
  const grant = oidc.entities.RefreshToken as { resource?: string | string[] } | undefined;
  const [resource] = [...Object.keys(oidc.resourceServers ?? {}), grant?.resource ?? []].flat();
  return resource === undefined ? undefined : store.resourceServers.first('identifier', audienceOf(resource));
}

function changeMetadata(
  { store, now }: AuthenticationServices,
  { profile: { user_id } }: StoredUser,
  { appMetadata, userMetadata }: Outcome,
): void {
  const user = store.users.get(user_id);
  if (!user || Object.keys({ ...appMetadata, ...userMetadata }).length === 0) return;
  const { profile } = user;
  const changed = {
    ...(Object.keys(appMetadata).length > 0 && {
      app_metadata: patched(profile.app_metadata ?? {}, appMetadata),
    }),
    ...(Object.keys(userMetadata).length > 0 && {
      user_metadata: patched(profile.user_metadata ?? {}, userMetadata),
    }),
  };
  store.users.put({
    ...user,
    profile: { ...profile, ...changed, updated_at: new Date(now()).toISOString() },
  });
}
