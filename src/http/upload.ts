/** The request body as a byte stream, for operations that accept bodies of any length. */
import type { MediaType } from '../media-type.ts';
import type { Upload } from '../operations/operation.ts';
import type { Problem } from '../problem.ts';
import { bodyPieces } from './body-pieces.ts';
import { readCoding } from './content-coding.ts';
import type { Context } from './state.ts';
import type { Watch } from './streams/watch.ts';
import { whenOver } from './streams/when-over.ts';

/** @throws Problem `unsupported_media_type` for an unsupported content coding */
export function openUpload(ctx: Context, { charset }: MediaType, watch: Watch): Upload {
  const { REQUEST_TIMEOUT_SECONDS, UPLOAD_TIMEOUT_SECONDS } = ctx.state.services.config;
  const isGzip = readCoding(ctx.get('Content-Encoding'), ['gzip']) !== undefined;
  const timeouts = { idleMs: REQUEST_TIMEOUT_SECONDS * 1000, totalMs: UPLOAD_TIMEOUT_SECONDS * 1000 };
  return {
    source: bodyPieces(ctx.req, timeouts, refusalOf(ctx, watch)),
    recheck: async () => ctx.state.standing?.recheck(),
    isGzip,
    charset,
    // Content-Length counts encoded bytes, so it is unknown for gzip.
    expectedBytes: isGzip ? undefined : ctx.request.length,
  };
}

/** @returns a signal that is aborted, with a Problem, when the caller may no longer call */
function refusalOf(ctx: Context, watch: Watch): AbortSignal {
  const refusal = new AbortController();
  const { standing, services } = ctx.state;
  const refuse = (problem: Problem) => {
    services.metrics.streams.countCutOff(problem.code);
    refusal.abort(problem);
  };
  if (standing) whenOver(ctx, watch.add(standing, refuse));
  return refusal.signal;
}
