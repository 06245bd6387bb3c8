import Koa from 'koa';
import type { Services } from '../services.ts';
import { callerAddress } from './caller-address.ts';
import { lastResort } from './last-resort.ts';
import type { State } from './state.ts';
import { steps } from './steps/index.ts';

export function createApp(services: Services): Koa<State> {
  const app = new Koa<State>();
  app.context.onerror = lastResort(services.publicUrl);
  app.use(callerAddress(services));
  for (const step of steps(services)) app.use(step);
  // Request errors are answered by `sendProblem`; errors that reach this listener happened while an answer was being
  // written.
  app.on('error', (err: unknown) => services.log.warn({ err }, 'answer not written'));
  return app;
}
