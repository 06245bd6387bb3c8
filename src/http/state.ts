/** What the steps hand on to each other, all of it: a step's needs can be read here. */
import type { ParameterizedContext } from 'koa';
import type { OperationDescription } from '../contract/load-contract.ts';
import type { OperationValidators } from '../contract/validators.ts';
import type { AnyOperation } from '../operations/index.ts';
import type { Upload } from '../operations/operation.ts';
import type { OperatorPrincipal, Principal } from '../principal.ts';
import type { Services } from '../services.ts';

export interface MatchedOperation {
  description: OperationDescription;
  validators: OperationValidators;
  handler: AnyOperation;
  /** Media types of its answers when it succeeds. */
  offers: string[];
  heedsIdempotencyKey: boolean;
  /** Whether `Prefer` changes its answer. */
  heedsPrefer: boolean;
}

export interface State {
  services: Services;
  requestId: string;
  /** Set by matchOperation. */
  matched: MatchedOperation;
  path: Record<string, string>;
  /** Set by authenticate; undefined on operations that anybody may call. */
  principal: Principal | OperatorPrincipal | undefined;
  /** Set by authenticate: the API key was good a while ago, and the authority cannot be asked. */
  inGrace: boolean | undefined;
  /** Set by readBody. */
  body: unknown;
  bodyType: string | undefined;
  /** Set by readBody, in place of the body, where the contract says `x-stream`. */
  upload: Upload | undefined;
  /** Set by validateInput. */
  query: Record<string, unknown>;
}

export type Context = ParameterizedContext<State>;
export type Step = (ctx: Context, next: () => Promise<void>) => Promise<void>;
