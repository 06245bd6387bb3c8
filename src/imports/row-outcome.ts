import type { ProblemCode } from '../problem.ts';

/** What became of a row. Each row gets exactly one, once. */
export type RowStatus = 'created' | 'failed' | 'skipped' | 'unknown';

export interface RowError {
  code: ProblemCode;
  message: string;
  /** RFC 6901, into the row. */
  pointer?: string;
}

export interface RowOutcome {
  status: RowStatus;
  userId?: string;
  error?: RowError;
}
