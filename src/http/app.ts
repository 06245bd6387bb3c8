import Koa from 'koa';
import type { Services } from '../services.ts';
import { lastResort } from './last-resort.ts';
import type { Context, State, Step } from './state.ts';
import { pipeline } from './steps/index.ts';

/** Of Koa, which its types leave out. */
interface HandleRequest {
  /** @param answered sets the answer that Koa then writes */
  handleRequest(ctx: Context, answered: () => Promise<void>): Promise<void>;
}

/** @param answer what answers each request; benchmarks leave steps out */
export function createApp(services: Services, answer = pipeline(services)): Koa<State> {
  const app = new Koa<State>() as Koa<State> & HandleRequest;
  app.context.onerror = lastResort(services.publicUrl);
  app.handleRequest = answerBy(answer, app.handleRequest.bind(app));
  // Request errors are answered by `sendProblem`; errors that reach this listener happened while an answer was being
  // written.
  app.on('error', (err: unknown) => services.log.warn({ err }, 'answer not written'));
  return app;
}

/**
 * Nearly every answer is written by its own step. Koa's way to write one costs each request listeners and promises
 * (decision 34), so only those go there that are left to it.
 */
function answerBy(answer: Step, koa: HandleRequest['handleRequest']): HandleRequest['handleRequest'] {
  return async (ctx) => {
    const { res } = ctx;
    res.statusCode = 404;
    try {
      const waiting = answer(ctx);
      if (waiting) await waiting;
    } catch (error) {
      return ctx.onerror(error as Error);
    }
    if (ctx.respond === false) return undefined;
    const { statusCode } = res;
    return koa(ctx, () => {
      // Koa begins with 404.
      res.statusCode = statusCode;
      return Promise.resolve();
    });
  };
}
