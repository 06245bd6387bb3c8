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
    // Before anything is read for it. Whatever comes of it, the place is free when the answer has been sent.
    const hasPlace = mayStream(ctx) && takePlace(ctx, places);
    const answer = await whileAllowed(ctx, () => callHandler(ctx).catch(unlessNothing(ctx)));
    const { body, type = '' } = answer;
    if (isStream(body) && !hasPlace) takePlace(ctx, places);
    ctx.status = answer.status;
    if (matched.heedsPrefer) ctx.vary('Prefer');
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

/** Redis away is told as 503, which says that nothing happened: not where a change was made, or may have been. */
function unlessNothing({ state }: Context): (error: unknown) => never {
  return (error) => {
    const isChange = state.matched.description.method !== 'get';
    const maybeMade = isChange && (state.isTold || error instanceof UnansweredWrite);
    throw maybeMade && isRedisAway(error) ? new Problem('outcome_unknown', { cause: error }) : error;
  };
}

/** @throws Problem `too_many_streams` */
function takePlace(ctx: Context, places: Places): true {
  if (ctx.state.principal) whenOver(ctx, places.take(ctx.state.principal));
  return true;
}

/** What is no JSON may come as a stream. */
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
    // Made for those who ask: most operations end before anybody could hang up.
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

/** RFC 9110 section 13.1.2: whoever asks has this very answer already. */
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
