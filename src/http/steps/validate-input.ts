/** Validates path, query, headers and body against the contract; errors point to each invalid field. */
import { bareObject } from '../../contract/json-structure.ts';
import type { Fault } from '../../contract/validators.ts';
import { Problem, type FieldError } from '../../problem.ts';
import type { Context, MatchedOperation, Step } from '../state.ts';

export function validateInput({
  description,
  validators: { parameters, bodies },
}: Pick<MatchedOperation, 'description' | 'validators'>): Step {
  const isIn = (place: string) => description.parameters.some((parameter) => parameter.in === place);
  const lists = description.parameters.filter(({ in: place, list }) => place === 'query' && list);
  const [hasPath, hasQuery, hasFields] = [isIn('path'), isIn('query'), isIn('header')];
  return function validateInput(ctx) {
    const { path, body, bodyType, upload } = ctx.state;
    // A malformed id is answered like an unknown one.
    if (hasPath && parameters.path(path)) throw new Problem('not_found');
    // Query names come from the caller: without a prototype, names like `__proto__` are plain keys.
    const query = ctx.querystring === '' ? bareObject() : withLists(bare(ctx.query), lists);
    const errors = [
      ...(hasQuery || ctx.querystring !== '' ? located('query', parameters.query(query)) : []),
      ...(hasFields ? located('header', parameters.header(bare(ctx.headers))) : []),
      ...unsupportedConditions(ctx, description),
    ];
    if (errors.length > 0) throw new Problem('invalid_parameter', { errors });
    ctx.state.query = query;
    // A stream is validated chunk by chunk while it is ingested.
    const check = bodyType === undefined || upload ? undefined : bodies.get(bodyType);
    const wrong = located('body', check?.(body));
    if (wrong.length > 0) throw new Problem('invalid_body', { errors: wrong });
  };
}

/**
 * A conditional change must not be made without evaluating its condition (RFC 9110 sections 13.1.1 and 13.1.2), so
 * conditions are refused where the contract does not describe them. `If-Match: *` only requires that the target exists,
 * as every change does.
 */
function unsupportedConditions(
  ctx: Context,
  { method, parameters }: MatchedOperation['description'],
): FieldError[] {
  if (method === 'get') return NONE;
  return ['if-match', 'if-none-match']
    .filter((name) => ctx.headers[name] !== undefined && !parameters.some((one) => isField(one, name)))
    .filter((name) => name !== 'if-match' || ctx.get(name).trim() !== '*')
    .map((name) => ({
      in: 'header',
      pointer: `/${name}`,
      code: 'unsupported',
      message: 'is not supported here',
    }));
}

const isField = (parameter: { in: string; name: string }, name: string): boolean =>
  parameter.in === 'header' && parameter.name.toLowerCase() === name;

/** A service's parameter with several values, of which only one may have been sent. */
function withLists(
  query: Record<string, unknown>,
  lists: MatchedOperation['description']['parameters'],
): Record<string, unknown> {
  for (const { name, list } of lists) {
    const value = query[name];
    if (typeof value === 'string') query[name] = list === 'commas' ? value.split(',') : [value];
  }
  return query;
}

const bare = (fields: object): Record<string, unknown> => Object.assign(bareObject(), fields);

const NONE: FieldError[] = [];

function located(place: FieldError['in'], faults: Fault[] | undefined): FieldError[] {
  return faults === undefined ? NONE : faults.map((fault) => ({ in: place, ...fault }));
}
