import { jwtVerify } from 'jose';
import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import { claimsAbout } from './accounts.ts';
import { refuseForLimit } from './authentication-limits.ts';
import { allowAnyOrigin } from './cross-origin.ts';
import type { AuthenticationServices } from './authentication-services.ts';

/** GET and POST /userinfo, for tokens with the scope `openid`: opaque ones, and JWTs for an API that include it in `aud`. */
export function userinfo({ store, issuer, keys, limits, now }: AuthenticationServices, provider: Provider) {
  return async function answerUserinfo(ctx: Context): Promise<void> {
    allowAnyOrigin(ctx);
    const token = /^Bearer (\S+)$/i.exec(ctx.get('authorization'))?.[1];
    const subject = token === undefined ? undefined : await read(token);
    const user = subject && store.users.get(subject.userId);
    if (!subject || !user || !subject.scopes.has('openid')) {
      ctx.status = 401;
      ctx.set('www-authenticate', 'Bearer realm="Users", error="invalid_token"');
      ctx.body = 'Unauthorized';
      return;
    }
    const { headers, refusal } = limits().userinfo(
      { method: ctx.method, path: ctx.path, ip: ctx.ip, userAgent: ctx.get('user-agent') },
      subject.userId,
    );
    ctx.set(headers);
    if (refusal !== undefined) return refuseForLimit(ctx, refusal);
    ctx.body = claimsAbout(user, subject.scopes);
  };

  async function read(token: string): Promise<{ userId: string; scopes: Set<string> } | undefined> {
    if (!token.includes('.')) {
      const known = await provider.AccessToken.find(token);
      return known && { userId: known.accountId, scopes: known.scopes };
    }
    try {
      const { payload } = await jwtVerify(
        token,
        ({ kid }) => keys.publicKey(kid) ?? Promise.reject(new Error('no key')),
        {
          issuer,
          audience: `${issuer}userinfo`,
          algorithms: ['RS256'],
          currentDate: new Date(now()),
        },
      );
      return { userId: payload.sub ?? '', scopes: new Set(String(payload['scope']).split(' ')) };
    } catch {
      return undefined;
    }
  }
}
