/** Sets of code points, as ECMAScript defines them. Pure. */

/** First and last. */
export type Range = readonly [number, number];

const LAST = 0x10ffff;

/** The ranges between the given ones, which may overlap. */
export function without(ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  let next = 0;
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    if (first > next) found.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  return next > LAST ? found : [...found, [next, LAST]];
}

/** In the syntax of RE2. */
export function toClass(ranges: readonly Range[]): string {
  if (ranges.length === 0) return '[^\\x{0}-\\x{10ffff}]';
  return `[${ranges.map(([first, last]) => `${code(first)}-${code(last)}`).join('')}]`;
}

const code = (point: number): string => `\\x{${point.toString(16)}}`;

/** What the pattern of one set matches. */
function rangesOf(set: RegExp): Range[] {
  const found: [number, number][] = [];
  for (let point = 0; point <= LAST; point += 1) {
    if (!set.test(String.fromCodePoint(point))) continue;
    const last = found.at(-1);
    if (last?.[1] === point - 1) last[1] = point;
    else found.push([point, point]);
  }
  return found;
}

const properties = new Map<string, readonly Range[]>();

/** @param raw `\p{Lu}`, `\p{Script=Greek}` */
export function rangesOfProperty(raw: string): readonly Range[] {
  const ranges = properties.get(raw) ?? rangesOf(new RegExp(raw, 'u'));
  properties.set(raw, ranges);
  return ranges;
}

const LINE_ENDS: Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

/** ECMA-262, "CharacterClassEscape" and the production of `.`. */
export const SETS: Record<'any' | 'digit' | 'space' | 'word', readonly Range[]> = {
  any: without(LINE_ENDS),
  digit: [[0x30, 0x39]],
  space: [
    [0x09, 0x0d],
    [0x20, 0x20],
    [0xa0, 0xa0],
    [0x1680, 0x1680],
    [0x2000, 0x200a],
    [0x2028, 0x2029],
    [0x202f, 0x202f],
    [0x205f, 0x205f],
    [0x3000, 0x3000],
    [0xfeff, 0xfeff],
  ],
  word: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
};
