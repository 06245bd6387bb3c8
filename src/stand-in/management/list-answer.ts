import { ApiError } from './api-error.ts';
import type { Answer } from './endpoint.ts';
import { flag, PER_PAGE_DEFAULT, PER_PAGE_MAX, readPage, wholeNumber } from './query-values.ts';

export interface ListOf<T> {
  /** Name of the list in an object response. */
  name: string;
  idOf: (record: T) => string;
  present: (record: T) => object;
  /** Whether `from` and `take` are supported. */
  checkpoints: boolean;
  /** When a next checkpoint is returned; left out: when there are more records. `always` needs ordered ids. */
  next?: 'when full' | 'always';
  /** Most records available through pages; left out: all. */
  pagedMax?: number;
}

/**
 * The three shapes of a list, all recorded: a bare array; with `include_totals=true` an object with start, limit and total; with
 * `take` an object with `next`, the checkpoint of the next page.
 */
export function listAnswer<T>(all: readonly T[], query: URLSearchParams, list: ListOf<T>): Answer {
  const { name, present, pagedMax = Infinity } = list;
  const take = list.checkpoints ? wholeNumber(query, 'take', 1, PER_PAGE_MAX) : undefined;
  const from = list.checkpoints ? query.get('from') : null;
  if (take !== undefined || from !== null) return checkpointList(all, query, list);
  const { start, limit, includeTotals } = readPage(query);
  // Wording of the users endpoint.
  if (start + limit > pagedMax)
    throw new ApiError(400, `You can only page through the first ${pagedMax} records.`, 'invalid_paging');
  const slice = all.slice(start, start + limit).map(present);
  if (!includeTotals) return { status: 200, body: slice };
  return { status: 200, body: { total: all.length, start, limit, [name]: slice } };
}

/** The third shape, for lists that have no other. */
export function checkpointList<T>(
  all: readonly T[],
  query: URLSearchParams,
  {
    name,
    idOf,
    present,
    next: when,
    isTokens = false,
  }: Omit<ListOf<T>, 'checkpoints'> & { isTokens?: boolean },
): Answer {
  const size = wholeNumber(query, 'take', 1, PER_PAGE_MAX) ?? PER_PAGE_DEFAULT;
  const from = query.get('from');
  const start = from === null ? 0 : startAfter(all.map(idOf), readCheckpoint(from), when === 'always');
  const slice = all.slice(start, start + size);
  const last = slice.at(-1);
  const isMore =
    isTokens ||
    when === 'always' ||
    (when === 'when full' ? slice.length === size : start + size < all.length);
  const total = isTokens && flag(query, 'include_totals') ? { total: all.length } : {};
  const next = last !== undefined && isMore ? { next: toCheckpoint(idOf(last)) } : {};
  return { status: 200, body: { [name]: slice.map(present), ...next, ...total } };
}

/** If the checkpoint's record was removed, and ids are ordered: continues after its position. */
function startAfter(ids: readonly string[], checkpoint: string, isOrdered: boolean): number {
  const at = ids.indexOf(checkpoint);
  if (at >= 0 || !isOrdered) return at + 1;
  const later = ids.findIndex((id) => id > checkpoint);
  return later < 0 ? ids.length : later;
}

function toCheckpoint(id: string): string {
  return Buffer.from(id).toString('base64url');
}

function readCheckpoint(text: string): string {
  return Buffer.from(text, 'base64url').toString();
}
