/**
 * One request to a service and its answer: the handler that undici calls. Its methods are undici's older interface, which
 * hands over the answer's fields as they came; the newer one makes an object of them for each answer.
 */
import type { Duplex } from 'node:stream';
import type { Dispatcher } from 'undici';
import { Problem } from '../../problem.ts';
import type { Context } from '../state.ts';
import { whenOver } from '../streams/when-over.ts';
import { answerCheckFor, type AnswerCheck } from './answer-check.ts';
import { AnswerRecord } from './answer-record.ts';
import { Attempts } from './attempts.ts';
import { CallerWatch } from './caller-watch.ts';
import { HandshakeWatch } from './handshake-watch.ts';
import { InformationalAnswers } from './informational-answers.ts';
import { onceOver } from './once-over.ts';
import { isEventStream, PassedAnswer } from './passed-answer.ts';
import { ServiceBody } from './service-body.ts';
import type { ServiceRequest } from './service-request.ts';
import type { ServiceRoute } from './service-route.ts';
import { Settlement } from './settlement.ts';
import { Tunnel } from './tunnel.ts';

const nothing = () => undefined;
/** RFC 9110 sections 15.5.2 and 15.5.8: both would need a challenge, and the service has none for a caller of ours. */
const NOT_ACCEPTED = new Set([401, 407]);
const REFUSED = 'The service did not accept the credential of this API. The request was not carried out.';
const BROKEN = 'The answer of the service is not as its contract describes it.';

export class Exchange implements Dispatcher.DispatchHandler {
  readonly #ctx: Context;
  readonly #route: ServiceRoute;
  readonly #request: ServiceRequest;
  readonly #attempts: Attempts;
  readonly #settlement: Settlement;
  readonly #watch: CallerWatch;
  /** Ends the request at the service; undefined while it is not connected. */
  #abort: ((reason?: Error) => void) | undefined;
  #isSent = false;
  #informational: InformationalAnswers | undefined;
  #answer: PassedAnswer | Tunnel | undefined;
  /** Of a service whose answers are checked. */
  #check: AnswerCheck | undefined;
  /** Of a request with an idempotency key. */
  #record: AnswerRecord | undefined;
  /** Sends the answer that is held back until it has been checked, or kept. */
  #release: (() => PassedAnswer) | undefined;
  #resume: () => void = nothing;
  /** Of a request to switch, until it is answered. */
  #handshake: HandshakeWatch | undefined;
  /** Of an exchange that lasts. */
  #forgetShutdown: () => void = nothing;
  #isCallerGone = false;
  /** The caller was refused before the answer. */
  #refusal: Problem | undefined;

  constructor(ctx: Context, route: ServiceRoute, request: ServiceRequest) {
    this.#ctx = ctx;
    this.#route = route;
    this.#request = request;
    const isPlainRead = request.method === 'GET' || request.method === 'HEAD';
    this.#attempts = new Attempts(route.upstream, isPlainRead && request.body === null);
    this.#settlement = new Settlement(ctx, route, request);
    this.#watch = new CallerWatch(ctx, route.watch, (problem) => this.#refuse(problem));
  }

  /** @throws Problem, when there is no answer to pass on */
  run(): Promise<void> {
    const left = () => this.#callerLeft();
    if (this.#request.isUpgrade) {
      whenOver(this.#ctx, left);
      this.#handshake = new HandshakeWatch(this.#ctx.req.socket);
    } else onceOver(this.#ctx, left);
    this.#send();
    const { promise } = this.#settlement;
    return this.#handshake ? promise.finally(() => this.#handshake?.end()) : promise;
  }

  onConnect(abort: (reason?: Error) => void): void {
    this.#attempts.connected();
    this.#abort = abort;
    if (this.#isCallerGone || this.#refusal) return abort(this.#refusal);
    this.#isSent = true;
    this.#ctx.state.attempt?.sent();
  }

  onHeaders(status: number, raw: Buffer[], resume: () => void): boolean {
    if (status < 200) {
      const links = (value: string) => this.#route.links(this.#ctx, value);
      (this.#informational ??= new InformationalAnswers(this.#ctx, links)).pass(status, raw);
      return true;
    }
    this.#resume = resume;
    if (NOT_ACCEPTED.has(status)) this.#notAccepted(status);
    const { isStream: isDeclared, idleMs } = this.#route.operation;
    const fields = this.#route.answerFields(this.#ctx, raw);
    const isStream = isDeclared || isEventStream(fields);
    if (isStream && !isDeclared) this.#route.takePlace(this.#ctx);
    const pass = () => (this.#answer = new PassedAnswer(this.#ctx, { status, fields, isStream, idleMs }));
    this.#handshake?.end();
    if (!isStream && this.#isChecked(status))
      this.#check = answerCheckFor(this.#ctx.state.matched.validators, { status, fields });
    const { attempt } = this.#ctx.state;
    if (attempt && !isStream) this.#record = new AnswerRecord(attempt, status, raw);
    else void attempt?.answered(status, undefined);
    if (this.#isEnforced() || this.#record) this.#release = pass;
    else if (isStream) this.#lasts(pass());
    else pass();
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#check?.add(chunk);
    if (this.#record) return this.#record.add(chunk) || this.#tooLong(this.#record);
    return this.#answer instanceof PassedAnswer ? this.#answer.write(chunk, this.#resume) : true;
  }

  /** @param trailers Buffers, though undici's types say strings */
  onComplete(trailers: unknown): void {
    const raw = trailers as Buffer[];
    if (this.#check && !this.#holds(this.#check)) return;
    if (this.#record) void this.#record.keep().then(() => this.#end(raw));
    else this.#end(raw);
  }

  onUpgrade(_status: number, raw: Buffer[] | string[] | null, socket: Duplex): void {
    this.#abort = undefined;
    const fields = this.#route.switchFields(this.#ctx, (raw ?? []) as Buffer[]);
    this.#handshake?.end();
    const tunnel = new Tunnel(this.#ctx, fields, socket, this.#route.operation.idleMs);
    this.#answer = tunnel;
    this.#watch.begin();
    this.#forgetShutdown = this.#route.shutdown.onBegin(() => tunnel.goAway());
    this.#settlement.answered();
  }

  onError(error: Error): void {
    const isConnected = this.#abort !== undefined;
    this.#abort = undefined;
    const mayTryAnother = !isConnected && this.#attempts.notConnected(error);
    if (this.#answer) this.#breakOff(this.#answer, error);
    else if (this.#isCallerGone) this.#settlement.abandoned(this.#isSent);
    else if (this.#refusal) this.#settlement.failed(this.#refusal, this.#isSent);
    // Later: undici is still busy with the end of this attempt.
    else if (mayTryAnother || this.#attempts.mayRepeat(error)) queueMicrotask(() => this.#send());
    else this.#settlement.failed(error, this.#isSent);
  }

  #isChecked(status: number): boolean {
    const { answers } = this.#route.operation.service;
    return answers !== 'off' && this.#request.method !== 'HEAD' && status !== 204 && status !== 304;
  }

  /** @returns false: the caller gets a problem instead of the answer */
  #holds(check: AnswerCheck): boolean {
    const internal = check.fault();
    if (internal !== undefined) {
      const { services, requestId } = this.#ctx.state;
      const { id } = this.#route.operation;
      services.log.warn(
        { request_id: requestId, operation: id, internal },
        'answer of a service breaks its contract',
      );
    }
    if (internal === undefined || !this.#isEnforced()) return true;
    this.#settlement.failed(new Problem('service_failed', { detail: BROKEN, internal }), this.#isSent);
    return false;
  }

  #isEnforced(): boolean {
    return this.#check !== undefined && this.#route.operation.service.answers === 'enforce';
  }

  /** The answer is not kept. @returns as `onData` does */
  #tooLong(record: AnswerRecord): boolean {
    void record.giveUp();
    this.#record = undefined;
    if (this.#isCallerGone) this.#abort?.();
    else if (!this.#isEnforced()) return this.#pass(record.body);
    return true;
  }

  /** Sends what was held back. */
  #pass(body: Buffer | undefined): boolean {
    const answer = this.#release?.();
    this.#release = undefined;
    return !answer || !body || body.length === 0 || answer.write(body, this.#resume);
  }

  /** Of the answer. */
  #end(trailers: readonly Buffer[]): void {
    const held = this.#record ?? this.#check;
    if (this.#record && this.#isCallerGone) return this.#settlement.keptFor(this.#record.status);
    if (this.#release) this.#pass(held?.body);
    if (this.#answer instanceof PassedAnswer) this.#answer.end(this.#route.trailers(this.#ctx, trailers));
    this.#settlement.answered();
  }

  /** Its own credential, `Trivium-Principal`, is not the caller's, who could do nothing about it. */
  #notAccepted(status: number): never {
    void this.#ctx.state.attempt?.answered(status, undefined);
    this.#isSent = false;
    throw new Problem('service_failed', {
      detail: REFUSED,
      internal: `${this.#route.operation.service.name} answered ${status}`,
    });
  }

  #send(): void {
    if (this.#isCallerGone) return this.#settlement.abandoned(this.#isSent);
    if (this.#refusal) return this.#settlement.failed(this.#refusal, this.#isSent);
    const address = this.#attempts.next();
    if (address instanceof Problem) return this.#settlement.failed(address, this.#isSent);
    this.#isSent = false;
    this.#check = undefined;
    this.#release = undefined;
    const { method, path, headers, body, isUpgrade } = this.#request;
    const { firstByteMs: headersTimeout, idleMs: bodyTimeout } = this.#route.operation;
    const url = address.basePath + path;
    const upgrade = isUpgrade ? 'websocket' : null;
    address.pool.dispatch({ method, path: url, headers, body, upgrade, headersTimeout, bodyTimeout }, this);
  }

  /** An answer without an end in sight. */
  #lasts(answer: PassedAnswer): void {
    this.#watch.begin();
    this.#forgetShutdown = this.#route.shutdown.onBegin(() => answer.goAway());
    // The end of the step would drain the rest of a body that is still arriving.
    if (!(this.#request.body instanceof ServiceBody) || this.#ctx.req.complete) this.#settlement.begun();
  }

  /** The rest of an answer will not come. */
  #breakOff(answer: PassedAnswer | Tunnel, err: Error): void {
    if (!answer.isCut && !this.#isCallerGone) {
      this.#route.noteBreak(this.#ctx, err);
      answer.breakOff();
    }
    this.#settlement.answered();
  }

  #refuse(problem: Problem): void {
    if (this.#answer) {
      this.#answer.cutOff(problem);
      this.#abort?.();
    } else if (!this.#settlement.isOver) {
      this.#refusal = problem;
      this.#abort?.(problem);
    }
  }

  /** Also after each answer that was sent. */
  #callerLeft(): void {
    this.#isCallerGone = true;
    this.#watch.end();
    this.#forgetShutdown();
    // Who sends the request with its key again gets the answer.
    const isAwaited = this.#ctx.state.attempt !== undefined && this.#isSent && !this.#answer;
    if (!this.#settlement.isOver && !isAwaited) this.#abort?.();
  }
}
