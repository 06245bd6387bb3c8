/** How the step that forwards a request ends; the first end counts. */
import type { Problem } from '../../problem.ts';
import type { Context } from '../state.ts';
import { failureOf } from './failure.ts';
import { ServiceBody } from './service-body.ts';
import type { ServiceRequest } from './service-request.ts';
import type { ServiceRoute } from './service-route.ts';

/** The caller hung up before the answer, as nginx logs it. */
const CLIENT_CLOSED_REQUEST = 499;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

export class Settlement {
  /** Rejected with a Problem when there is no answer to pass on. */
  readonly promise: Promise<void>;
  readonly #ctx: Context;
  readonly #route: ServiceRoute;
  readonly #request: ServiceRequest;
  #resolve!: () => void;
  #reject!: (problem: Problem) => void;
  #isOver = false;

  /** The place at the upstream was taken; the settlement gives it back. */
  constructor(ctx: Context, route: ServiceRoute, request: ServiceRequest) {
    this.#ctx = ctx;
    this.#route = route;
    this.#request = request;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Whether the service has nothing more to do with it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The answer goes on, but the step need not wait for its end. */
  begun(): void {
    this.#resolve();
  }

  /** The answer has ended, in whatever way. */
  answered(): void {
    this.#leave();
    this.#resolve();
  }

  /** The answer has come and is kept, and the caller hung up before. */
  keptFor(status: number): void {
    this.#leave();
    this.#ctx.res.statusCode = status;
    this.#ctx.respond = false;
    this.#resolve();
  }

  /** The caller hung up before the answer. */
  abandoned(isSent: boolean): void {
    this.#leave();
    this.#ctx.res.statusCode = CLIENT_CLOSED_REQUEST;
    this.#ctx.respond = false;
    this.#note(isSent);
    this.#resolve();
  }

  /** @param error a Problem, or what undici reports */
  failed(error: unknown, isSent: boolean): void {
    this.#leave();
    const { name: service } = this.#route.operation.service;
    const problem = failureOf(error, { service, isSent, isWrite: this.#isWrite() });
    // A service does not carry out a request that breaks off.
    const isIncomplete = problem.code === 'body_too_large' || problem.code === 'request_timeout';
    this.#note(isSent && !isIncomplete);
    this.#reject(problem);
  }

  #isWrite(): boolean {
    return !READS.has(this.#request.method);
  }

  #note(mayHaveRun: boolean): void {
    if (mayHaveRun && this.#isWrite()) this.#ctx.state.isOutcomeUnknown = true;
  }

  #leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#route.upstream.leave(this.#request.tenantId);
    const { body } = this.#request;
    if (body instanceof ServiceBody) body.destroy();
  }
}
