import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import { sendErrorPage } from './pages/error-page.ts';
import type { AuthenticationServices } from './authentication-services.ts';

/**
 * GET /v2/logout (`returnTo`) and GET /oidc/logout (`post_logout_redirect_uri`): ends the session, then redirects to a URL that the client
 * allows (Auth0 docs, "Log users out of Auth0").
 */
export function logout({ store, logs }: AuthenticationServices, provider: Provider) {
  return async function answerLogout(ctx: Context): Promise<void> {
    const { client_id: clientId, returnTo, post_logout_redirect_uri: postLogout, state } = queryOf(ctx);
    const target = returnTo ?? postLogout;
    const client = store.clients.get(clientId ?? '');
    // The session ends even if the rest of the request is invalid.
    const session = await provider.Session.get(ctx);
    if (session.accountId !== undefined) {
      logs.write({ type: 'slo', client_id: clientId ?? '', user_id: session.accountId, ip: ctx.ip });
      await session.destroy();
    }
    ctx.cookies.set(provider.cookieName('session'), null, { signed: true });
    if (target === undefined) {
      ctx.body = 'OK';
      return;
    }
    // Strict third-party clients cannot sign users out (Auth0 docs, "Security controls for third-party applications").
    const allowed = client?.is_first_party === false ? [] : (client?.allowed_logout_urls ?? []);
    if (!allowed.some((one) => one === target || one === target.replace(/\/$/, '')))
      return sendErrorPage(ctx, {
        status: 400,
        error: 'invalid_request',
        error_description: `The "returnTo" querystring parameter "${target}" is not defined as a valid URL in "Allowed Logout URLs".`,
      });
    ctx.status = 302;
    ctx.set('location', state === undefined ? target : withState(target, state));
  };
}

function withState(target: string, state: string): string {
  const url = new URL(target);
  url.searchParams.set('state', state);
  return url.href;
}

function queryOf(ctx: Context): Record<string, string | undefined> {
  return Object.fromEntries(new URLSearchParams(ctx.querystring));
}
