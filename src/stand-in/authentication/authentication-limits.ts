import type { Context } from 'koa';
import type { AuthenticationServices } from './authentication-services.ts';

/** Other pages are not counted: which of its pages Auth0 counts is not documented. */
const LIMITED = new Set([
  '/authorize',
  '/oauth/token',
  '/oauth/revoke',
  '/oidc/register',
  '/userinfo',
  '/v2/logout',
  '/oidc/logout',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/.well-known/jwks.json',
]);

/** Rate limits of everything except the Management API (Auth0 docs, "Rate limit configurations"), and a count of admitted requests. */
export function authenticationLimits(
  { limits }: AuthenticationServices,
  count: (operation: string, status: number) => void,
) {
  return async function limitAuthenticationCall(ctx: Context, next: () => Promise<void>): Promise<void> {
    const { method, path } = ctx;
    if (!LIMITED.has(path) || method === 'OPTIONS') return next();
    const { headers, refusal } = limits().authentication({
      method,
      path,
      ip: ctx.ip,
      userAgent: ctx.get('user-agent'),
    });
    ctx.set(headers);
    if (refusal !== undefined) return refuseForLimit(ctx, refusal);
    await next();
    count(`${method} ${path}`, ctx.status);
  };
}

/** Guessed from the 429 of custom rate limit policies; in 2022 `/oauth/token` was seen to answer 500 with the same text. */
export function refuseForLimit(ctx: Context, description: string): void {
  ctx.status = 429;
  ctx.set('access-control-allow-origin', '*');
  ctx.body = { error: 'too_many_requests', error_description: description };
}
