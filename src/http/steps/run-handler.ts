/** Calls the operation's handler and turns the value it returns into the answer. */
import { matchesWeakly } from '../../operations/entity-tag.ts';
import { Problem } from '../../problem.ts';
import { isRedisAway } from '../../redis/connections.ts';
import { UnansweredWrite } from '../../redis/unanswered.ts';
import type { HandlerAnswer } from '../../operations/index.ts';
import { readPreferences } from '../../operations/preferences.ts';
import { prefersPage } from '../preferred-type.ts';
import type { Places } from '../streams/places.ts';
import { sendStream } from '../streams/send-stream.ts';
import { whileAllowed } from '../streams/still-allowed.ts';
import type { Watch } from '../streams/watch.ts';
import { whenOver } from '../streams/when-over.ts';
import { pendingEvent } from './record-event.ts';
import type { Context, Step } from '../state.ts';

export const runHandler =
  (watch: Watch, places: Places): Step =>
  async (ctx) => {
    const { matched } = ctx.state;
    // Acquired before any read; released when the answer has been sent, whatever its outcome.
    const hasPlace = mayStream(ctx) && takePlace(ctx, places);
    const answer = await whileAllowed(ctx, () => callHandler(ctx).catch(asUnknownOutcome(ctx)));
    const { body, type = '' } = answer;
    if (isStream(body) && !hasPlace) takePlace(ctx, places);
    ctx.status = answer.status;
    if (matched.supportsPrefer) ctx.vary('Prefer');
    if (answer.headers) ctx.set(answer.headers);
    if (answer.status === 200 && isUnchanged(ctx)) {
      ctx.status = 304;
      return;
    }
    if (isStream(body)) sendStream(ctx, body, type, watch);
    else if (body !== undefined) {
      ctx.body = body;
      if (type) ctx.type = type;
    }
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

async function callHandler(ctx: Context): Promise<HandlerAnswer> {
  const { matched, principal, path, query, body, bodyType, upload, requestId, services } = ctx.state;
  return matched.handler({
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
    accepted: ctx.state.accepted,
    get cookies() {
      return cookiesOf(ctx);
    },
    get prefersPage() {
      return prefersPage(ctx);
    },
    get event() {
      return pendingEvent(ctx);
    },
    // Created lazily: most operations end before a client could disconnect.
    get signal() {
      return signalOf(ctx);
    },
  });
}

function cookiesOf(ctx: Context): Record<string, string> {
  const named = ctx.state.matched.description.parameters.filter(({ in: place }) => place === 'cookie');
  return Object.fromEntries(
    named.flatMap(({ name }) => {
      const value = ctx.cookies.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** RFC 9110 section 13.1.2: the caller already has this representation. */
function isUnchanged(ctx: Context): boolean {
  const asked = ctx.get('If-None-Match');
  const tag = ctx.response.get('ETag');
  const isRead = ctx.state.matched.description.method === 'get';
  return isRead && asked !== '' && tag !== '' && matchesWeakly(asked, tag);
}

const isStream = (body: unknown): body is AsyncIterable<string> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

function signalOf(ctx: Context): AbortSignal {
  const hangUp = new AbortController();
  whenOver(ctx, () => hangUp.abort());
  return hangUp.signal;
}
