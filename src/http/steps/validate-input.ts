/** Holds path, query, header and body against the contract; points to each wrong field. */
import { bareObject } from '../../contract/json-structure.ts';
import type { Fault } from '../../contract/validators.ts';
import { Problem, type FieldError } from '../../problem.ts';
import type { Context, Step } from '../state.ts';

export const validateInput: Step = async (ctx, next) => {
  const { matched, path, body, bodyType, upload } = ctx.state;
  const { parameters, bodies } = matched.validators;
  // An id that cannot exist is answered like one that does not.
  if (parameters.path(path)) throw new Problem('not_found');
  // Their names are the caller's: without a prototype, none of them means anything but itself.
  const query = bare(ctx.query);
  const errors = [
    ...located('query', parameters.query(query)),
    ...located('header', parameters.header(bare(ctx.headers))),
    ...unheardConditions(ctx),
  ];
  if (errors.length > 0) throw new Problem('invalid_parameter', { errors });
  ctx.state.query = query;
  // What comes as a stream is checked piece by piece, where it is taken in.
  const check = bodyType === undefined || upload ? undefined : bodies.get(bodyType);
  const wrong = located('body', check?.(body));
  if (wrong.length > 0) throw new Problem('invalid_body', { errors: wrong });
  await next();
};

/**
 * A change that was to be made under a condition only must not be made without looking at it (RFC 9110 sections 13.1.1 and 13.1.2), and
 * where the contract has no such field nobody looks. `If-Match: *` asks only that there is something to change, as each change does.
 */
function unheardConditions(ctx: Context): FieldError[] {
  const { method, parameters } = ctx.state.matched.description;
  if (method === 'get') return [];
  return ['if-match', 'if-none-match']
    .filter((name) => ctx.headers[name] !== undefined && !parameters.some((one) => isField(one, name)))
    .filter((name) => name !== 'if-match' || ctx.get(name).trim() !== '*')
    .map((name) => ({
      in: 'header',
      pointer: `/${name}`,
      code: 'unsupported',
      message: 'is not taken here',
    }));
}

const isField = (parameter: { in: string; name: string }, name: string): boolean =>
  parameter.in === 'header' && parameter.name.toLowerCase() === name;

const bare = (fields: object): Record<string, unknown> => Object.assign(bareObject(), fields);

function located(place: FieldError['in'], faults: Fault[] | undefined): FieldError[] {
  return (faults ?? []).map((fault) => ({ in: place, ...fault }));
}
