/**
 * One request to a service and its answer: the handler that undici calls. Its methods are undici's older interface, which
 * hands over the answer's fields as they came; the newer one makes an object of them for each answer.
 */
import type { Dispatcher } from 'undici';
import { Problem } from '../../problem.ts';
import type { Context } from '../state.ts';
import { Attempts } from './attempts.ts';
import { CallerWatch } from './caller-watch.ts';
import { failureOf } from './failure.ts';
import { InformationalAnswers } from './informational-answers.ts';
import { onceOver } from './once-over.ts';
import { isEventStream, PassedAnswer } from './passed-answer.ts';
import { ServiceBody } from './service-body.ts';
import type { ServiceRoute } from './service-route.ts';

export interface ServiceRequest {
  method: string;
  /** With the query, without the base path of an address. */
  path: string;
  /** Alternately a name and its value. */
  headers: string[];
  body: Buffer | ServiceBody | null;
}

/** The caller hung up before the answer, as nginx logs it. */
const CLIENT_CLOSED_REQUEST = 499;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const NO_TRAILERS: [string, string][] = [];
const nothing = () => undefined;

export class Exchange implements Dispatcher.DispatchHandler {
  readonly #ctx: Context;
  readonly #route: ServiceRoute;
  readonly #request: ServiceRequest;
  readonly #attempts: Attempts;
  /** Ends the request at the service; undefined while it is not connected. */
  #abort: ((reason?: Error) => void) | undefined;
  #isSent = false;
  #informational: InformationalAnswers | undefined;
  #answer: PassedAnswer | undefined;
  #resume: () => void = nothing;
  #watch: CallerWatch | undefined;
  #isCallerGone = false;
  /** The caller was refused before the answer. */
  #refusal: Problem | undefined;
  #isSettled = false;
  #resolve: () => void = nothing;
  #reject: (error: unknown) => void = nothing;

  /** The place at the upstream was taken; the exchange gives it back. */
  constructor(ctx: Context, route: ServiceRoute, request: ServiceRequest) {
    this.#ctx = ctx;
    this.#route = route;
    this.#request = request;
    const isPlainRead = request.method === 'GET' || request.method === 'HEAD';
    this.#attempts = new Attempts(route.upstream, isPlainRead && request.body === null);
  }

  /** @throws Problem, when there is no answer to pass on */
  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#watch = new CallerWatch(this.#ctx, this.#route.watch, (problem) => this.#refuse(problem));
      onceOver(this.#ctx, () => this.#callerLeft());
      this.#send();
    });
  }

  onConnect(abort: (reason?: Error) => void): void {
    this.#attempts.connected();
    this.#abort = abort;
    if (this.#isCallerGone || this.#refusal) abort(this.#refusal);
    else this.#isSent = true;
  }

  onHeaders(status: number, raw: Buffer[], resume: () => void): boolean {
    if (status < 200) {
      (this.#informational ??= new InformationalAnswers(this.#ctx)).pass(status, raw);
      return true;
    }
    this.#resume = resume;
    const { isStream: isDeclared, idleMs } = this.#route.operation;
    const fields = this.#route.fieldsToCaller(this.#ctx)(raw);
    const isStream = isDeclared || isEventStream(fields);
    if (isStream && !isDeclared) this.#route.takePlace(this.#ctx);
    for (const field of this.#ctx.state.fields) fields.push(field);
    this.#answer = new PassedAnswer(this.#ctx, { status, fields, isStream, idleMs });
    if (isStream) this.#streamBegins();
    return true;
  }

  onData(chunk: Buffer): boolean {
    return this.#answer?.write(chunk, this.#resume) ?? true;
  }

  /** @param trailers Buffers, though undici's types say strings */
  onComplete(trailers: unknown): void {
    const raw = trailers as Buffer[];
    this.#answer?.end(raw.length > 0 ? this.#route.fieldsToCaller(this.#ctx).trailers(raw) : NO_TRAILERS);
    this.#settle();
  }

  onError(error: Error): void {
    const isConnected = this.#abort !== undefined;
    this.#abort = undefined;
    const mayTryAnother = !isConnected && this.#attempts.notConnected(error);
    if (this.#isCallerGone) this.#settle();
    else if (this.#answer) this.#breakOff(this.#answer, error);
    else if (this.#refusal) this.#fail(this.#refusal);
    // Later: undici is still busy with the end of this attempt.
    else if (mayTryAnother || this.#attempts.mayRepeat(error)) queueMicrotask(() => this.#send());
    else this.#fail(this.#failureOf(error));
  }

  #send(): void {
    if (this.#isCallerGone) return this.#settle();
    if (this.#refusal) return this.#fail(this.#refusal);
    const address = this.#attempts.next();
    if (address instanceof Problem) return this.#fail(address);
    this.#isSent = false;
    const { method, path, headers, body } = this.#request;
    const { firstByteMs: headersTimeout, idleMs: bodyTimeout } = this.#route.operation;
    const url = address.basePath + path;
    address.pool.dispatch({ method, path: url, headers, body, headersTimeout, bodyTimeout }, this);
  }

  #streamBegins(): void {
    this.#watch?.begin();
    // The end of the step would drain the rest of a body that is still arriving.
    if (!(this.#request.body instanceof ServiceBody) || this.#ctx.req.complete) this.#resolve();
  }

  /** The rest of an answer will not come. */
  #breakOff(answer: PassedAnswer, err: Error): void {
    if (!answer.isCut) {
      const { services, requestId } = this.#ctx.state;
      const { name } = this.#route.operation.service;
      services.log.warn({ request_id: requestId, service: name, err }, 'answer of a service broke off');
      answer.breakOff();
    }
    this.#settle();
  }

  #refuse(problem: Problem): void {
    if (this.#answer) {
      this.#answer.cutOff(problem);
      this.#abort?.();
    } else if (!this.#isSettled) {
      this.#refusal = problem;
      this.#abort?.(problem);
    }
  }

  /** Also after each answer that was sent. */
  #callerLeft(): void {
    this.#isCallerGone = true;
    this.#watch?.end();
    if (!this.#isSettled) this.#abort?.();
  }

  #failureOf(error: unknown): Problem {
    const { name: service } = this.#route.operation.service;
    return failureOf(error, { service, isSent: this.#isSent, isWrite: this.#isWrite() });
  }

  #isWrite(): boolean {
    return !READS.has(this.#request.method);
  }

  #fail(problem: Problem): void {
    const isIncomplete = problem.code === 'body_too_large' || problem.code === 'request_timeout';
    this.#leave(!isIncomplete);
    this.#reject(problem);
  }

  #settle(): void {
    this.#leave(true);
    if (!this.#answer && this.#isCallerGone) {
      this.#ctx.res.statusCode = CLIENT_CLOSED_REQUEST;
      this.#ctx.respond = false;
    }
    this.#resolve();
  }

  /** @param mayBeDone a service does not carry out a request without its end */
  #leave(mayBeDone: boolean): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#route.upstream.leave();
    const { body } = this.#request;
    if (body instanceof ServiceBody) body.destroy();
    if (mayBeDone && !this.#answer && this.#isSent && this.#isWrite()) this.#ctx.state.isOutcomeUnknown = true;
  }
}
