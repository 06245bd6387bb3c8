import { STATUS_CODES } from 'node:http';
import type { Violation } from './rule.ts';

/** An error response of the Management API: `{statusCode, error, message, errorCode}` (recorded). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly errorCode: string | undefined;
  /** z-schema's name of the violated rule: imports report it per user. */
  readonly rule: string | undefined;

  constructor(status: number, message: string, errorCode?: string, rule?: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.rule = rule;
  }

  get body(): Record<string, unknown> {
    return {
      statusCode: this.status,
      error: STATUS_CODES[this.status],
      message: this.message,
      ...(this.errorCode !== undefined && { errorCode: this.errorCode }),
    };
  }
}

/** Recorded: "Payload validation error: '…' on property …". */
export function invalidBody(detail: string, property?: string, rule = 'NOT_PASSED'): ApiError {
  return new ApiError(400, `Payload validation error: '${detail}'${on(property)}.`, 'invalid_body', rule);
}

/** Several at once: "… (also) …" (public reports). */
export function invalidBodies(all: readonly Violation[]): ApiError {
  const errors = all.map(({ detail, at, rule }) => invalidBody(detail, at === '' ? undefined : at, rule));
  const message = errors.map((error) => error.message).join(' (also) ');
  return new ApiError(400, message, 'invalid_body', errors[0]?.rule);
}

/** The same for the query; the code is the one in public reports. */
export function invalidQuery(detail: string, property?: string): ApiError {
  return new ApiError(400, `Query validation error: '${detail}'${on(property)}.`, 'invalid_query_string');
}

/** A malformed id in the path answers 400, an unknown one 404 (recorded: errorCode invalid_uri). */
export function invalidPath(detail: string, property: string): ApiError {
  return new ApiError(400, `Path validation error: '${detail}'${on(property)}.`, 'invalid_uri');
}

function on(property: string | undefined): string {
  return property === undefined ? '' : ` on property ${property}`;
}
