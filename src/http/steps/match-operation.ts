/** Finds the operation. `@koa/router` holds one route per operation of the contract and nothing else. */
import Router from '@koa/router';
import type { Contract, OperationId } from '../../contract/load-contract.ts';
import { operations } from '../../operations/index.ts';
import { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import type { MatchedOperation, Step } from '../state.ts';

export function createRouter({ operations }: Contract): Router {
  const router = new Router();
  for (const [id, { path, method }] of operations)
    router.register(path.replaceAll(/\{(\w+)\}/g, ':$1'), [method], () => undefined, { name: id });
  return router;
}

/** @throws when an operation has no handler, or a handler no operation: the process then refuses to start */
export function matchOperation(services: Services, router: Router): Step {
  const { contract, validators } = services;
  refuseMismatch([...contract.operations.keys()], Object.keys(operations));
  const known = new Map<string, MatchedOperation>();
  for (const [id, description] of contract.operations) {
    known.set(id, {
      description,
      validators: validators.forOperation(description),
      handler: operations[id],
      heedsIdempotencyKey: description.parameters.some(({ name }) => name === 'Idempotency-Key'),
      heedsPrefer: description.parameters.some(({ name }) => name === 'Prefer'),
      offers: [...description.answers].flatMap(([status, { schemaPointers }]) =>
        status < 400 ? [...schemaPointers.keys()] : [],
      ),
    });
  }

  return async (ctx, next) => {
    const { path, pathAndMethod } = router.match(ctx.path, ctx.method);
    const layer = pathAndMethod.at(-1);
    if (!layer) {
      if (path.length === 0) throw new Problem('not_found');
      const allowed = [...new Set(path.flatMap((other) => other.methods))];
      throw new Problem('method_not_allowed', {
        headers: { Allow: [...allowed, 'OPTIONS'].sort().join(', ') },
      });
    }
    ctx.state.matched = known.get(layer.name!)!;
    ctx.state.path = readPath(() => layer.params(ctx.path, layer.captures(ctx.path)));
    await next();
  };
}

/** A path that is no valid percent-encoding leads nowhere. */
function readPath(read: () => Record<string, string>): Record<string, string> {
  try {
    return read();
  } catch (cause) {
    throw new Problem('not_found', { cause });
  }
}

export function refuseMismatch(described: OperationId[], handled: string[]): void {
  const missing = described.filter((id) => !handled.includes(id));
  const unknown = handled.filter((id) => !(described as string[]).includes(id));
  if (missing.length + unknown.length === 0) return;
  const list = (label: string, ids: string[]) => (ids.length > 0 ? ` ${label}: ${ids.join(', ')}.` : '');
  throw new Error(
    `Contract and handlers differ.${list('Operations without a handler', missing)}${list('Handlers without an operation', unknown)}`,
  );
}
