import type { Principal } from './principal.ts';
import { FIELD, refusalFor, type Headers } from './refusal.ts';
import type { PrincipalVerifier } from './verifier.ts';

/** What is used of Fastify's request and reply. */
interface Request {
  headers: Headers;
}
interface Reply {
  code(status: number): unknown;
  headers(fields: Record<string, string>): unknown;
  send(body: string): unknown;
}

/**
 * `app.addHook('onRequest', fastifyPrincipal(verifier))`: sets `request.principal`, or answers 401, or 503 without
 * keys.
 */
export function fastifyPrincipal(verifier: PrincipalVerifier) {
  return async function principal(
    request: Request & { principal?: Principal },
    reply: Reply,
  ): Promise<unknown> {
    try {
      request.principal = await verifier.verify(request.headers[FIELD]);
      return undefined;
    } catch (error) {
      const { status, fields, body } = refusalFor(error);
      reply.code(status);
      reply.headers(fields);
      reply.send(body);
      // A hook that has answered returns the reply: what follows is left out.
      return reply;
    }
  };
}
