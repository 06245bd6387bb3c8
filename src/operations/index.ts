/** The handlers, as the pipeline calls them. At start it refuses to run with one that is missing or unknown. */
import type { OperationId } from '../contract/load-contract.ts';
import { handlers } from './generated-handlers.ts';

/** A handler as the pipeline calls it: the contract has checked its input, and will check its answer. */
export type AnyOperation = (call: Record<string, unknown>) => Promise<HandlerAnswer> | HandlerAnswer;

export interface HandlerAnswer {
  status: number;
  body?: unknown;
  type?: string;
  headers?: Record<string, string>;
}

export const operations = handlers as unknown as Record<OperationId, AnyOperation>;
