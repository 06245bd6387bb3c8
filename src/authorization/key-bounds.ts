/**
 * Bounds of an API key beside its scopes. A key never creates one that expires later or is usable from more addresses.
 * Pure. Users and the operator are unbounded.
 */
import { contains, parseRange } from '../addresses.ts';
import { Problem, type FieldError } from '../problem.ts';

export interface KeyBounds {
  /** When it ends, ms since 1970: its expiry, or the end of its overlap with a successor. undefined: never. */
  endsAt: number | undefined;
  /** Allowed addresses and CIDR ranges. undefined: all. */
  addresses: readonly string[] | undefined;
}

/** Bounds of users and the operator. */
export const UNBOUNDED: KeyBounds = { endsAt: undefined, addresses: undefined };

export interface WantedBounds {
  /** ISO 8601. */
  expires_at?: string | undefined;
  allowed_addresses?: readonly string[] | undefined;
}

/** Code of the field errors, and of the problem when no field is at fault. */
const BEYOND = 'beyond_own_bounds';

/**
 * Bounds of a new key; those not requested are inherited from its creator.
 * @throws Problem `invalid_body`: the requested bounds exceed the creator's own
 */
export function boundsOfNewKey(maker: KeyBounds, wanted: WantedBounds): WantedBounds {
  const errors: FieldError[] = [];
  const beyond = (pointer: string, message: string) =>
    errors.push({ in: 'body', pointer, code: BEYOND, message });
  const { endsAt, addresses } = maker;
  const { expires_at, allowed_addresses } = wanted;
  if (!endsWithin(expires_at === undefined ? endsAt : Date.parse(expires_at), endsAt))
    beyond('/expires_at', 'is later than the end of the key that asks for it');
  allowed_addresses?.forEach((range, index) => {
    if (!isWithinOne(range, addresses))
      beyond(`/allowed_addresses/${index}`, 'is not within the addresses of the key that asks for it');
  });
  if (errors.length > 0) throw new Problem('invalid_body', { errors });
  return {
    expires_at: expires_at ?? (endsAt === undefined ? undefined : new Date(endsAt).toISOString()),
    allowed_addresses: allowed_addresses ?? addresses,
  };
}

/** Whether a key with these bounds ends no later than the other, and is usable from no other addresses. */
export function liesWithin({ endsAt, addresses }: KeyBounds, outer: KeyBounds): boolean {
  if (!endsWithin(endsAt, outer.endsAt)) return false;
  if (outer.addresses === undefined) return true;
  return addresses !== undefined && addresses.every((range) => isWithinOne(range, outer.addresses));
}

/** @throws Problem `beyond_own_bounds` */
export function checkWithin(bounds: KeyBounds, maker: KeyBounds): void {
  if (!liesWithin(bounds, maker)) throw new Problem(BEYOND, { internal: 'wider than those of its creator' });
}

function endsWithin(endsAt: number | undefined, outer: number | undefined): boolean {
  if (outer === undefined) return true;
  // An invalid end (NaN) is not before any other.
  return endsAt !== undefined && endsAt <= outer;
}

function isWithinOne(text: string, outer: readonly string[] | undefined): boolean {
  if (outer === undefined) return true;
  const range = parseRange(text);
  if (!range) return false;
  return outer.some((one) => {
    const around = parseRange(one);
    return around !== undefined && contains(around, range);
  });
}
