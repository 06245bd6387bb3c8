import type { Context } from 'koa';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { mayRedirect } from './client-traits.ts';
import { sendErrorPage } from './pages/error-page.ts';
import type { Store } from '../store/store.ts';

/**
 * With open redirect protection, errors are shown on a page instead of being sent to the application (Auth0 docs, "Security controls for
 * third-party applications"). The status is guessed.
 */
export function errorsStayHere(store: Store) {
  return async function keepErrors(ctx: Context, next: () => Promise<void>): Promise<void> {
    await next();
    const location = ctx.response.get('location');
    const { oidc } = ctx as Partial<KoaContextWithOIDC>;
    const client = store.clients.get(oidc?.client?.clientId ?? '');
    if (!client || mayRedirect(client) || !URL.canParse(location)) return;
    const { searchParams } = new URL(location);
    const error = searchParams.get('error');
    if (error === null || searchParams.has('code')) return;
    ctx.remove('location');
    const description = searchParams.get('error_description');
    sendErrorPage(ctx, {
      status: 400,
      error,
      ...(description !== null && { error_description: description }),
    });
  };
}
