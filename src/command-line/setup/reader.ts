/** Reads of the Management API: all that a comparison needs, by the command line as by the workers. */
import { itemsOf, recordOf, type Json } from './answers.ts';

export interface Reader {
  /** @returns undefined when there is no such thing (404) */
  get(path: string): Promise<Json | undefined>;
  /** A list that has no pages. */
  all(path: string): Promise<Json[]>;
  /** The same of what not every account has. @returns why Auth0 refuses it (403, 404), in its words */
  listIfAny(path: string, name: string, query?: Record<string, string>): Promise<Json[] | Refused>;
  /** All pages of a list. @param name of the list in the answer @param query without paging */
  list(path: string, name: string, query?: Record<string, string>): Promise<Json[]>;
}

export interface Refused {
  refused: string;
}

export const isRefused = (answer: Json[] | Refused): answer is Refused => !Array.isArray(answer);

/** Auth0's largest page. */
const PER_PAGE = 100;

/**
 * @param read one GET below `/api/v2`; undefined: 404
 * @param refusalIn why Auth0 forbids it (403); undefined: another error
 */
export function createReader(
  read: (path: string) => Promise<unknown>,
  refusalIn: (error: unknown) => string | undefined,
): Reader {
  async function listOf(path: string, name: string, query: Record<string, string> = {}) {
    const found: Json[] = [];
    for (let page = 0; ; page += 1) {
      const paging = { ...query, per_page: String(PER_PAGE), page: String(page) };
      const items = itemsOf(await read(`${path}?${new URLSearchParams(paging).toString()}`), name);
      found.push(...items);
      if (items.length < PER_PAGE) return found;
    }
  }

  return {
    get: async (path) => recordOf(await read(path)),
    all: async (path) => itemsOf(await read(path), ''),
    list: listOf,
    async listIfAny(path, name, query = {}) {
      try {
        // These have no numbered pages, and few entries.
        const answer = await read(`${path}?${new URLSearchParams(query).toString()}`);
        return answer === undefined ? { refused: 'there is no such endpoint (404)' } : itemsOf(answer, name);
      } catch (error) {
        const refused = refusalIn(error);
        if (refused === undefined) throw error;
        return { refused };
      }
    },
  };
}
