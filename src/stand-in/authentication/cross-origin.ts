import type { Context } from 'koa';

/** For responses that do not depend on cookies. */
export function allowAnyOrigin(ctx: Context): void {
  ctx.vary('Origin');
  if (ctx.get('origin') !== '') ctx.set('access-control-allow-origin', ctx.get('origin'));
}

export function answerPreflight(ctx: Context): void {
  allowAnyOrigin(ctx);
  ctx.set('access-control-allow-methods', 'GET, POST');
  ctx.set('access-control-allow-headers', ctx.get('access-control-request-headers'));
  ctx.set('access-control-max-age', '3600');
  ctx.status = 204;
}
