/** Sends an answer as a stream: for as long as its caller may call, and reads. */
import type { Problem } from '../../problem.ts';
import type { Context } from '../state.ts';
import { StreamBody } from './stream-body.ts';
import type { Watch } from './watch.ts';
import { whenOver } from './when-over.ts';

/** So long the last event of a stream that is cut off may take to be sent. */
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
        note(ctx, problem.code);
        cutOff(ctx, body, type, problem);
      }),
    );
  dropIdle(ctx, body, services.config.STREAM_IDLE_SECONDS * 1000);
}

/** Its line in the log was written when it began. */
function note(ctx: Context, reason: string): void {
  const { services, requestId } = ctx.state;
  services.metrics.streams.countCutOff(reason);
  services.log.info({ request_id: requestId, reason }, 'stream cut off');
}

/** Events can say why. An export that ends too soon must not look complete, so its connection is reset, without the last chunk. */
function cutOff(ctx: Context, body: StreamBody, type: string, problem: Problem): void {
  if (type !== 'text/event-stream') return reset(ctx, body);
  const { code, title } = problem;
  body.endWith(`event: end\ndata: ${JSON.stringify({ code, title })}\n\n`);
  const late = setTimeout(() => reset(ctx, body), LAST_EVENT_MS);
  whenOver(ctx, () => clearTimeout(late));
}

function reset(ctx: Context, body: StreamBody): void {
  // A close in good order is the end of the body to clients that speak HTTP/1.0.
  ctx.req.socket.resetAndDestroy();
  body.destroy();
}

/** Whoever does not read for so long is hung up on: the answer waits in memory, and holds a place. */
function dropIdle(ctx: Context, body: StreamBody, ms: number): void {
  const { res } = ctx;
  res.setTimeout(ms, () => {
    // Nothing to send is no reason: its maker may take its time.
    if (res.writableLength === 0) res.setTimeout(ms);
    else {
      note(ctx, 'not_read');
      reset(ctx, body);
    }
  });
}
