/** Refuses changes while the event outbox is full. */
import type { Middleware } from 'koa';
import type { Services } from '../../services.ts';
import type { State } from '../state.ts';

export function limitOutbox({ outboxLimit }: Services): Middleware<State> {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') await outboxLimit.admit();
    await next();
  };
}
