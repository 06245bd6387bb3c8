/** Sends an answer as a stream for as long as the caller may call and keeps reading. */
import type { Problem } from '../../problem.ts';
import type { Context } from '../state.ts';
import { StreamBody } from './stream-body.ts';
import type { Watch } from './watch.ts';
import { whenOver } from './when-over.ts';

/** How long sending the last event of a cut-off stream may take. */
const LAST_EVENT_MS = 2_000;

/** @param type media type of the answer */
export function sendStream(ctx: Context, pieces: AsyncIterable<string>, type: string, watch: Watch): void {
  const { standing, services } = ctx.state;
  const body = new StreamBody(pieces);
  ctx.body = body;
  ctx.type = type;
  if (standing)
    whenOver(
      ctx,
      watch.add(standing, (problem) => {
        noteCutOff(ctx, problem.code);
        cutOff(ctx, body, type, problem);
      }),
    );
  dropIdle(ctx, body, services.config.STREAM_IDLE_SECONDS * 1000);
}

export const isStream = (body: unknown): body is AsyncIterable<string> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/** The access log line was written when the stream began. @param reason problem code, or `not_read` */
export function noteCutOff(ctx: Context, reason: string): void {
  const { services, requestId } = ctx.state;
  services.metrics.streams.countCutOff(reason);
  services.log.info({ request_id: requestId, reason }, 'stream cut off');
}

/**
 * An event stream can carry the reason. A truncated export must not look complete, so its connection is reset without
 * the last chunk.
 */
function cutOff(ctx: Context, body: StreamBody, type: string, problem: Problem): void {
  if (type !== 'text/event-stream') return reset(ctx, body);
  const { code, title } = problem;
  body.endWith(`event: end\ndata: ${JSON.stringify({ code, title })}\n\n`);
  const late = setTimeout(() => reset(ctx, body), LAST_EVENT_MS);
  whenOver(ctx, () => clearTimeout(late));
}

function reset(ctx: Context, body: StreamBody): void {
  // An orderly close would mark the end of the body for HTTP/1.0 clients.
  ctx.req.socket.resetAndDestroy();
  body.destroy();
}

/** Disconnects a client that does not read for this long: pending output holds memory and a slot. */
function dropIdle(ctx: Context, body: StreamBody, ms: number): void {
  const { res } = ctx;
  res.setTimeout(ms, () => {
    // An idle source is no reason to disconnect.
    if (res.writableLength === 0) res.setTimeout(ms);
    else {
      noteCutOff(ctx, 'not_read');
      reset(ctx, body);
    }
  });
}
