/** Reads what Redis answers. */
import { parseJson } from '../json.ts';

/**
 * A record as we wrote it ourselves, in JSON: its type is whatever its writer says.
 * @param text null: there is none
 */
export function parseStored<T>(text: string): T;
export function parseStored<T>(text: string | null | undefined): T | undefined;
export function parseStored<T>(text: string | null | undefined): T | undefined {
  return text === null || text === undefined ? undefined : parseJson<T>(text);
}

/** Of a script that answers with a list. */
export function toTexts(reply: unknown): string[] {
  return Array.isArray(reply) ? reply.map((one) => String(one ?? '')) : [];
}

/** Of `WITHSCORES`, `HSCAN` and their like, which answer member, value, member, value … */
export function toPairs(flat: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) pairs.push([flat[i] ?? '', flat[i + 1] ?? '']);
  return pairs;
}
