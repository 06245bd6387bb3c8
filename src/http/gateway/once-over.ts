import type { Context } from '../state.ts';
import { whenOver } from '../streams/when-over.ts';

/**
 * `whenOver` for each request: an answer whose turn it is on its connection needs one listener only. With those of many
 * pipelined requests at the connection, Node would warn of a leak.
 */
export function onceOver(ctx: Context, done: () => void): void {
  const { res } = ctx;
  if (res.socket === null || res.destroyed) whenOver(ctx, done);
  else res.once('close', done);
}
