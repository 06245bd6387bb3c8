/** Calls the operation's handler. */
import type { HandlerAnswer } from '../../operations/index.ts';
import { matchesWeakly } from '../../operations/entity-tag.ts';
import { Problem } from '../../problem.ts';
import { isRedisAway } from '../../redis/connections.ts';
import { UnansweredWrite } from '../../redis/unanswered.ts';
import { OperationCall } from '../operation-call.ts';
import type { Places } from '../streams/places.ts';
import { isStream } from '../streams/send-stream.ts';
import { whileAllowed } from '../streams/still-allowed.ts';
import { whenOver } from '../streams/when-over.ts';
import type { Context, Step } from '../state.ts';

export const runHandler = (places: Places): Step =>
  function runHandler(ctx) {
    // Acquired before any read; released when the answer has been sent, whatever its outcome.
    const hasPlace = mayStream(ctx) && takePlace(ctx, places);
    const take = (answer: HandlerAnswer) => {
      if (isStream(answer.body) && !hasPlace) takePlace(ctx, places);
      ctx.state.answer = isUnchanged(ctx, answer) ? withoutBody(answer) : answer;
    };
    const { handler, description } = ctx.state.matched;
    if (!handler) throw new Error(`${description.id} has no handler`);
    const answer = handler(new OperationCall(ctx) as unknown as Record<string, unknown>);
    if (!(answer instanceof Promise)) return take(answer);
    return whileAllowed(ctx, () => answer.catch(asUnknownOutcome(ctx))).then(take);
  };

/**
 * 503 promises that nothing happened, so it is not used for a lost Redis connection where a change was or may have been
 * made.
 */
function asUnknownOutcome({ state }: Context): (error: unknown) => never {
  return (error) => {
    const isChange = state.matched.description.method !== 'get';
    const maybeMade = isChange && (state.isRecorded || error instanceof UnansweredWrite);
    throw maybeMade && isRedisAway(error) ? new Problem('outcome_unknown', { cause: error }) : error;
  };
}

/** @throws Problem `too_many_streams` */
function takePlace(ctx: Context, places: Places): true {
  if (ctx.state.principal) whenOver(ctx, places.take(ctx.state.principal));
  return true;
}

/** Answers that are not JSON may be streams. */
function mayStream(ctx: Context): boolean {
  const { accepted } = ctx.state;
  return accepted !== undefined && !/[/+]json$/.test(accepted);
}

/** RFC 9110 section 13.1.2: the caller already has this representation. */
function isUnchanged({ state, req }: Context, { status, headers }: HandlerAnswer): boolean {
  const asked = req.headers['if-none-match'];
  const tag = headers?.['ETag'];
  if (!asked || !tag || status !== 200 || state.matched.description.method !== 'get') return false;
  return matchesWeakly(asked, tag);
}

const withoutBody = ({ headers }: HandlerAnswer): HandlerAnswer => ({ status: 304, headers });
