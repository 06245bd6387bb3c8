/**
 * What bounds an API key beside its scopes, and the rule that no key brings another one about that outlives it or works from more
 * addresses. Pure. Users and the operator have no such bounds.
 */
import { contains, parseRange } from '../addresses.ts';
import { Problem, type FieldError } from '../problem.ts';

export interface KeyBounds {
  /** When it ends, ms since 1970: because it expires, or because its successor takes over. undefined: never. */
  endsAt: number | undefined;
  /** Addresses and CIDR ranges that it works from. undefined: all. */
  addresses: readonly string[] | undefined;
}

/** Of users and the operator. */
export const UNBOUNDED: KeyBounds = { endsAt: undefined, addresses: undefined };

export interface WantedBounds {
  /** ISO 8601. */
  expires_at?: string | undefined;
  allowed_addresses?: readonly string[] | undefined;
}

/** Code of the field errors, and of the problem where no field is at fault. */
const BEYOND = 'beyond_own_bounds';

/**
 * The bounds of a new key: what is not asked for is inherited from its maker.
 * @throws Problem `invalid_body`: what is asked for goes beyond the maker's own bounds
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

/** Whether a key with these bounds ends no later than the other one, and works from no address that the other one does not. */
export function liesWithin({ endsAt, addresses }: KeyBounds, outer: KeyBounds): boolean {
  if (!endsWithin(endsAt, outer.endsAt)) return false;
  if (outer.addresses === undefined) return true;
  return addresses !== undefined && addresses.every((range) => isWithinOne(range, outer.addresses));
}

/** @throws Problem `beyond_own_bounds` */
export function checkWithin(bounds: KeyBounds, maker: KeyBounds): void {
  if (!liesWithin(bounds, maker)) throw new Problem(BEYOND, { internal: 'wider than whoever makes it' });
}

function endsWithin(endsAt: number | undefined, outer: number | undefined): boolean {
  if (outer === undefined) return true;
  // An end that is no time is not before any other.
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
