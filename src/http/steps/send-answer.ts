/** Sends the handler's answer: what is no stream by one write of its own, for Koa's way costs more than most handlers. */
import { fieldsWith, setFields } from '../header-fields.ts';
import { isStream, sendStream } from '../streams/send-stream.ts';
import type { Watch } from '../streams/watch.ts';
import type { Context, Step } from '../state.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

export const sendAnswer = (watch: Watch): Step =>
  function sendAnswer(ctx) {
    const { body, type, headers, status } = ctx.state.answer;
    if (body === undefined) return send(ctx, undefined);
    if (!isStream(body) && typeof body === 'object' && (type === undefined || type === 'application/json'))
      return send(ctx, JSON.stringify(body));
    setFields(ctx, []);
    ctx.status = status;
    if (headers) ctx.set(headers);
    if (isStream(body)) sendStream(ctx, body, type ?? '', watch);
    else {
      ctx.body = body;
      if (type) ctx.type = type;
    }
  };

function send(ctx: Context, json: string | undefined): void {
  const { status, headers } = ctx.state.answer;
  const fields = fieldsWith(ctx, headers);
  if (json !== undefined)
    fields.push('Content-Type', JSON_TYPE, 'Content-Length', String(Buffer.byteLength(json)));
  else if (status !== 204 && status !== 304) fields.push('Content-Length', '0');
  ctx.res.writeHead(status, fields);
  // Only now: what Node refuses to write is answered by Koa, as an error.
  ctx.respond = false;
  // Node itself leaves the body of an answer to HEAD out.
  ctx.res.end(json);
}
