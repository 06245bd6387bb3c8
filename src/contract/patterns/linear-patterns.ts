/**
 * The regular expressions of Ajv, without backtracking: the time for a match grows with the length of the text, whatever
 * the pattern. Patterns of services are not ours, and what they are tried on is a caller's (decision 41).
 */
import { RE2JS, RE2Set } from 're2js';
import { PatternFault, toRe2 } from './to-re2.ts';

/**
 * What all patterns together may take for one value. A step is one state of a pattern at one character; the slowest ones
 * take up to 100 ns each, most texts need one for each character.
 */
const STEPS = 33_554_432;
/** States of a pattern; 2700 repetitions of a character have about so many. */
const MAX_STATES = 8_192;
/** Of each part of a pattern, for what it has learned from texts. */
const CACHE_BYTES = 524_288;
const SHOWN_LENGTH = 100;

/** A value has more text than its patterns may be tried on. */
export class TooMuchText extends Error {}

export interface Pattern {
  test: (text: string) => boolean;
  /** Ajv takes patterns for the same whose texts are. */
  toString: () => string;
}

interface Part {
  states: number;
  isIn: (text: string) => boolean;
}

export class LinearPatterns {
  readonly #known = new Map<string, Pattern>();
  readonly #onFault: ((source: string, fault: string) => void) | undefined;
  #stepsLeft = STEPS;

  /** @param onFault for each use of a pattern that cannot be matched in linear time. Left out: it is thrown */
  constructor(onFault?: (source: string, fault: string) => void) {
    this.#onFault = onFault;
  }

  /** The patterns of one value are tried from here on. */
  begin(): void {
    this.#stepsLeft = STEPS;
  }

  /** @throws SyntaxError, for what is none. @throws PatternFault */
  pattern(source: string): Pattern {
    const known = this.#known.get(source) ?? this.#create(source);
    this.#known.set(source, known);
    return known;
  }

  #create(source: string): Pattern {
    // For its message, and because it decides what is one.
    void new RegExp(source, 'u');
    try {
      return this.#compile(source);
    } catch (error) {
      const sentence = `the pattern ${shortened(source)} ${reasonOf(error)}`;
      if (!this.#onFault) throw new PatternFault(sentence, { cause: error });
      this.#onFault(source, sentence);
      return { test: () => false, toString: () => source };
    }
  }

  #compile(source: string): Pattern {
    const alternatives = toRe2(source).map(({ all, none }) => ({ all: all.map(part), none: none.map(part) }));
    const parts = alternatives.flatMap(({ all, none }) => [...all, ...none]);
    const states = parts.reduce((sum, one) => sum + one.states, 0);
    if (states > MAX_STATES)
      throw new PatternFault(
        `has ${states} states, more than ${MAX_STATES}; bound the length of texts with \`maxLength\` instead`,
      );
    return {
      test: (text) => {
        this.#spend(states * (text.length + 1));
        return alternatives.some(
          ({ all, none }) => all.every(({ isIn }) => isIn(text)) && !none.some(({ isIn }) => isIn(text)),
        );
      },
      toString: () => source,
    };
  }

  #spend(steps: number): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft < 0) throw new TooMuchText();
  }
}

/** A set of one, since the memory of a set can be bounded. */
function part(re2: string): Part {
  const { LOOKBEHINDS } = RE2JS;
  const set = new RE2Set(RE2Set.UNANCHORED, LOOKBEHINDS, CACHE_BYTES);
  set.add(re2);
  set.compile();
  return {
    states: RE2JS.compile(re2, LOOKBEHINDS).programSize(),
    isIn: (text) => set.match(text).length > 0,
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof PatternFault) return error.message;
  return `cannot be matched in linear time (${error instanceof Error ? error.message : 'unknown reason'})`;
}

const shortened = (source: string): string =>
  source.length > SHOWN_LENGTH ? `${source.slice(0, SHOWN_LENGTH)}…` : source;
