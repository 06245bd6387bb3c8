/** What a handler is: a function of its call that returns a value. It knows nothing of HTTP's library. */
import type { operations } from '../contract/generated.ts';
import type { OperationId } from '../contract/load-contract.ts';
import type { OperatorPrincipal, Principal } from '../principal.ts';
import type { Services } from '../services.ts';
import type { Preferences } from './preferences.ts';

type Of<Id extends OperationId> = operations[Id];
type Given<T> = [NonNullable<T>] extends [never] ? Record<never, never> : NonNullable<T>;
type ContentOf<T> = T extends { content: infer C } ? C[keyof C] : undefined;

/** Operations of whoever runs this, held against the contract in `test/house/operator-operations.test.ts`. */
export const operatorOperations = [
  'deleteDeadLetter',
  'getBudget',
  'listDeadLetters',
  'replayDeadLetter',
] as const;
type OperatorOperationId = (typeof operatorOperations)[number];

export interface Call<Id extends OperationId = OperationId> {
  operationId: Id;
  /** Not there on operations that anybody may call (`security: []`). */
  principal: Id extends OperatorOperationId ? OperatorPrincipal : Principal;
  path: Given<Of<Id>['parameters']['path']>;
  query: Given<Of<Id>['parameters']['query']>;
  body: ContentOf<NonNullable<Of<Id>['requestBody']>>;
  /** The media type of the body, without parameters. */
  bodyType: string | undefined;
  /** In place of `body` where the contract says `x-stream`. */
  upload: Upload | undefined;
  /** The media type of a good answer that suits the caller best, of those that the contract offers. */
  accepted: string | undefined;
  prefer: Preferences;
  /** `Idempotency-Key`, where the contract knows it. */
  idempotencyKey: string | undefined;
  /** `Last-Event-ID`, of whoever comes back to a stream of events. */
  lastEventId: string | undefined;
  requestId: string;
  /** The caller's. */
  address: string;
  services: Services;
  /** Aborted when the caller hangs up. */
  signal: AbortSignal;
}

export interface Upload {
  /** To be read once. Throws a Problem when it breaks off or stands still. */
  source: AsyncIterable<Uint8Array>;
  isGzip: boolean;
  /** Of the media type. */
  charset: string | undefined;
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

export type Operation<Id extends OperationId = OperationId> = (
  call: Call<Id>,
) => Promise<Answer<Id>> | Answer<Id>;
