import type { Context } from 'koa';
import { errors, type default as Provider, type KoaContextWithOIDC } from 'oidc-provider';
import { spendTokenQuota } from '../limits/token-quota.ts';
import type { LogType } from '../log-book.ts';
import type { Client } from '../store/records.ts';
import { readForm, replaceBody, UnreadableBody } from './form-body.ts';
import { OAuthError } from './oauth-error.ts';
import { requestedAudience } from './authorize.ts';
import { settleAssertion } from './client-assertion.ts';
import { SIGN_IN_SCOPE, withoutSignInScope } from './grantable-scopes.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { audienceOf, resourceOf } from './resource-names.ts';
import { executionOf } from './run-actions.ts';

/** Log event types for success and failure of a grant (Auth0 docs, "Log event type codes"). */
const LOG_TYPES: Record<string, { success: LogType; failure: LogType; name: string }> = {
  authorization_code: { success: 'seacft', failure: 'feacft', name: 'Authorization code for access token' },
  client_credentials: { success: 'seccft', failure: 'feccft', name: 'Client credentials for access token' },
  refresh_token: { success: 'sertft', failure: 'fertft', name: 'Refresh token for access token' },
};

interface TokenFailure {
  status: number;
  error: string;
  error_description: string;
}

/** POST /oauth/token: Auth0's dialect of requests and errors around oidc-provider's endpoint. */
export function token(services: AuthenticationServices, provider: Provider) {
  const { store, logs } = services;
  const failures = new WeakMap<object, Error>();
  provider.on('grant.error', (ctx, error) => failures.set(ctx, error));
  provider.on('server_error', (ctx, error) => failures.set(ctx, error));

  return async function translateTokenRequest(ctx: Context, next: () => Promise<void>): Promise<void> {
    if (ctx.method !== 'POST' || ctx.path !== '/oauth/token') return next();
    let form: Record<string, string>;
    try {
      form = await readForm(ctx);
    } catch (error) {
      if (!(error instanceof UnreadableBody)) throw error;
      return answerFailure(ctx, {
        status: 400,
        error: 'invalid_request',
        error_description: 'Invalid request body',
      });
    }
    await settleAssertion(services, form);
    await translate(services, provider, ctx, form);
    replaceBody(ctx, form);
    await next();
    const failure = failures.get(ctx);
    if (!failure) setScope(ctx.body as TokenAnswer);
    if (failure) answerFailure(ctx, inAuth0Words(failure, form));
    else if (form['grant_type'] === 'client_credentials') spendQuota(services, ctx, form);
    log(ctx, form, failure);
  };

  function log(ctx: Context, form: Record<string, string>, failure: Error | undefined): void {
    const types = LOG_TYPES[form['grant_type'] ?? ''];
    if (!types) return;
    const client = store.clients.get(clientIdOf(ctx, form));
    const { entities } = (ctx as KoaContextWithOIDC).oidc;
    const execution = executionOf(ctx as KoaContextWithOIDC);
    const { scope, error_description: refusal } = (ctx.body ?? {}) as {
      scope?: string;
      error_description?: string;
    };
    logs.write({
      type: failure && isReuse(failure) ? 'ferrt' : refusal === undefined ? types.success : types.failure,
      description: refusal ?? types.name,
      client_id: clientIdOf(ctx, form),
      client_name: client?.name ?? '',
      ip: ctx.ip,
      user_agent: ctx.get('user-agent'),
      ...(entities.Account && { user_id: entities.Account.accountId }),
      ...(form['resource'] !== undefined && { audience: audienceOf(form['resource']) }),
      ...(scope !== undefined && { scope }),
      ...(execution !== undefined && { details: { actions: { executions: [execution] } } }),
    });
  }
}

/** Revokes a token beyond the quota before it is sent. Header, body and status: Auth0 docs, "Fine-grained M2M token quotas". */
function spendQuota(services: AuthenticationServices, ctx: Context, form: Record<string, string>): void {
  const client = services.store.clients.get(clientIdOf(ctx, form));
  const verdict = client && spendTokenQuota(services, client);
  if (!verdict) return;
  ctx.set(verdict.headers);
  if (verdict.retryAfter === undefined) return;
  ctx.set('retry-after', String(verdict.retryAfter));
  answerFailure(ctx, {
    status: 429,
    error: 'too_many_requests',
    error_description: 'Client quota exceeded',
  });
}

async function translate(
  { store, now }: AuthenticationServices,
  provider: Provider,
  ctx: Context,
  form: Record<string, string>,
): Promise<void> {
  const audience = requestedAudience(store, new URLSearchParams(form));
  delete form['audience'];
  delete form['resource'];
  if (form['grant_type'] === 'client_credentials') {
    if (audience !== undefined) form['resource'] = resourceOf(audience);
  } else if (form['grant_type'] === 'refresh_token' && form['scope'] !== undefined) {
    // Auth0 returns the granted part of the requested scopes; oidc-provider would refuse the request.
    const known = await provider.RefreshToken.find(form['refresh_token'] ?? '', { ignoreExpiration: true });
    const scopes = form['scope'].split(' ').filter((scope) => known?.scopes.has(scope));
    if (scopes.length > 0)
      form['scope'] = [...scopes, SIGN_IN_SCOPE].filter((scope) => known?.scopes.has(scope)).join(' ');
    else delete form['scope'];
  }
  chooseSecret(ctx, form, store.clients.get(clientIdOf(ctx, form)), now());
}

/** A rotated refresh token was used again: it may have been stolen (Auth0 docs, "Refresh token rotation"). */
function isReuse(failure: Error): boolean {
  return failure instanceof errors.InvalidGrant && failure.error_detail === 'refresh token already used';
}

function parse(payload: string): unknown {
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
}

interface TokenAnswer {
  access_token?: string;
  scope?: string;
}

/** Sets `scope` to that of the token, which may differ from oidc-provider's; for an opaque token it is unchanged. */
function setScope(answer: TokenAnswer): void {
  const [, payload] = answer.access_token?.split('.') ?? [];
  const claims = payload === undefined ? answer : (parse(payload) as { scope?: string });
  const scopes = withoutSignInScope(claims.scope);
  if (scopes.length > 0) answer.scope = scopes.join(' ');
  else delete answer.scope;
}

/** Auth0 docs, "Rotate client secret": for some time either secret may be the accepted one. */
function chooseSecret(
  ctx: Context,
  form: Record<string, string>,
  client: Client | undefined,
  now: number,
): void {
  const { client_secret: current, previous_secret: previous } = client ?? {};
  if (!client || !previous || current === undefined || now >= previous.until) return;
  const presented = form['client_secret'] ?? basicCredentials(ctx)?.secret;
  const isNewRefused = previous.replacedAt !== undefined && now < previous.replacedAt;
  if (presented !== previous.value && !(presented === current && isNewRefused)) return;
  delete ctx.req.headers.authorization;
  const secret = presented === previous.value ? current : '';
  Object.assign(form, { client_id: client.client_id, client_secret: secret });
}

function clientIdOf(ctx: Context, form: Record<string, string>): string {
  return form['client_id'] ?? basicCredentials(ctx)?.id ?? '';
}

function basicCredentials(ctx: Context): { id: string; secret: string } | undefined {
  const encoded = /^Basic ([\w+/=-]+)$/i.exec(ctx.get('authorization'))?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  try {
    return { id: formDecode(id), secret: formDecode(secret.join(':')) };
  } catch {
    return undefined;
  }
}

/** RFC 6749, section 2.3.1: both halves are form-encoded. */
function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', '%20'));
}

function answerFailure(ctx: Context, { status, error, error_description }: TokenFailure): void {
  ctx.status = status;
  ctx.remove('www-authenticate');
  ctx.body = { error, error_description };
}

function inAuth0Words(failure: Error, form: Record<string, string>): TokenFailure {
  const grantType = form['grant_type'] ?? '';
  if (failure instanceof OAuthError) {
    const { statusCode: status, error, error_description: description } = failure;
    return { status, error, error_description: description ?? '' };
  }
  if (!(failure instanceof errors.OIDCProviderError))
    return { status: 500, error: 'server_error', error_description: 'The stand-in failed.' };
  const detail = failure.error_detail ?? '';
  switch (failure.error) {
    case 'invalid_client':
    case 'invalid_client_auth':
      // Public reports of this body for unknown clients and wrong secrets alike.
      return { status: 401, error: 'access_denied', error_description: 'Unauthorized' };
    case 'invalid_grant':
      // Guessed: RFC 9449 names no error for a proof that is missing.
      if (/DPoP/.test(failure.error_description ?? '') || /DPoP/.test(detail))
        return { status: 400, error: 'invalid_dpop_proof', error_description: 'A DPoP proof is required.' };
      return { status: 403, error: 'invalid_grant', error_description: invalidGrant(grantType, detail) };
    case 'unsupported_grant_type':
      return { status: 403, error: failure.error, error_description: `Unsupported grant type: ${grantType}` };
    case 'invalid_request':
      if (failure.error_description?.startsWith('requested grant type is not allowed'))
        return {
          status: 403,
          error: 'unauthorized_client',
          error_description: `Grant type '${grantType}' not allowed for the client.`,
        };
      if (failure.error_description?.startsWith('no client authentication'))
        return { status: 401, error: 'access_denied', error_description: 'Unauthorized' };
      return { status: 400, error: 'invalid_request', error_description: missingParameter(failure) };
    default:
      return {
        status: failure.statusCode,
        error: failure.error,
        error_description: failure.error_description ?? '',
      };
  }
}

function invalidGrant(grantType: string, detail: string): string {
  // Public reports of both texts; "Invalid authorization code" is recorded.
  if (grantType === 'refresh_token') return 'Unknown or invalid refresh token.';
  return /PKCE|code_verifier/i.test(detail) ? 'Failed to verify code verifier' : 'Invalid authorization code';
}

function missingParameter({ error_description: description = '' }: errors.OIDCProviderError): string {
  const name = /^missing required parameter.*?'(\w+)'/.exec(description)?.[1];
  return name === undefined ? description : `Missing required parameter: ${name}`;
}
