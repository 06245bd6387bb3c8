/** What a handler is: a function of its call that returns a value. It knows nothing of HTTP's library. */
import type { callersOf } from '../contract/generated-callers.ts';
import type { operations } from '../contract/generated.ts';
import type { OperationId } from '../contract/load-contract.ts';
import type { PendingEvent } from '../events/event.ts';
import type {
  AppPrincipal,
  OperatorPrincipal,
  RegistrantPrincipal,
  RegistrationPrincipal,
  TenantPrincipal,
  UserPrincipal,
} from '../principal.ts';
import type { Services } from '../services.ts';
import type { Preferences } from './preferences.ts';

type Of<Id extends OperationId> = operations[Id];
type Given<T> = [NonNullable<T>] extends [never] ? Record<never, never> : NonNullable<T>;
type ContentOf<T> = T extends { content: infer C } ? C[keyof C] : undefined;

/** By the scheme that its credential belongs to; `nobody` brings none. */
interface PrincipalOfScheme {
  user: UserPrincipal;
  apiKey: TenantPrincipal;
  app: AppPrincipal;
  operator: OperatorPrincipal;
  initialAccessToken: RegistrantPrincipal;
  registrationToken: RegistrationPrincipal;
  nobody: undefined;
}
/** Whom `security` in the contract lets in. */
type PrincipalOf<Id extends OperationId> = PrincipalOfScheme[(typeof callersOf)[Id][number]];

/** @template Needs the services that the handler uses: it gets no others */
export interface Call<Id extends OperationId = OperationId, Needs extends keyof Services = never> {
  operationId: Id;
  /** undefined on operations that anybody may call (`security: []`). */
  principal: PrincipalOf<Id>;
  path: Given<Of<Id>['parameters']['path']>;
  query: Given<Of<Id>['parameters']['query']>;
  /** Those that the contract names, as they came. */
  cookies: Given<Of<Id>['parameters']['cookie']>;
  body: ContentOf<NonNullable<Of<Id>['requestBody']>>;
  /** The media type of the body, without parameters. */
  bodyType: string | undefined;
  /** In place of `body` where the contract says `x-stream`. */
  upload: Upload | undefined;
  prefer: Preferences;
  /** `Idempotency-Key`, where the contract knows it. */
  idempotencyKey: string | undefined;
  /** `If-Match` (RFC 9110 section 13.1.1). */
  ifMatch: string | undefined;
  /** `Last-Event-ID`, of whoever comes back to a stream of events. */
  lastEventId: string | undefined;
  requestId: string;
  /** The caller's; of a proxy that nobody trusts, where it is not known. */
  address: string;
  isAddressKnown: boolean;
  services: Pick<Services, Needs>;
  /** Of the media types that the operation answers with, the one that the caller prefers. */
  accepted: string | undefined;
  /** Whether the caller prefers a page to JSON, as browsers do. */
  prefersPage: boolean;
  /** Tells of this call, unless nobody has to hear of it. Whoever writes it with the change itself takes it. */
  event: PendingEvent;
  /** Aborted when the caller hangs up. */
  signal: AbortSignal;
}

export interface Upload {
  /** To be read once. Throws a Problem when it breaks off or stands still. */
  source: AsyncIterable<Uint8Array>;
  isGzip: boolean;
  /** Before anything comes of it. @throws Problem when its sender may not call any more */
  recheck: () => Promise<void>;
  /** Of the media type. */
  charset: string | undefined;
  /** How long it is, if its sender said so. */
  expectedBytes: number | undefined;
}

type AnswerOf<R, Status> = R extends { content: infer C }
  ? 'application/problem+json' extends keyof C
    ? never // errors are thrown as Problem
    : {
        status: Status;
        /** What is no JSON may come as a stream. */
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

/** `Operation<'getApiKey', 'apiKeys'>`: a handler that uses one service, and gets no other. */
export type Operation<Id extends OperationId = OperationId, Needs extends keyof Services = never> = (
  call: Call<Id, Needs>,
) => Promise<Answer<Id>> | Answer<Id>;
