/** All of `ctx.state`: what the middleware set, and which middleware sets it. */
import type { ParameterizedContext } from 'koa';
import type { Admission } from '../authentication/authenticator.ts';
import type { Credential } from '../authentication/credential.ts';
import type { OperationDescription } from '../contract/load-contract.ts';
import type { OperationValidators } from '../contract/validators.ts';
import type { PendingEvent } from '../events/event.ts';
import type { Attempt } from '../gateway/keyed/attempt.ts';
import type { PrincipalTokens } from '../gateway/principal-token.ts';
import type { AnyOperation, HandlerAnswer } from '../operations/index.ts';
import type { AnyPrincipal } from '../principal.ts';
import type { Problem } from '../problem.ts';
import type { Upload } from '../operations/operation.ts';
import type { Services } from '../services.ts';
import type { BodyRoom } from './body-room.ts';
import type { Places } from './streams/places.ts';
import { Standing } from './streams/standing.ts';
import type { Watch } from './streams/watch.ts';

export interface MatchedOperation {
  description: OperationDescription;
  validators: OperationValidators;
  /** undefined: it is forwarded to a service. */
  handler: AnyOperation | undefined;
  /** Media types of the success and redirect answers. */
  offers: string[];
  heedsIdempotencyKey: boolean;
  /** Header fields of its answers that are the same for each request. */
  fields: HeaderFields;
  /** What a request to it goes through, in order. */
  steps: readonly Step[];
}

/** What steps are composed with. */
export interface PipelineParts {
  services: Services;
  watch: Watch;
  places: Places;
  /** For bodies to services that are read whole. */
  bodyRoom: BodyRoom;
  /** What services are sent with each request. */
  principalTokens: PrincipalTokens;
}

/** Alternately a name and its value, as `writeHead` takes them. */
export type HeaderFields = readonly string[];

/** Made whole at once: an object that grows by one member after the other is copied each few of them. */
export class State {
  readonly services: Services;
  readonly requestId: string;
  /** `performance.now()` when the request arrived. */
  readonly started = performance.now();
  /** Header fields of the answer that are this request's own: alternately a name and its value. */
  readonly fields: string[];
  /** Set by cors and by matchOperation: the request was answered, and has no operation. */
  isAnswered = false;
  /** Set by callerAddress: whether `ctx.ip` is the client's address rather than that of an untrusted proxy. */
  isAddressKnown = false;
  /** Set by checkHead: the request's path; undefined until it is known to be valid. */
  instance: string | undefined = undefined;
  /** Set by readOriginalRequest: a proxy asks whether it may pass this request on. */
  asksFor: 'decision' | 'refusal' | undefined = undefined;
  /** Set by matchOperation. */
  matched!: MatchedOperation;
  path!: Record<string, string>;
  /** Set by authenticate; undefined on public operations. */
  principal: AnyPrincipal | undefined = undefined;
  /** Set by authenticate for credentials that the authority issued. */
  admission: Admission | undefined = undefined;
  /** Set by authenticate: scheme of the presented credential, whether or not it was accepted. */
  presentedScheme: Credential['scheme'] | undefined = undefined;
  /**
   * Set by authenticate: the authority cannot be reached, and the API key is accepted because it was verified recently.
   */
  inGrace: boolean | undefined = undefined;
  /** Set by readBody. */
  body: unknown = undefined;
  bodyType: string | undefined = undefined;
  /** Set by readServiceBody: a JSON body as it came; by sendOnce: any body. */
  bytes: Buffer | undefined = undefined;
  /** Set by readBody instead of the body, where the contract has `x-stream`. */
  upload: Upload | undefined = undefined;
  /** Set by validateInput. */
  query!: Record<string, unknown>;
  /** Set by negotiate: the caller's preferred one of the operation's media types. */
  accepted: string | undefined = undefined;
  /** Set by runHandler. */
  answer!: HandlerAnswer;
  /** Set by runHandler when the handler requests it. */
  event: PendingEvent | undefined = undefined;
  /** The event was recorded together with the change, or will be. */
  isRecorded: boolean | undefined = undefined;
  /** Set by forward: a change was sent to a service, and no answer came; by answerDecision: its proxy will send it. */
  isOutcomeUnknown = false;
  /** Set by sendOnce: the first request with its idempotency key. */
  attempt: Attempt | undefined = undefined;
  /** Set by limitAnonymous: whether the request was counted against the anonymous limit. */
  isCounted: boolean | undefined = undefined;
  /** Set by sendProblem. */
  problem: Problem | undefined = undefined;
  #standing: Standing | undefined = undefined;

  constructor(services: Services, requestId: string) {
    this.services = services;
    this.requestId = requestId;
    this.fields = ['X-Request-Id', requestId];
  }

  /** Re-checks whether the caller may still call; undefined without a credential that the authority issued. */
  get standing(): Standing | undefined {
    const { admission, matched, path, services, started } = this;
    if (!admission) return undefined;
    return (this.#standing ??= new Standing({
      admission,
      registry: services.registry,
      operation: matched.description,
      path,
      since: started,
    }));
  }
}

export type Context = ParameterizedContext<State>;
/** One step of a request. It returns a promise only when it has to wait, and throws a Problem to refuse the request. */
export type Step = (ctx: Context) => void | Promise<void>;
