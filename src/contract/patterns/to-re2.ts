/**
 * Patterns of JSON Schema, which are regular expressions of ECMAScript with the flag `u`, in the syntax of RE2. All sets of
 * characters are written as ranges of code points, since `\s`, `.` and `\p` mean other ones there. Pure.
 */
import { RegExpParser, type AST } from '@eslint-community/regexpp';
import { rangesOfProperty, SETS, toClass, without, type Range } from './code-points.ts';

/** RE2 repeats a part at most so many times. */
const REPEATED = 1_000;

/** What RE2 cannot do in linear time, with what to write instead. */
export class PatternFault extends Error {}

/** A text matches when it matches all of `all`, and none of `none`. */
export interface Parts {
  all: string[];
  none: string[];
}

/**
 * @returns alternatives. Lookaheads right after `^` are conditions beside the rest: `^(?=.*\d)[a-z\d]+$` is
 * `^.*\d` and `^[a-z\d]+$`
 * @throws PatternFault
 */
export function toRe2(source: string): Parts[] {
  const { alternatives } = new RegExpParser().parsePattern(source, 0, source.length, { unicode: true });
  return alternatives.map(({ elements: [first, ...rest] }) => {
    const isAtStart = first?.type === 'Assertion' && first.kind === 'start';
    const end = isAtStart ? rest.findIndex((element) => !isLookahead(element)) : 0;
    const conditions = (end < 0 ? rest : rest.slice(0, end)).filter(isLookahead);
    const others = isAtStart ? rest.slice(conditions.length) : rest;
    const main = (first ? element(first) : '') + others.map(element).join('');
    const fromStart = ({ alternatives: inner }: AST.LookaheadAssertion) => `\\A${group(inner)}`;
    return {
      all: [main, ...conditions.filter(({ negate }) => !negate).map(fromStart)],
      none: conditions.filter(({ negate }) => negate).map(fromStart),
    };
  });
}

const isLookahead = (element: AST.Element): element is AST.LookaheadAssertion =>
  element.type === 'Assertion' && element.kind === 'lookahead';

const group = (alternatives: readonly AST.Alternative[]): string =>
  `(?:${alternatives.map(({ elements }) => elements.map(element).join('')).join('|')})`;

function element(node: AST.Element): string {
  switch (node.type) {
    case 'Assertion':
      return assertion(node);
    case 'Quantifier':
      return repeated(element(node.element), node.min, node.max);
    case 'CapturingGroup':
      return group(node.alternatives);
    case 'Group':
      if (node.modifiers) throw new PatternFault('has modifiers in a group, such as `(?i:`');
      return group(node.alternatives);
    case 'Character':
      return toClass([[node.value, node.value]]);
    case 'CharacterSet':
      return toClass(setOf(node));
    case 'CharacterClass':
      return characterClass(node);
    case 'Backreference':
      throw new PatternFault('has a backreference, which cannot be matched in linear time');
    default:
      throw new PatternFault(`has ${node.raw}, which is not supported`);
  }
}

function assertion(node: AST.Assertion): string {
  switch (node.kind) {
    case 'start':
      return '\\A';
    case 'end':
      return '\\z';
    case 'word':
      return node.negate ? '\\B' : '\\b';
    case 'lookbehind':
      return `(?<${node.negate ? '!' : '='}${group(node.alternatives)})`;
    case 'lookahead':
      throw new PatternFault(
        'has a lookahead that is not right after a leading `^`, which cannot be matched in linear time; write it as several patterns, with `allOf` and `not`',
      );
  }
}

function repeated(part: string, min: number, max: number): string {
  if (min >= REPEATED && max > REPEATED)
    return `${part}{${REPEATED}}${repeated(part, min - REPEATED, max - REPEATED)}`;
  if (max === Infinity) return `${part}{${min},}`;
  if (max <= REPEATED) return `(?:${part}{${min},${max}})`;
  return `(?:${part}{${min},${REPEATED - 1}}|${part}{${REPEATED}}${repeated(part, 0, max - REPEATED)})`;
}

function characterClass({ elements, negate }: AST.CharacterClass): string {
  const ranges = elements.flatMap((one): readonly Range[] => {
    if (one.type === 'Character') return [[one.value, one.value]];
    if (one.type === 'CharacterClassRange') return [[one.min.value, one.max.value]];
    if (one.type === 'CharacterSet') return setOf(one);
    throw new PatternFault(`has ${one.raw}, which is not supported`);
  });
  return toClass(negate ? without(ranges) : ranges);
}

function setOf(set: AST.CharacterSet): readonly Range[] {
  const ranges = set.kind === 'property' ? rangesOfProperty(set.raw.replace('P', 'p')) : SETS[set.kind];
  return set.kind !== 'any' && set.negate ? without(ranges) : ranges;
}
