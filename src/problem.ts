import { problems } from './contract/generated-problems.ts';

export type ProblemCode = keyof typeof problems;

/** One invalid field or parameter. `pointer` is an RFC 6901 pointer; values are never repeated. */
export interface FieldError {
  in: 'body' | 'query' | 'path' | 'header';
  pointer: string;
  code: string;
  message: string;
}

interface ProblemParts {
  /** What is wrong with this request; sent to the caller, so it holds nothing secret or personal. */
  detail?: string;
  errors?: FieldError[];
  scopes?: string[];
  headers?: Record<string, string | string[]>;
  /** The caller, when a valid credential was refused all the same. */
  caller?: { kind: 'user' | 'tenant' | 'app'; tenantId: string; clientId: string };
  /** The reason, for the log only: never a credential, and nothing personal. */
  internal?: string;
  cause?: unknown;
}

/**
 * Problems about a caller's credential or permissions must give a reason: the code alone is too little for diagnosis.
 */
type RefusalCode = {
  [Code in ProblemCode]: (typeof problems)[Code]['status'] extends 401 | 403 ? Code : never;
}[ProblemCode];
type Reasoned = ProblemParts & ({ internal: string } | { detail: string } | { scopes: string[] });

/**
 * The only error that reaches a caller as more than `internal_error`. Its status and title come from
 * `openapi/problems.yaml`.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly parts: ProblemParts;

  constructor(code: RefusalCode, parts: Reasoned);
  constructor(code: Exclude<ProblemCode, RefusalCode>, parts?: ProblemParts);
  constructor(code: ProblemCode, parts: ProblemParts = {}) {
    super(parts.internal ?? parts.detail ?? code, { cause: parts.cause });
    this.name = 'Problem';
    this.code = code;
    this.parts = parts;
  }

  /** For a code known at run time only: one that was stored, or comes from another thread. */
  static of(code: ProblemCode, parts: ProblemParts): Problem {
    return new Problem(code as Exclude<ProblemCode, RefusalCode>, parts);
  }

  get status(): number {
    return problems[this.code].status;
  }

  get title(): string {
    return problems[this.code].title;
  }
}

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}
