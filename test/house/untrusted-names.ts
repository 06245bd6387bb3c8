/** Names and values as somebody would choose them who wants to reach a prototype, for property-based tests. */
import fc from 'fast-check';

const DANGEROUS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  'then',
  'toJSON',
  'length',
  'name',
  'keys',
];

export const names = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...DANGEROUS) },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z_]{1,8}$/) },
);

/** JSON as text: an object literal could not have a member `__proto__`, nor the same one twice. */
export const jsonTexts: fc.Arbitrary<string> = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('1', '"x"', 'true', 'null', '[]', '["__proto__"]'),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(names, tie('value')), { minLength: 1, maxLength: 4 })
    .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`),
})).object;

const SHARED = [
  Object,
  Object.prototype,
  Array,
  Array.prototype,
  Function.prototype,
  String,
  String.prototype,
  Number.prototype,
  Boolean.prototype,
  Promise.prototype,
  Map.prototype,
  Buffer.prototype,
];

/** What all objects share: every own property, and what it is. */
export function sharedState(): unknown[][] {
  return SHARED.map((shared) =>
    Reflect.ownKeys(shared).map((key) => {
      const { value, get, set } = Reflect.getOwnPropertyDescriptor(shared, key)!;
      return [key, value, get, set];
    }),
  );
}

/** @returns whether both are the very same */
export function isSame(one: unknown[][], other: unknown[][]): boolean {
  const flat = [one.flat(2), other.flat(2)] as const;
  return flat[0].length === flat[1].length && flat[0].every((part, i) => Object.is(part, flat[1][i]));
}
