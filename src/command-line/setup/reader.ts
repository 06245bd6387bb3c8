/** Reads of the Management API: all that a comparison needs, by the command line as by the workers. */
import { itemsOf, recordOf, type Json } from './answers.ts';

export interface Reader {
  /** @returns undefined when there is no such thing (404) */
  get(path: string): Promise<Json | undefined>;
  /** A list that has no pages. */
  all(path: string): Promise<Json[]>;
  /** All pages of a list. @param name of the list in the answer @param query without paging */
  list(path: string, name: string, query?: Record<string, string>): Promise<Json[]>;
}

/** Auth0's largest page. */
const PER_PAGE = 100;

/** @param read one GET below `/api/v2`; undefined: 404 */
export function createReader(read: (path: string) => Promise<unknown>): Reader {
  return {
    get: async (path) => recordOf(await read(path)),
    all: async (path) => itemsOf(await read(path), ''),
    async list(path, name, query = {}) {
      const found: Json[] = [];
      for (let page = 0; ; page += 1) {
        const paging = { ...query, per_page: String(PER_PAGE), page: String(page) };
        const items = itemsOf(await read(`${path}?${new URLSearchParams(paging).toString()}`), name);
        found.push(...items);
        if (items.length < PER_PAGE) return found;
      }
    },
  };
}
