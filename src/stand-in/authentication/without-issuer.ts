import type { Context } from 'koa';

/**
 * Auth0 documents no `iss` in its authorization answers (RFC 9207), and promises none in its metadata; oidc-provider does both,
 * always. Guessed: no answer of a real account was seen.
 */
export async function withoutIssuer(ctx: Context, next: () => Promise<void>): Promise<void> {
  await next();
  if (ctx.path.startsWith('/.well-known/')) {
    delete (ctx.body as Record<string, unknown> | undefined)?.[
      'authorization_response_iss_parameter_supported'
    ];
  }
  const location = ctx.response.get('location');
  if (!URL.canParse(location)) return;
  const url = new URL(location);
  if (!url.searchParams.has('iss') || !(url.searchParams.has('error') || url.searchParams.has('code')))
    return;
  url.searchParams.delete('iss');
  ctx.set('location', url.href);
}
