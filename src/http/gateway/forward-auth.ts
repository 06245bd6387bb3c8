/** Forward authentication: a proxy asks whether it may pass a request on, and is answered for that request. */
import { LRUCache } from 'lru-cache';
import { isWithin } from '../../addresses.ts';
import type { PrincipalTokens } from '../../gateway/principal-token.ts';
import type { ServiceOperation } from '../../gateway/service.ts';
import type { ApiConfig } from '../../config.ts';
import { Problem } from '../../problem.ts';
import { fieldsWith } from '../header-fields.ts';
import type { Context, Step } from '../state.ts';
import { identify } from './identify.ts';
import { originalRequest } from './original-request.ts';

/** Of the requests that proxies can ask about. */
const Allow = 'DELETE, GET, HEAD, PATCH, POST, PUT';

/**
 * From here on the request is the original one. For others than FORWARD_AUTH_ADDRESSES there is no such path: the answer
 * to a caller that asks itself would be a token for the service.
 */
export function readOriginalRequest({ FORWARD_AUTH_ADDRESSES: allowed }: ApiConfig): Step {
  const proxies = new LRUCache<string, boolean>({
    max: 1_000,
    memoMethod: (address) => isWithin(address, allowed),
  });
  return function readOriginalRequest(ctx) {
    if (!ctx.req.url?.startsWith('/auth/')) return;
    const original = originalRequest({ method: ctx.method, url: ctx.req.url, headers: ctx.headers });
    if (!original) return;
    if (!proxies.memo(ctx.req.socket.remoteAddress ?? '')) throw new Problem('not_found');
    // Anybody is answered 204 to it (CORS), and proxies take that for a yes.
    if (original.method === 'OPTIONS') throw new Problem('method_not_allowed', { headers: { Allow } });
    ctx.state.asksFor = original.asksFor;
    ctx.req.method = original.method;
    ctx.req.url = original.url;
    ctx.state.instance = ctx.path;
  };
}

/** Proxies pass operations of this API on without asking. */
export const refuseDecision: Step = ({ state }) => {
  if (state.asksFor && state.matched.description.service === undefined) throw new Problem('not_found');
};

/** The service is sent what is in these fields; the body was not sent to us. */
export function answerDecision(operation: ServiceOperation, tokens: PrincipalTokens): Step {
  const fieldsOf = identify(operation, tokens);
  return function answerDecision(ctx) {
    if (!ctx.state.asksFor) return;
    // The proxy sends it; what comes of that is not seen here.
    ctx.state.isOutcomeUnknown = true;
    send(ctx, [...fieldsWith(ctx, undefined), ...fieldsOf(ctx), 'Content-Length', '0']);
  };
}

function send(ctx: Context, fields: string[]): void {
  ctx.res.writeHead(200, fields);
  ctx.respond = false;
  ctx.res.end();
  ctx.state.isAnswered = true;
}
