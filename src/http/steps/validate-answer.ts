/** An answer that the contract does not describe does not leave the house (invariant 7). */
import { Readable } from 'node:stream';
import { Problem } from '../../problem.ts';
import type { Context, Step } from '../state.ts';

export const validateAnswer: Step = async (ctx, next) => {
  refuseUnacceptable(ctx);
  await next();
  const fault = findFault(ctx);
  if (fault) throw new Problem('internal_error', { internal: `the answer breaks the contract: ${fault}` });
};

/** Asked before the handler runs: an answer that nobody can read must not have an effect. */
function refuseUnacceptable(ctx: Context): void {
  const { offers } = ctx.state.matched;
  const accepted = ctx.headers.accept;
  if (accepted === undefined || accepted === '*/*' || offers.length === 0) return;
  if (!ctx.accepts(offers)) throw new Problem('not_acceptable', { detail: offers.join(', ') });
}

function findFault(ctx: Context): string | undefined {
  const byType = ctx.state.matched.validators.answers.get(ctx.status);
  if (!byType) return `status ${ctx.status} is not described`;
  if (byType.size === 0) return ctx.body === undefined || ctx.body === null ? undefined : 'it has a body';
  const check = byType.get(ctx.response.type);
  if (!check) return `media type ${ctx.response.type} is not described for ${ctx.status}`;
  const isText = typeof ctx.body === 'string' || Buffer.isBuffer(ctx.body) || ctx.body instanceof Readable;
  const faults = isText ? undefined : check(ctx.body);
  return faults?.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
}
