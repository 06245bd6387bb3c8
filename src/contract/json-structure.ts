/**
 * Bounds on the structure of JSON from outside, beside its size: JSON.parse reads any depth, but whoever walks or writes a value that is
 * nested some thousand levels deep overflows the stack; names that reach a prototype are nobody's data; and half of a surrogate pair is
 * no character (RFC 7493 section 2.1): written as UTF-8 it would become U+FFFD. Nor does a number hold more than a double does (section
 * 2.2): `1e400` would be written as null, and an id of 18 digits as another one.
 */

/** More than any body of the contract needs; Auth0 takes metadata of ten levels. */
export const MAX_JSON_DEPTH = 32;

export const TOO_DEEP = `must not be nested deeper than ${MAX_JSON_DEPTH} levels`;
export const RESERVED_NAME = 'must not have a member that names a prototype';
export const LONE_SURROGATE = 'must not have half of a character (a lone surrogate, \\uD800 to \\uDFFF)';
export const INEXACT_NUMBER =
  'must not have a number that cannot be kept exactly (beyond ±9007199254740991): send it as a string';

/** Of JSON, and of what was caught: it has members, by name or by index. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What has no members where some are looked for has none of those. */
export const asObject = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

/** For members that somebody else names: without a prototype, no name means anything but itself. */
export const bareObject = () => Object.create(null) as Record<string, unknown>;

/** @returns what is wrong with it; undefined when nothing is */
export function structureFault(value: unknown): string | undefined {
  return faultWithin(value, MAX_JSON_DEPTH, false);
}

/** Whether a path of names leads to a prototype: `__proto__` anywhere, `prototype` within `constructor`. */
export function isReservedPath(path: readonly string[]): boolean {
  return path.some(
    (name, i) => name === '__proto__' || (name === 'prototype' && path[i - 1] === 'constructor'),
  );
}

/** Calls itself once a level, so that its own depth is bounded too. */
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
  // Prototypes have no enumerable members (src/prototypes.ts), so that this sees own ones only.
  for (const name in value) {
    if (name === '__proto__' || (isConstructor && name === 'prototype')) return RESERVED_NAME;
    if (!name.isWellFormed()) return LONE_SURROGATE;
    const fault = faultWithin(value[name], levels - 1, name === 'constructor');
    if (fault !== undefined) return fault;
  }
  return undefined;
}
