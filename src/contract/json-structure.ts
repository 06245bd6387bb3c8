/**
 * Limits on the structure of untrusted JSON, beside its size. JSON.parse accepts any depth, but walking or writing a
 * value nested some thousand levels deep overflows the stack. Names that reach a prototype are never data. A lone
 * surrogate (RFC 7493 section 2.1) would become U+FFFD in UTF-8. Numbers beyond a double (section 2.2) lose their
 * value: `1e400` would be written as null, an id of 18 digits as a different one.
 */
import { isRecord } from '../json.ts';

/** More than any body of the contract needs; Auth0 accepts metadata of ten levels. */
export const MAX_JSON_DEPTH = 32;

export const TOO_DEEP = `must not be nested deeper than ${MAX_JSON_DEPTH} levels`;
export const RESERVED_NAME = 'must not have a member that names a prototype';
export const LONE_SURROGATE = 'must not contain a lone surrogate (half of a character, \\uD800 to \\uDFFF)';
export const INEXACT_NUMBER =
  'must not contain a number that cannot be represented exactly (beyond ±9007199254740991): send it as a string';

/** The value itself if it has members, else an empty object. */
export const asObject = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

/** For members named by others: without a prototype, names like `__proto__` are plain keys. */
export const bareObject = () => Object.create(null) as Record<string, unknown>;

/** @returns what is wrong with it; undefined when it is valid */
export function structureFault(value: unknown): string | undefined {
  return faultWithin(value, MAX_JSON_DEPTH, false);
}

/** Whether a path of names leads to a prototype: `__proto__` anywhere, `prototype` within `constructor`. */
export function isReservedPath(path: readonly string[]): boolean {
  return path.some(
    (name, i) => name === '__proto__' || (name === 'prototype' && path[i - 1] === 'constructor'),
  );
}

/** Recurses once per level, so its own depth is bounded, too. */
function faultWithin(value: unknown, levels: number, isConstructor: boolean): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : LONE_SURROGATE;
  if (typeof value === 'number')
    return Math.abs(value) > Number.MAX_SAFE_INTEGER ? INEXACT_NUMBER : undefined;
  if (!isRecord(value)) return undefined;
  if (levels === 0) return TOO_DEEP;
  if (Array.isArray(value)) {
    for (const item of value) {
      const fault = faultWithin(item, levels - 1, false);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  // Prototypes have no enumerable members (src/prototypes.ts), so `for…in` yields own ones only.
  for (const name in value) {
    if (name === '__proto__' || (isConstructor && name === 'prototype')) return RESERVED_NAME;
    if (!name.isWellFormed()) return LONE_SURROGATE;
    const fault = faultWithin(value[name], levels - 1, name === 'constructor');
    if (fault !== undefined) return fault;
  }
  return undefined;
}
