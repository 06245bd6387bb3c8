import Koa from 'koa';
import type { Services } from '../services.ts';
import { lastResort } from './last-resort.ts';
import type { State } from './state.ts';
import { steps } from './steps/index.ts';
import { untrustedProxy } from './untrusted-proxy.ts';

export function createApp(services: Services): Koa<State> {
  const proxies = services.config.TRUSTED_PROXIES;
  // Only what these proxies added to X-Forwarded-For counts: whatever stands before that, the caller wrote itself.
  const app = new Koa<State>({ proxy: proxies > 0, maxIpsCount: proxies });
  app.context.onerror = lastResort(services.publicUrl);
  app.use(untrustedProxy(services));
  for (const step of steps(services)) app.use(step);
  // Errors of requests are answered in `sendProblem`; what arrives here happened while an answer was being written.
  app.on('error', (err: unknown) => services.log.warn({ err }, 'answer not written'));
  return app;
}
