/** Refuses to send an answer that the contract does not describe (invariant 7). */
import { Readable } from 'node:stream';
import { Problem } from '../../problem.ts';
import { preferredType } from '../preferred-type.ts';
import type { Context, Step } from '../state.ts';

export const validateAnswer: Step = async (ctx, next) => {
  refuseUnacceptable(ctx);
  await next();
  const fault = findFault(ctx);
  if (fault) throw new Problem('internal_error', { internal: `the answer breaks the contract: ${fault}` });
  if (ctx.body === undefined) sendNoBody(ctx);
};

/** Otherwise Koa would send the reason phrase as the body, after validation. */
function sendNoBody(ctx: Context): void {
  const { status } = ctx;
  // Setting `body` to null makes Koa answer 204.
  ctx.body = null;
  ctx.status = status;
}

/** Checked before the handler runs: a request whose answer would not be acceptable must have no effect. */
function refuseUnacceptable(ctx: Context): void {
  const { offers } = ctx.state.matched;
  // RFC 9110 section 12.5.5: a shared cache must not serve one caller's representation to another.
  if (offers.length > 1) ctx.vary('Accept');
  ctx.state.accepted = preferredType(ctx, offers);
  if (ctx.state.accepted === undefined && offers.length > 0)
    throw new Problem('not_acceptable', { detail: offers.join(', ') });
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
