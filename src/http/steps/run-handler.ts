/** Calls the operation's handler and turns the value it returns into the answer. */
import { Readable } from 'node:stream';
import { readPreferences } from '../../operations/preferences.ts';
import { pendingEvent } from './tell-event.ts';
import type { Context, Step } from '../state.ts';

export const runHandler: Step = async (ctx) => {
  const { matched, principal, path, query, body, bodyType, upload, requestId, services } = ctx.state;
  const answer = await matched.handler({
    operationId: matched.description.id,
    principal,
    path,
    query,
    body,
    bodyType,
    upload,
    prefer: readPreferences(ctx.get('Prefer')),
    idempotencyKey: matched.heedsIdempotencyKey ? ctx.get('Idempotency-Key') || undefined : undefined,
    ifMatch: ctx.get('If-Match') || undefined,
    lastEventId: ctx.get('Last-Event-ID') || undefined,
    requestId,
    services,
    get address() {
      return ctx.ip;
    },
    isAddressKnown: ctx.state.isAddressKnown,
    get accepted() {
      return ctx.accepts(matched.offers) || undefined;
    },
    get event() {
      return pendingEvent(ctx);
    },
    // Made for those who ask: most operations end before anybody could hang up.
    get signal() {
      return signalOf(ctx);
    },
  });
  ctx.status = answer.status;
  if (matched.heedsPrefer) ctx.vary('Prefer');
  if (answer.headers) ctx.set(answer.headers);
  if (answer.body !== undefined) {
    ctx.body = isStream(answer.body) ? Readable.from(answer.body, { highWaterMark: 2 }) : answer.body;
    if (answer.type) ctx.type = answer.type;
  }
};

const isStream = (body: unknown): body is AsyncIterable<string> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

function signalOf(ctx: Context): AbortSignal {
  const hangUp = new AbortController();
  ctx.res.once('close', () => hangUp.abort());
  return hangUp.signal;
}
