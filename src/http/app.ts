import Koa from 'koa';
import type { Services } from '../services.ts';
import { lastResort } from './last-resort.ts';
import type { State } from './state.ts';
import { pipeline } from './steps/index.ts';

/** @param answer what answers each request; benchmarks leave steps out */
export function createApp(services: Services, answer = pipeline(services)): Koa<State> {
  const app = new Koa<State>();
  app.context.onerror = lastResort(services.publicUrl);
  app.use(answer);
  // Request errors are answered by `sendProblem`; errors that reach this listener happened while an answer was being
  // written.
  app.on('error', (err: unknown) => services.log.warn({ err }, 'answer not written'));
  return app;
}
