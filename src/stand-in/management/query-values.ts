import { invalidQuery } from './api-error.ts';

/** @returns undefined when the parameter is left out */
export function wholeNumber(
  query: URLSearchParams,
  name: string,
  min: number,
  max: number,
): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw invalidQuery('Expected type integer but found type string', name);
  const value = Number(text);
  if (value < min) throw invalidQuery(`Value ${value} is less than minimum ${min}`, name);
  if (value > max) throw invalidQuery(`Value ${value} is greater than maximum ${max}`, name);
  return value;
}

/** @returns undefined when the parameter is left out */
export function flag(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw invalidQuery('Expected type boolean but found type string', name);
}

export const PER_PAGE_DEFAULT = 50;
export const PER_PAGE_MAX = 100;

export interface Page {
  /** Number of records before the page. */
  start: number;
  limit: number;
  includeTotals: boolean;
}

export function readPage(query: URLSearchParams): Page {
  const limit = wholeNumber(query, 'per_page', 0, PER_PAGE_MAX) ?? PER_PAGE_DEFAULT;
  const page = wholeNumber(query, 'page', 0, Number.MAX_SAFE_INTEGER) ?? 0;
  return { start: page * limit, limit, includeTotals: flag(query, 'include_totals') ?? false };
}

/**
 * `fields` and `include_fields`: selects these fields, or all others.
 * @param always included in any case
 */
export function chosenFields(
  query: URLSearchParams,
  always: readonly string[] = [],
): (record: object) => object {
  const fields = query.get('fields');
  if (fields === null || fields === '') return (record) => record;
  const include = flag(query, 'include_fields') ?? true;
  const named = new Set(fields.split(',').map((name) => name.trim().split('.')[0]));
  return (record) =>
    Object.fromEntries(
      Object.entries(record).filter(([name]) => always.includes(name) || named.has(name) === include),
    );
}
