import type { Context } from 'koa';
import { tenantSettings } from '../management/tenant-settings/tenant-settings.ts';
import type { Store } from '../store/store.ts';

/**
 * Authorization responses have `iss` (RFC 9207), and metadata announce it, only if the account enables it; oidc-provider always does both.
 * That errors have it as well is guessed: no response of a real account was seen.
 */
export function withoutIssuer(store: Store) {
  return async function takeIssuerAway(ctx: Context, next: () => Promise<void>): Promise<void> {
    await next();
    if (tenantSettings(store).authorization_response_iss_parameter_supported === true) return;
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
  };
}
