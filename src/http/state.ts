/** What the steps hand on to each other, all of it: a step's needs can be read here. */
import type { ParameterizedContext } from 'koa';
import type { Credential } from '../authentication/credential.ts';
import type { OperationDescription } from '../contract/load-contract.ts';
import type { OperationValidators } from '../contract/validators.ts';
import type { PendingEvent } from '../events/event.ts';
import type { AnyOperation } from '../operations/index.ts';
import type { AnyPrincipal } from '../principal.ts';
import type { Problem } from '../problem.ts';
import type { Upload } from '../operations/operation.ts';
import type { Services } from '../services.ts';
import type { Standing } from './streams/standing.ts';

export interface MatchedOperation {
  description: OperationDescription;
  validators: OperationValidators;
  handler: AnyOperation;
  /** Media types of its answers when it succeeds, or leads elsewhere. */
  offers: string[];
  heedsIdempotencyKey: boolean;
  /** Whether `Prefer` changes its answer. */
  heedsPrefer: boolean;
}

export interface State {
  services: Services;
  requestId: string;
  /** Set by callerAddress: `ctx.ip` is the caller's, as far as anybody knows, and not that of a proxy that nobody trusts. */
  isAddressKnown: boolean;
  /** Set by traceRequest: `performance.now()` when it came. */
  started: number;
  /** Set by checkHead: the path that was called; undefined while nobody knows whether there is one. */
  instance: string | undefined;
  /** Set by matchOperation. */
  matched: MatchedOperation;
  path: Record<string, string>;
  /** Set by authenticate; undefined on operations that anybody may call. */
  principal: AnyPrincipal | undefined;
  /** Set by authenticate, of a credential of the authority's: whether the caller may still call. */
  standing: Standing | undefined;
  /** Set by authenticate: how the credential came, whatever became of it. */
  presentedScheme: Credential['scheme'] | undefined;
  /** Set by authenticate: the API key was good a while ago, and the authority cannot be asked. */
  inGrace: boolean | undefined;
  /** Set by readBody. */
  body: unknown;
  bodyType: string | undefined;
  /** Set by readBody, in place of the body, where the contract says `x-stream`. */
  upload: Upload | undefined;
  /** Set by validateInput. */
  query: Record<string, unknown>;
  /** Set by validateAnswer: of the media types that the operation answers with, the one that the caller prefers. */
  accepted: string | undefined;
  /** Set by runHandler, when the handler asks for it. */
  event: PendingEvent | undefined;
  /** The event was written by whoever did the work, or will be. */
  isTold: boolean | undefined;
  /** Set by limitAnonymous: it was counted among those of nobody in particular. */
  isCounted: boolean | undefined;
  /** Set by sendProblem. */
  problem: Problem | undefined;
}

export type Context = ParameterizedContext<State>;
export type Step = (ctx: Context, next: () => Promise<void>) => Promise<void>;
