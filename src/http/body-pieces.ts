/** The body of a request as it arrives, for as long as its sender goes on sending. */
import type { IncomingMessage } from 'node:http';
import { Problem } from '../problem.ts';

interface Patience {
  /** How long nothing may arrive. */
  idleMs: number;
  /** How long all of it may take. */
  totalMs: number;
}

/**
 * To be read once.
 * @param refusal ends it, with the Problem that is its reason
 * @throws Problem `request_timeout`, `malformed_body` when it breaks off, and that of `refusal`
 */
export async function* bodyPieces(
  req: IncomingMessage,
  { idleMs, totalMs }: Patience,
  refusal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const until = performance.now() + totalMs;
  // Whoever stops reading has an answer to give: the connection is still needed.
  const pieces = req.iterator({ destroyOnReturn: false });
  let giveUp: (reason: unknown) => void;
  const ended = new Promise<never>((_resolve, reject) => (giveUp = reject));
  ended.catch(() => undefined);
  // RFC 9110 section 15.5.9.
  const standsStill = () => giveUp(new Problem('request_timeout', { headers: { Connection: 'close' } }));
  const timer = setTimeout(standsStill, Math.min(idleMs, totalMs));
  const refuse = () => giveUp(refusal?.reason);
  if (refusal?.aborted) refuse();
  refusal?.addEventListener('abort', refuse);
  try {
    for (;;) {
      if (idleMs < totalMs) timer.refresh();
      const piece = await Promise.race([pieces.next(), ended]);
      if (piece.done) break;
      if (performance.now() > until) throw new Problem('request_timeout');
      yield piece.value;
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('malformed_body', { detail: 'The body broke off.', cause });
  } finally {
    clearTimeout(timer);
  }
}

/** How long the rest of a request that was answered already is read. */
const LINGER_MS = 2_000;

/**
 * What is still to come of a body that has its answer is of no use. Still it is read for a while: a sender who is hung up on while
 * it sends may never see the answer (RFC 9112 section 9.6). Whoever goes on and on is hung up on.
 */
export function drainRest(req: IncomingMessage): void {
  if (req.destroyed) return;
  req.on('data', () => undefined);
  const timer = setTimeout(() => req.destroy(), LINGER_MS);
  req.once('close', () => clearTimeout(timer));
}
