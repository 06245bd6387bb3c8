import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import type { AuthenticationServices } from './authentication-services.ts';
import { settleAssertion } from './client-assertion.ts';
import { readForm, replaceBody, UnreadableBody } from './form-body.ts';

/** POST /oauth/revoke: refresh tokens only, as a form or JSON (Auth0 docs, "Revoke refresh tokens"). */
export function revoke(services: AuthenticationServices, provider: Provider) {
  const { logs } = services;
  const failures = new WeakMap<object, Error>();
  provider.on('revocation.error', (ctx, error) => failures.set(ctx, error));

  return async function translateRevocation(ctx: Context, next: () => Promise<void>): Promise<void> {
    if (ctx.method !== 'POST' || ctx.path !== '/oauth/revoke') return next();
    let form: Record<string, string>;
    try {
      form = await readForm(ctx);
    } catch (error) {
      if (!(error instanceof UnreadableBody)) throw error;
      ctx.status = 400;
      ctx.body = { error: 'invalid_request', error_description: 'Invalid request body' };
      return;
    }
    await settleAssertion(services, form);
    replaceBody(ctx, form);
    await next();
    const failure = failures.get(ctx);
    if (failure && ctx.status === 401) {
      ctx.remove('www-authenticate');
      ctx.body = { error: 'invalid_client', error_description: 'Unauthorized' };
    }
    if (!failure) logs.write({ type: 'srrt', client_id: form['client_id'] ?? '', ip: ctx.ip });
  };
}
