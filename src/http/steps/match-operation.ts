/** Finds the operation. `@koa/router` holds exactly one route per operation of the contract. */
import Router from '@koa/router';
import type { Contract, OperationDescription, OperationId } from '../../contract/load-contract.ts';
import { operations } from '../../operations/index.ts';
import { Problem } from '../../problem.ts';
import { isPercentEncoded } from '../percent-encoding.ts';
import type { Services } from '../../services.ts';
import type { Context, HeaderFields, MatchedOperation, Step } from '../state.ts';
import type { SecurityHeaders } from './security-headers.ts';

/** Also before a request was matched, and for one that never is. @param method of HTTP, upper case */
export type FindOperation = (path: string, method: string) => MatchedOperation | undefined;

export interface Matcher extends FindOperation {
  /** Path parameters of a path that the operation was found by. */
  parametersOf(path: string, method: string): Record<string, string>;
  /** Methods of the operations that a path has; `*`: of all operations. */
  methodsAt(path: string): string[];
}

/**
 * @param secure header fields of each answer
 * @throws when an operation has no handler, or a handler no operation; the process then does not start
 */
export function createMatcher(
  { contract, validators }: Pick<Services, 'contract' | 'validators'>,
  secure: SecurityHeaders,
  stepsOf: (operation: Omit<MatchedOperation, 'steps'>) => Step[],
): Matcher {
  const own = [...contract.operations.values()].filter(({ service }) => service === undefined);
  refuseMismatch(
    own.map(({ id }) => id),
    Object.keys(operations),
  );
  const router = createRouter(contract);
  const known = new Map<string | undefined, MatchedOperation>();
  /** By method and path, of paths without parameters: the router tries one pattern after the other. */
  const fixed = new Map<string, MatchedOperation>();
  for (const [id, description] of contract.operations) {
    const offers = offersOf(description);
    const operation = {
      description,
      validators: validators.forOperation(description),
      handler: description.service === undefined ? operations[id] : undefined,
      heedsIdempotencyKey: description.parameters.some(({ name }) => name === 'Idempotency-Key'),
      offers,
      fields: [...(hasPages(description) ? secure.page : secure.data), ...fieldsOf(description, offers)],
    };
    const matched = { ...operation, steps: stepsOf(operation) };
    known.set(id, matched);
    if (description.path.includes('{')) continue;
    const method = description.method.toUpperCase();
    for (const one of method === 'GET' ? ['GET', 'HEAD'] : [method])
      fixed.set(`${one} ${description.path}`, matched);
  }
  const layerOf = (path: string, method: string) => router.match(path, method).pathAndMethod.at(-1);
  const all = [...new Set([...contract.operations.values()].map(({ method }) => method.toUpperCase()))];
  const find: FindOperation = (path, method) =>
    fixed.get(`${method} ${path}`) ?? known.get(layerOf(path, method)?.name);
  return Object.assign(find, {
    parametersOf(path: string, method: string) {
      const layer = layerOf(path, method);
      return layer ? layer.params(path, layer.captures(path)) : {};
    },
    methodsAt: (path: string) =>
      path === '*' ? all : router.match(path, 'GET').path.flatMap(({ methods }) => methods),
  });
}

function createRouter({ operations }: Contract): Router {
  // Paths match exactly as in the contract, because proxies in front may have rules for paths.
  const router = new Router({ sensitive: true, strict: true });
  for (const [id, { path, method }] of operations)
    router.register(patternOf(path), [method], () => undefined, { name: id });
  return router;
}

/** The router gives `:`, `*` and others a meaning of their own, which paths of services (`/orders/{id}:cancel`) do not. */
const patternOf = (path: string): string =>
  path.replaceAll(/\{(\w+)\}|[\\:*?+!()[\]{}]/g, (text, name?: string) =>
    name === undefined ? `\\${text}` : `:"${name}"`,
  );

export const matchOperation =
  (matcher: Matcher): Step =>
  (ctx) => {
    const matched = matcher(ctx.path, ctx.method);
    if (!matched) return answerWithout(ctx, matcher.methodsAt(ctx.path));
    // The router passes on what it cannot decode; no operation has such a path.
    if (!isPercentEncoded(ctx.path)) throw new Problem('not_found');
    ctx.state.matched = matched;
    ctx.state.path = hasParameters(matched) ? matcher.parametersOf(ctx.path, ctx.method) : {};
  };

function answerWithout(ctx: Context, methods: string[]): void {
  if (methods.length === 0) throw new Problem('not_found');
  const allowed = new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']);
  const headers = { Allow: [...allowed].sort().join(', ') };
  if (ctx.method !== 'OPTIONS') throw new Problem('method_not_allowed', { headers });
  // RFC 9110 section 9.3.7.
  ctx.status = 204;
  ctx.set(headers);
  ctx.state.isAnswered = true;
}

const hasParameters = ({ description }: MatchedOperation): boolean => description.path.includes('{');

const hasPages = ({ answers }: OperationDescription): boolean =>
  [...answers.values()].some(({ schemaPointers }) => schemaPointers.has('text/html'));

function fieldsOf({ security, parameters }: OperationDescription, offers: string[]): HeaderFields {
  // RFC 9110 section 12.5.5: a shared cache must not serve one caller's representation to another.
  const vary = ['Origin', ...(offers.length > 1 ? ['Accept'] : [])];
  if (parameters.some(({ name }) => name === 'Prefer')) vary.push('Prefer');
  return ['Vary', vary.join(', '), ...(security.size > 0 ? ['Cache-Control', 'no-store'] : [])];
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
