import { toPairs } from './replies.ts';

/** Fields of a hash that this installation wrote, as Redis or a script answers them: their types are what was written. */
export function fieldsOf<T extends object>(answer: Record<string, string> | readonly string[]): T {
  return (Array.isArray(answer) ? Object.fromEntries(toPairs(answer)) : answer) as T;
}

/** As scripts take fields: names and values. What is undefined is not stored. */
export const argumentsOf = (fields: Record<string, string | undefined>): string[] =>
  Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
