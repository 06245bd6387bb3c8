/** Reads a request body as a stream, with an idle and a total timeout. */
import type { IncomingMessage } from 'node:http';
import { Problem } from '../problem.ts';

interface Timeouts {
  /** Idle timeout: the longest gap between two chunks. */
  idleMs: number;
  /** Total timeout for the whole body. */
  totalMs: number;
}

/**
 * Single use.
 * @param refusal aborts the read; its reason is the Problem to throw
 * @throws Problem `request_timeout`, `malformed_body` when the body breaks off, or the reason of `refusal`
 */
export async function* bodyPieces(
  req: IncomingMessage,
  { idleMs, totalMs }: Timeouts,
  refusal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const until = performance.now() + totalMs;
  // A reader that stops early still has to answer, so the connection must survive.
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

/** How long to drain a request that was already answered. */
const LINGER_MS = 2_000;

/**
 * Drains the rest of a body that was already answered. A client that is cut off while it sends may never see the answer
 * (RFC 9112 section 9.6); after LINGER_MS the connection is closed, unless the rest has arrived.
 */
export function drainRest(req: IncomingMessage): void {
  if (req.destroyed) return;
  // The iterator of a reader that stopped early: while it listens, nothing flows.
  req.removeAllListeners('readable');
  req.resume();
  const timer = setTimeout(() => req.complete || req.destroy(), LINGER_MS);
  req.once('close', () => clearTimeout(timer));
}
