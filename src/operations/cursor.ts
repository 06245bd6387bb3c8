/**
 * Cursors: the position in a listing. Sealed (AES-256-GCM, like all stored secrets) and bound to the operation, the caller and the filters
 * of the listing, so that a forged, modified or shared one is refused before anything is read.
 */
import type { OperationId } from '../contract/load-contract.ts';
import { callerOf, type AnyPrincipal } from '../principal.ts';
import { Problem } from '../problem.ts';
import type { Seal } from '../secrets/seal.ts';
import { redisNow } from '../redis/clock.ts';
import { openUnexpired, sealUntil } from './sealed-until.ts';

/** The listing that a cursor belongs to. */
export interface Listing {
  seal: Seal;
  operationId: OperationId;
  principal: AnyPrincipal | undefined;
  /** Everything that determines what is listed, except the limit; undefined members are ignored. */
  filters: object;
}

/** Lifetime: long enough to page through a long list by hand. */
const GOOD_MS = 86_400_000;

export function sealCursor(listing: Listing, position: unknown, now = redisNow()): string {
  return sealUntil(listing.seal, position, placeOf(listing), GOOD_MS, now);
}

/** @param next start of the next page; undefined: this was the last page */
export function nextCursor(listing: Listing, next: unknown): string | undefined {
  return next === undefined ? undefined : sealCursor(listing, next);
}

/** @param items `limit` plus one, if there are more. @param positionOf position after this item */
export function toPage<Item>(
  listing: Listing,
  found: readonly Item[],
  limit: number,
  positionOf: (last: Item) => unknown,
): { page: Item[]; next_cursor: string | undefined } {
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { page, next_cursor: nextCursor(listing, last && positionOf(last)) };
}

/**
 * @param cursor undefined: from the start
 * @returns the position that was sealed
 * @throws Problem `invalid_cursor`
 */
export function openCursor<Position>(
  listing: Listing,
  cursor: string | undefined,
  now = redisNow(),
): Position | undefined {
  if (cursor === undefined) return undefined;
  const position = openUnexpired<Position>(listing.seal, cursor, placeOf(listing), now);
  if (position === undefined) throw invalid();
  return position;
}

function placeOf({ operationId, principal, filters }: Listing): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  given.sort(([a], [b]) => (a < b ? -1 : 1));
  return `cursor:${JSON.stringify([operationId, callerOf(principal) ?? 'nobody', given])}`;
}

function invalid(): Problem {
  const message = 'was not issued to this caller for this listing in the last 24 hours';
  const pointer = { in: 'query', pointer: '/cursor', code: 'invalid_cursor', message } as const;
  return new Problem('invalid_cursor', { errors: [pointer] });
}
