/** Reads a request body, as a stream or whole. */
import type { IncomingMessage } from 'node:http';
import { Problem } from '../problem.ts';
import type { HeldBody } from './body-room.ts';

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
  const timer = setTimeout(() => giveUp(standsStill()), Math.min(idleMs, totalMs));
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
    throw brokenOff(cause);
  } finally {
    clearTimeout(timer);
  }
}

interface Bounds {
  maxBytes: number;
  totalMs: number;
  /** Where its bytes are counted. */
  held?: HeldBody | undefined;
}

/**
 * A short body. It has usually arrived with its head: an iterator, with promises and a timer for each chunk, would cost
 * more than all else that is done with it (`post_vs_koa_bodyparser`).
 * @throws Problem `request_timeout`, `body_too_large`, `malformed_body` when the body breaks off, `overloaded`
 */
export function wholeBody(req: IncomingMessage, { maxBytes, totalMs, held }: Bounds): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => settle(standsStill()), totalMs);
    const onData = (chunk: Buffer) => {
      size += chunk.byteLength;
      const refusal = size > maxBytes ? bodyTooLarge(maxBytes) : held?.grow(size);
      if (refusal) settle(refusal);
      else chunks.push(chunk);
    };
    const onEnd = () => settle();
    const onError = (cause?: unknown) => settle(brokenOff(cause));
    const settle = (problem?: Problem) => {
      clearTimeout(timer);
      req.off('data', onData).off('end', onEnd).off('error', onError).off('close', onError);
      if (problem) reject(problem);
      else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    };
    req.on('data', onData).on('end', onEnd).on('error', onError).on('close', onError);
  });
}

export const bodyTooLarge = (maxBytes: number): Problem =>
  new Problem('body_too_large', { detail: `At most ${maxBytes} bytes.` });

const brokenOff = (cause: unknown): Problem =>
  new Problem('malformed_body', { detail: 'The body broke off.', cause });

/** RFC 9110 section 15.5.9. */
export const standsStill = (): Problem =>
  new Problem('request_timeout', { headers: { Connection: 'close' } });

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
