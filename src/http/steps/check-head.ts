/** Refuses a request whose first lines are not what HTTP has there, before anything reads them. */
import { Problem } from '../../problem.ts';
import { expectsMore, headFault, readTarget } from '../request-head.ts';
import type { Step } from '../state.ts';

/** Where its body ends may be read differently, too: what comes next on the connection is nobody's request. */
const headers = { Connection: 'close' };

export const checkHead: Step = async (ctx, next) => {
  const target = readTarget(ctx.req);
  if (target === undefined)
    throw new Problem('malformed_request', {
      detail: 'The request target is no path, or not percent-encoded.',
      headers,
    });
  // Whoever looks at it from here on sees this form, whichever it came in.
  ctx.req.url = target;
  ctx.state.instance = ctx.path;
  const fault = headFault(ctx.req);
  if (fault !== undefined) throw new Problem('malformed_request', { detail: fault, headers });
  if (expectsMore(ctx.req)) throw new Problem('expectation_failed', { headers });
  await next();
};
