/** Refuses requests with an invalid request line or header fields, before anything reads them. */
import { Problem } from '../../problem.ts';
import { expectsMore, headFault, readTarget } from '../request-head.ts';
import type { Step } from '../state.ts';

/** Peers may disagree on where the body ends, so the next bytes on this connection must not be read as a request. */
const headers = { Connection: 'close' };

export const checkHead: Step = (ctx) => {
  const target = readTarget(ctx.req);
  if (target === undefined)
    throw new Problem('malformed_request', {
      detail: 'The request target is not a path, or not percent-encoded.',
      headers,
    });
  // All later middleware sees origin-form, whichever form was sent.
  ctx.req.url = target;
  ctx.state.instance = ctx.path;
  const fault = headFault(ctx.req);
  if (fault !== undefined) throw new Problem('malformed_request', { detail: fault, headers });
  if (expectsMore(ctx.req)) throw new Problem('expectation_failed', { headers });
};
