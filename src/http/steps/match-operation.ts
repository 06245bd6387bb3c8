/** Finds the operation. `@koa/router` holds exactly one route per operation of the contract. */
import Router from '@koa/router';
import type { Contract, OperationDescription, OperationId } from '../../contract/load-contract.ts';
import { operations } from '../../operations/index.ts';
import { Problem } from '../../problem.ts';
import { isPercentEncoded } from '../percent-encoding.ts';
import type { Services } from '../../services.ts';
import type { MatchedOperation, Step } from '../state.ts';

export function createRouter({ operations }: Contract): Router {
  // Paths match exactly as in the contract, because proxies in front may have rules for paths.
  const router = new Router({ sensitive: true, strict: true });
  for (const [id, { path, method }] of operations)
    router.register(path.replaceAll(/\{(\w+)\}/g, ':$1'), [method], () => undefined, { name: id });
  return router;
}

/** @throws when an operation has no handler, or a handler no operation; the process then does not start */
export function matchOperation(services: Services, router: Router): Step {
  const { contract, validators } = services;
  refuseMismatch([...contract.operations.keys()], Object.keys(operations));
  const all = [...new Set([...contract.operations.values()].map(({ method }) => method.toUpperCase()))];
  const known = new Map<string | undefined, MatchedOperation>();
  for (const [id, description] of contract.operations) {
    known.set(id, {
      description,
      validators: validators.forOperation(description),
      handler: operations[id],
      heedsIdempotencyKey: description.parameters.some(({ name }) => name === 'Idempotency-Key'),
      supportsPrefer: description.parameters.some(({ name }) => name === 'Prefer'),
      offers: offersOf(description),
    });
  }

  return async (ctx, next) => {
    const { path, pathAndMethod } = router.match(ctx.path, ctx.method);
    const layer = pathAndMethod.at(-1);
    const matched = known.get(layer?.name);
    if (!layer || !matched) {
      const methods = ctx.path === '*' ? all : path.flatMap((other) => other.methods);
      if (methods.length === 0) throw new Problem('not_found');
      const allowed = new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']);
      const headers = { Allow: [...allowed].sort().join(', ') };
      if (ctx.method !== 'OPTIONS') throw new Problem('method_not_allowed', { headers });
      // RFC 9110 section 9.3.7.
      ctx.status = 204;
      ctx.set(headers);
      return;
    }
    // The router passes on what it cannot decode; no operation has such a path.
    if (!isPercentEncoded(ctx.path)) throw new Problem('not_found');
    ctx.state.matched = matched;
    ctx.state.path = layer.params(ctx.path, layer.captures(ctx.path));
    await next();
  };
}

/** Distinct media types of the success answers; none if a redirect without content is one, which suits any `Accept`. */
function offersOf({ answers }: OperationDescription): string[] {
  const isRedirect = (status: number) => status === 302 || status === 303;
  if ([...answers].some(([status, { schemaPointers }]) => isRedirect(status) && schemaPointers.size === 0))
    return [];
  const types = [...answers].flatMap(([status, { schemaPointers }]) =>
    status < 400 ? [...schemaPointers.keys()] : [],
  );
  return [...new Set(types)];
}

export function refuseMismatch(described: OperationId[], handled: string[]): void {
  const missing = described.filter((id) => !handled.includes(id));
  const unknown = handled.filter((id) => !described.some((other) => other === id));
  if (missing.length + unknown.length === 0) return;
  const list = (label: string, ids: string[]) => (ids.length > 0 ? ` ${label}: ${ids.join(', ')}.` : '');
  throw new Error(
    `Contract and handlers differ.${list('Operations without a handler', missing)}${list('Handlers without an operation', unknown)}`,
  );
}
