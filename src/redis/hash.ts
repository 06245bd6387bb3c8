import { toPairs } from './replies.ts';

/** Fields of a hash that this installation wrote, as Redis or a script returns them; typed as they were written. */
export function fieldsOf<T extends object>(answer: Record<string, string> | readonly string[]): T {
  return (Array.isArray(answer) ? Object.fromEntries(toPairs(answer)) : answer) as T;
}

/** Field names and values as arguments of a script. Undefined fields are omitted. */
export const argumentsOf = (fields: Record<string, string | undefined>): string[] =>
  Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
