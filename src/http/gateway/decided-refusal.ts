/**
 * A refusal on its way through a proxy that cannot pass the answer to its question on (nginx's `auth_request`). The proxy
 * keeps one field of it, sealed, and shows that at `/auth/refusal` in exchange for the whole answer: nothing is decided
 * twice, so nothing counts twice, and a DPoP proof is used once.
 */
import type { Credential } from '../../authentication/credential.ts';
import { openUnexpired, sealUntil } from '../../operations/sealed-until.ts';
import { Problem, type FieldError, type ProblemCode } from '../../problem.ts';
import type { Context, Step } from '../state.ts';
import type { FindOperation } from '../steps/match-operation.ts';

/** Of the question: whether it is wanted. Of the refusal: what to show. */
const FIELD = 'Trivium-Refusal';
const WANTED = 'wanted';
const GOOD_MS = 30_000;
/** Proxies have 4 KiB for all fields of an answer, by default. */
const MAX_LENGTH = 2_048;

interface Carried {
  code: ProblemCode;
  detail: string | undefined;
  errors: FieldError[] | undefined;
  scopes: string[] | undefined;
  headers: Record<string, string | string[]> | undefined;
  presented: Credential['scheme'] | undefined;
  fields: string[];
}

/** After a decision was answered with a problem. */
export function carryRefusal(ctx: Context): void {
  const { asksFor, problem, presentedScheme: presented, fields } = ctx.state;
  if (asksFor !== 'decision' || !problem || ctx.get(FIELD) !== WANTED) return;
  const { detail, errors, scopes, headers } = problem.parts;
  const carried: Carried = { code: problem.code, detail, errors, scopes, headers, presented, fields };
  const whole = sealed(ctx, carried);
  const isShort = whole.length <= MAX_LENGTH;
  ctx.set(FIELD, isShort ? whole : sealed(ctx, { ...carried, detail: undefined, errors: undefined }));
}

/** Answers as the decision was; never with a success. */
export const repeatRefusal =
  (find: FindOperation): Step =>
  (ctx) => {
    const { state } = ctx;
    if (state.asksFor !== 'refusal') return;
    const carried = openUnexpired<Carried>(state.services.seal, ctx.get(FIELD), placeOf(ctx));
    // Without one, no decision was made: Trivium could not be asked.
    if (!carried) throw new Problem('overloaded');
    const { code, detail, errors, scopes, headers, presented, fields } = carried;
    const matched = find(ctx.path, ctx.method);
    if (matched) state.matched = matched;
    state.presentedScheme = presented;
    state.fields.splice(0, Infinity, ...fields);
    // Members that are left out, as JSON has them.
    throw Problem.of(code, {
      ...(detail !== undefined && { detail }),
      ...(errors && { errors }),
      ...(scopes && { scopes }),
      ...(headers && { headers }),
    });
  };

const sealed = (ctx: Context, carried: Carried): string =>
  sealUntil(ctx.state.services.seal, carried, placeOf(ctx), GOOD_MS);

/** Good for the request that was refused, and for no other. */
const placeOf = (ctx: Context): string => `refusal of ${ctx.method} ${ctx.url}`;
