import Router, { type RouterContext } from '@koa/router';
import Koa, { type Context, type Next } from 'koa';
import bodyParser from 'koa-bodyparser';
import type { RequestListener } from 'node:http';
import { wrongWithFault, type Fault } from '../faults/fault.ts';
import type { Controls, SettingChanges } from './controls.ts';

/** Faults, clock and settings over HTTP, for `ControlClient`. */
export function controlApi(controls: Controls): RequestListener {
  const router = new Router();
  router
    .get('/faults', (ctx) => {
      ctx.body = { faults: controls.faults() };
    })
    .post('/faults', (ctx) => {
      const wrong = wrongWithFault(ctx.request.body);
      if (wrong !== undefined) return refuse(ctx, wrong);
      ctx.status = 201;
      ctx.body = controls.addFault(ctx.request.body as Fault);
    })
    .delete('/faults', (ctx) => {
      controls.clearFaults();
      ctx.status = 204;
    })
    .delete('/faults/:id', (ctx) => {
      ctx.status = controls.removeFault(ctx.params['id'] ?? '') ? 204 : 404;
    })
    .post('/clock', (ctx) => {
      const { advanceMs } = ctx.request.body as { advanceMs?: unknown };
      if (!isTime(advanceMs)) return refuse(ctx, 'advanceMs must be milliseconds, and not below 0');
      ctx.body = { now: controls.advanceClock(advanceMs) };
    })
    .patch('/settings', (ctx) => {
      try {
        controls.change(readSettings(ctx.request.body));
        ctx.status = 204;
      } catch (error) {
        refuse(ctx, (error as Error).message);
      }
    })
    .post('/keys', async (ctx) => {
      const { keepOld } = ctx.request.body as { keepOld?: unknown };
      await controls.rotateKeys(keepOld === true);
      ctx.status = 204;
    })
    .post('/tokens', (ctx) => {
      const { header, payload } = ctx.request.body as { header?: unknown; payload?: unknown };
      if (!isObject(header) || !isObject(payload)) return refuse(ctx, 'header and payload must be objects');
      ctx.status = 201;
      ctx.body = { token: controls.signToken(header, payload) };
    })
    .post('/down', async (ctx) => {
      await controls.goDown();
      ctx.status = 204;
    })
    .post('/up', async (ctx) => {
      await controls.comeUp();
      ctx.status = 204;
    })
    .get('/calls', (ctx) => {
      ctx.body = controls.calls();
    })
    .get('/mails', (ctx) => {
      ctx.body = { mails: controls.mails() };
    })
    .delete('/calls', (ctx) => {
      controls.forgetCalls();
      ctx.status = 204;
    });
  const app = new Koa();
  app
    .use(refuseBrowsers)
    .use(bodyParser({ enableTypes: ['json'] }))
    .use(router.routes());
  const answer = app.callback();
  return (request, response) => void answer(request, response);
}

/** Pages in a browser on this machine could send requests here (CSRF): browsers send `Origin`. */
async function refuseBrowsers(ctx: Context, next: Next): Promise<void> {
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(ctx.host);
  if (ctx.get('origin') !== '' || !isLocal) {
    ctx.status = 403;
    return;
  }
  await next();
}

function refuse(ctx: RouterContext, error: string): void {
  ctx.status = 400;
  ctx.body = { error };
}

const TIMES = [
  'searchDelayMs',
  'rotationOverlapMs',
  'rotationDelayMs',
  'importUsersPerSecond',
  'actionBuildMs',
  'actionTimeoutMs',
  'eventRetryMs',
  'customDomainCheckMs',
  'connectionDeletionMs',
] as const;

/** @throws Error with what is wrong */
function readSettings(body: unknown): SettingChanges {
  const {
    plan,
    latencyMs,
    passwordsOfNewDatabases: passwords,
    loginDatabases,
    runtimeOfNewActions: runtime,
    mailDelivery,
    ...rest
  } = body as Record<string, unknown>;
  const changes: SettingChanges = {};
  if (plan !== undefined) {
    if (typeof plan !== 'string') throw new Error('plan must be text');
    changes.plan = plan;
  }
  if (latencyMs !== undefined) {
    const { minMs, maxMs } =
      typeof latencyMs === 'object' && latencyMs !== null
        ? (latencyMs as { minMs?: unknown; maxMs?: unknown })
        : { minMs: latencyMs, maxMs: latencyMs };
    if (!isTime(minMs) || !isTime(maxMs) || maxMs < minMs)
      throw new Error('latencyMs must be milliseconds, or {minMs, maxMs}');
    changes.latencyMs = { minMs, maxMs };
  }
  if (passwords !== undefined) {
    if (passwords !== 'flexible' && passwords !== 'by_name')
      throw new Error('passwordsOfNewDatabases must be flexible or by_name');
    changes.passwordsOfNewDatabases = passwords;
  }
  if (loginDatabases !== undefined) {
    if (loginDatabases !== 'all' && loginDatabases !== 'one')
      throw new Error('loginDatabases must be all or one');
    changes.loginDatabases = loginDatabases;
  }
  if (mailDelivery !== undefined) {
    if (mailDelivery !== 'works' && mailDelivery !== 'fails')
      throw new Error('mailDelivery must be works or fails');
    changes.mailDelivery = mailDelivery;
  }
  if (runtime !== undefined) {
    if (typeof runtime !== 'string') throw new Error('runtimeOfNewActions must be text');
    changes.runtimeOfNewActions = runtime;
  }
  for (const [name, value] of Object.entries(rest)) {
    const known = TIMES.find((one) => one === name);
    if (!known) throw new Error(`there is no setting ${name}`);
    if (!isTime(value)) throw new Error(`${name} must be a number, and not below 0`);
    changes[known] = value;
  }
  return changes;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}
