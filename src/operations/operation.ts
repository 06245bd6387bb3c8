/** Type of a handler: a function of its call that returns a value, independent of Koa. */
import type { callersOf } from '../contract/generated-callers.ts';
import type { operations } from '../contract/generated.ts';
import type { OperationId } from '../contract/load-contract.ts';
import type { PendingEvent } from '../events/event.ts';
import type {
  AppPrincipal,
  AuthorityPrincipal,
  OperatorPrincipal,
  RegistrantPrincipal,
  RegistrationPrincipal,
  ServicePrincipal,
  TenantPrincipal,
  UserPrincipal,
} from '../principal.ts';
import type { Services } from '../services.ts';
import type { Preferences } from './preferences.ts';

type Of<Id extends OperationId> = operations[Id];
type Given<T> = [NonNullable<T>] extends [never] ? Record<never, never> : NonNullable<T>;
type ContentOf<T> = T extends { content: infer C } ? C[keyof C] : undefined;

/** Principals by security scheme; `nobody`: no credential. */
interface PrincipalOfScheme {
  user: UserPrincipal;
  apiKey: TenantPrincipal;
  app: AppPrincipal;
  operator: OperatorPrincipal;
  initialAccessToken: RegistrantPrincipal;
  registrationToken: RegistrationPrincipal;
  service: ServicePrincipal;
  eventStream: AuthorityPrincipal;
  nobody: undefined;
}
/** Principals that `security` in the contract admits. */
type PrincipalOf<Id extends OperationId> = PrincipalOfScheme[(typeof callersOf)[Id][number]];

/** @template Needs the services that the handler uses: it gets no others */
export interface Call<Id extends OperationId = OperationId, Needs extends keyof Services = never> {
  operationId: Id;
  /** undefined for operations without authentication (`security: []`). */
  principal: PrincipalOf<Id>;
  path: Given<Of<Id>['parameters']['path']>;
  query: Given<Of<Id>['parameters']['query']>;
  /** Those that the contract names, as they came. */
  cookies: Given<Of<Id>['parameters']['cookie']>;
  body: ContentOf<NonNullable<Of<Id>['requestBody']>>;
  /** The media type of the body, without parameters. */
  bodyType: string | undefined;
  /** Replaces `body` where the contract says `x-stream`. */
  upload: Upload | undefined;
  prefer: Preferences;
  /** `Idempotency-Key`, if the contract declares it for the operation. */
  idempotencyKey: string | undefined;
  /** `If-Match` (RFC 9110 section 13.1.1). */
  ifMatch: string | undefined;
  /** `Last-Event-ID`, sent by clients that reconnect to an event stream. */
  lastEventId: string | undefined;
  requestId: string;
  /** IP address of the caller; behind an untrusted proxy, that of the proxy. */
  address: string;
  isAddressKnown: boolean;
  services: Pick<Services, Needs>;
  /** The caller's preferred media type among those of the operation. */
  accepted: string | undefined;
  /** Whether the caller prefers a page to JSON, as browsers do. */
  prefersPage: boolean;
  /** Records this call, unless it is not to be recorded. A handler that stores it together with its change takes it. */
  event: PendingEvent;
  /** Aborted when the caller disconnects. */
  signal: AbortSignal;
}

export interface Upload {
  /** Can be read once. Throws a Problem when the upload breaks off or stalls. */
  source: AsyncIterable<Uint8Array>;
  isGzip: boolean;
  /** Call before the upload takes effect. @throws Problem when its sender is no longer authorized */
  recheck: () => Promise<void>;
  /** Of the media type. */
  charset: string | undefined;
  /** Content-Length, if the sender gave one. */
  expectedBytes: number | undefined;
}

type AnswerOf<R, Status> = R extends { content: infer C }
  ? 'application/problem+json' extends keyof C
    ? never // errors are thrown as Problem
    : {
        status: Status;
        /** Anything but JSON may be a stream. */
        body:
          C[keyof C] | (Exclude<keyof C, 'application/json'> extends never ? never : AsyncIterable<string>);
        type?: keyof C & string;
        headers?: Record<string, string>;
      }
  : { status: Status; body?: undefined; headers?: Record<string, string> };

/** The answers that the contract describes for this operation; another shape does not compile. */
export type Answer<Id extends OperationId = OperationId> = {
  [Status in keyof Of<Id>['responses']]: AnswerOf<Of<Id>['responses'][Status], Status>;
}[keyof Of<Id>['responses']];

/** `Operation<'getApiKey', 'apiKeys'>`: a handler that gets one service, and no others. */
export type Operation<Id extends OperationId = OperationId, Needs extends keyof Services = never> = (
  call: Call<Id, Needs>,
) => Promise<Answer<Id>> | Answer<Id>;

/** The same call with other members: what it reads on demand stays so. */
export function changedCall<C extends object>(call: C, changes: Partial<C>): C {
  return Object.create(call, Object.getOwnPropertyDescriptors(changes)) as C;
}
