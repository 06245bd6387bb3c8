/** Sends the first request with an idempotency key to its service, and answers its repetitions itself. */
import { createHash } from 'node:crypto';
import { Attempt } from '../../gateway/keyed/attempt.ts';
import type { KeptAnswer } from '../../gateway/keyed/kept-answer.ts';
import type { KeyedRequest } from '../../gateway/keyed/keyed-requests.ts';
import { idempotencyOf } from '../../operations/idempotency.ts';
import type { BodyRoom } from '../body-room.ts';
import type { Context, Step } from '../state.ts';
import { bytesOf } from '../steps/read-body.ts';
import { refuseIfRevoked } from '../streams/still-allowed.ts';
import { PassedAnswer } from './passed-answer.ts';
import type { ForwardParts, ServiceRoute } from './service-route.ts';

/** @param forward the step without a key */
export function sendOnce(
  route: ServiceRoute,
  { keyedRequests: requests, bodyRoom }: Pick<ForwardParts, 'keyedRequests' | 'bodyRoom'>,
  forward: Step,
): Step {
  return function sendOnce(ctx) {
    // `validateInput` has checked its form.
    const idempotencyKey = ctx.get('Idempotency-Key') || undefined;
    const { principal } = ctx.state;
    const idempotency = idempotencyOf({ principal, idempotencyKey });
    if (!idempotency || !principal || !('tenantId' in principal)) return forward(ctx);
    const { tenantId } = principal;
    return take(ctx, { tenantId, operationId: route.operation.id, idempotency });
  };

  async function take(ctx: Context, keyed: Omit<KeyedRequest, 'content'>): Promise<void> {
    await readRest(ctx, bodyRoom);
    const begun = await requests.begin({ ...keyed, content: contentOf(ctx) });
    if (!(begun instanceof Attempt)) return repeat(ctx, route, begun);
    ctx.state.attempt = begun;
    try {
      await forward(ctx);
    } finally {
      await begun.over();
    }
  }
}

/** A body that is no JSON was to pass as a stream; which request it is can only be told from all of it. */
async function readRest(ctx: Context, room: BodyRoom): Promise<void> {
  const { state, req } = ctx;
  const { body } = state.matched.description;
  const isEmpty =
    req.headers['transfer-encoding'] === undefined && Number(req.headers['content-length'] ?? 0) === 0;
  if (!body || state.bytes || isEmpty || req.readableEnded) return;
  const bytes = await bytesOf(ctx, body, room);
  if (bytes.length > 0) state.bytes = bytes;
  await refuseIfRevoked(ctx);
}

/** As of our own operations: target and body. */
function contentOf({ method, req, state }: Context): string {
  const { 'content-type': type, 'content-encoding': coding } = req.headers;
  const body = state.bytes && createHash('sha256').update(state.bytes).digest('base64url');
  return JSON.stringify([method, req.url, type, coding, body]);
}

function repeat(ctx: Context, route: ServiceRoute, { status, fields: raw, body }: KeptAnswer): void {
  // With the first answer.
  ctx.state.isRecorded = true;
  const fields = route.answerFields(
    ctx,
    raw.map((text) => Buffer.from(text, 'latin1')),
  );
  const answer = new PassedAnswer(ctx, { status, fields, isStream: false, idleMs: route.operation.idleMs });
  if (body.length > 0) answer.write(body, () => undefined);
  answer.end([]);
}
