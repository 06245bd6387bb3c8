/** Parses replies of Redis. */
import { parseJson } from '../json.ts';

/**
 * A record that we wrote ourselves, as JSON; typed as it was written.
 * @param text null: absent
 */
export function parseStored<T>(text: string): T;
export function parseStored<T>(text: string | null | undefined): T | undefined;
export function parseStored<T>(text: string | null | undefined): T | undefined {
  return text === null || text === undefined ? undefined : parseJson<T>(text);
}

/** For scripts that return a list. */
export function toTexts(reply: unknown): string[] {
  return Array.isArray(reply) ? reply.map((one) => String(one ?? '')) : [];
}

/** For `WITHSCORES`, `HSCAN` and similar, which reply with member, value, member, value … */
export function toPairs(flat: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) pairs.push([flat[i] ?? '', flat[i + 1] ?? '']);
  return pairs;
}
