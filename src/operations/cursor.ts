/**
 * Cursors: where a listing goes on. Sealed (AES-256-GCM, as all that is kept secret) and bound to the operation, to whoever it was given
 * to and to the filters of the listing, so that one that was made up, changed or passed on is refused before anything is looked up.
 */
import type { OperationId } from '../contract/load-contract.ts';
import { callerOf, type AnyPrincipal } from '../principal.ts';
import { Problem } from '../problem.ts';
import type { Seal } from '../secrets/seal.ts';
import { redisNow } from '../redis/clock.ts';
import { openUnexpired, sealUntil } from './sealed-until.ts';

/** Whose listing of what a cursor belongs to. */
export interface Listing {
  seal: Seal;
  operationId: OperationId;
  principal: AnyPrincipal | undefined;
  /** All that decides what is listed, but for the limit; undefined members don't count. */
  filters: object;
}

/** Long enough to go through a long list by hand; then the list is another one. */
const GOOD_MS = 86_400_000;

export function sealCursor(listing: Listing, position: unknown, now = redisNow()): string {
  return sealUntil(listing.seal, position, placeOf(listing), GOOD_MS, now);
}

/** @param next where the next page begins; undefined: this was the last */
export function nextCursor(listing: Listing, next: unknown): string | undefined {
  return next === undefined ? undefined : sealCursor(listing, next);
}

/** Of what was read one item further than `limit`. @param positionOf where a page stands that ends with this item */
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
 * @returns the position as it was sealed
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
  const message = 'is none that this caller was given for this listing in the last 24 hours';
  const pointer = { in: 'query', pointer: '/cursor', code: 'invalid_cursor', message } as const;
  return new Problem('invalid_cursor', { errors: [pointer] });
}
