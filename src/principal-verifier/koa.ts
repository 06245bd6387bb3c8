import type { Principal } from './principal.ts';
import { FIELD, refusalFor } from './refusal.ts';
import type { PrincipalVerifier } from './verifier.ts';

/** What is used of Koa's context. */
interface Context {
  state: { principal?: Principal };
  status: number;
  body: unknown;
  get(field: string): string;
  set(fields: Record<string, string>): void;
}

/** `app.use(koaPrincipal(verifier))`: sets `ctx.state.principal`, or answers 401, or 503 without keys. */
export function koaPrincipal(verifier: PrincipalVerifier) {
  return async function principal(ctx: Context, next: () => Promise<unknown>): Promise<void> {
    try {
      ctx.state.principal = await verifier.verify(ctx.get(FIELD));
    } catch (error) {
      const { status, fields, body } = refusalFor(error);
      ctx.status = status;
      ctx.body = body;
      ctx.set(fields);
      return;
    }
    await next();
  };
}
