/** The body of a request as a stream of bytes, for operations that take one of any length. */
import type { IncomingMessage } from 'node:http';
import { Problem } from '../problem.ts';
import type { Upload } from '../operations/operation.ts';
import type { Context } from './state.ts';
import type { Watch } from './streams/watch.ts';
import { whenOver } from './streams/when-over.ts';

interface Patience {
  REQUEST_TIMEOUT_SECONDS: number;
  UPLOAD_TIMEOUT_SECONDS: number;
}

/** @throws Problem `unsupported_media_type` for a content coding that is not read */
export function openUpload(ctx: Context, patience: Patience, watch: Watch): Upload {
  const coding = ctx.get('Content-Encoding').trim().toLowerCase();
  if (!['', 'identity', 'gzip', 'x-gzip'].includes(coding))
    throw new Problem('unsupported_media_type', { headers: { 'Accept-Encoding': 'gzip' } });
  const charset = ctx.request.charset;
  return {
    source: readSource(ctx, patience, refusalOf(ctx, watch)),
    recheck: async () => ctx.state.standing?.recheck(),
    isGzip: coding.endsWith('gzip'),
    charset: charset === '' ? undefined : charset,
    // Of what arrives: packed, it says nothing of what it holds.
    expectedBytes: coding.endsWith('gzip') ? undefined : ctx.request.length,
  };
}

/** So long the rest of an upload is read that was answered already. */
const LINGER_MS = 2_000;

/**
 * What is still to come of an upload that has its answer is of no use. Still it is read for a while: a sender who is hung up on while
 * it sends may never see the answer (RFC 9112 section 9.6). Who goes on and on is hung up on.
 */
export function forgetRest(req: IncomingMessage): void {
  if (req.destroyed) return;
  req.on('data', () => undefined);
  const timer = setTimeout(() => req.destroy(), LINGER_MS);
  req.once('close', () => clearTimeout(timer));
}

/** @returns aborted, with a Problem, when its sender may not call any more */
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

async function* readSource(
  { req }: Context,
  patience: Patience,
  refusal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const idleMs = patience.REQUEST_TIMEOUT_SECONDS * 1000;
  const until = Date.now() + patience.UPLOAD_TIMEOUT_SECONDS * 1000;
  // Whoever stops reading has an answer to give: the connection is still needed.
  const pieces = req.iterator({ destroyOnReturn: false });
  let giveUp: (problem: Problem) => void;
  const tooLate = new Promise<never>((_resolve, reject) => (giveUp = reject));
  tooLate.catch(() => undefined);
  const timer = setTimeout(() => giveUp(new Problem('request_timeout')), idleMs);
  if (refusal.aborted) giveUp!(refusal.reason as Problem);
  refusal.addEventListener('abort', () => giveUp(refusal.reason as Problem));
  try {
    for (;;) {
      timer.refresh();
      const piece = (await Promise.race([pieces.next(), tooLate])) as IteratorResult<Uint8Array>;
      if (piece.done) break;
      if (Date.now() > until) throw new Problem('request_timeout');
      yield piece.value;
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('malformed_body', { detail: 'The body broke off.', cause });
  } finally {
    clearTimeout(timer);
  }
}
