/** The handlers, as the request pipeline calls them. At startup a missing or unknown handler is an error. */
import type { OperationId } from '../contract/load-contract.ts';
import { handlers } from './generated-handlers.ts';

/** A handler as the pipeline calls it: the contract validates its input before, and its answer afterwards. */
export type AnyOperation = (call: Record<string, unknown>) => Promise<HandlerAnswer> | HandlerAnswer;

export interface HandlerAnswer {
  status: number;
  body?: unknown;
  type?: string;
  headers?: Record<string, string>;
}

export const operations = handlers as unknown as Record<OperationId, AnyOperation>;
