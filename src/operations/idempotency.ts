import { callerOf, type AnyPrincipal } from '../principal.ts';

interface Keyed {
  principal: AnyPrincipal | undefined;
  idempotencyKey: string | undefined;
}

/** Two keys of one tenant, or two users, may choose the same value without getting in each other's way. */
export function idempotencyOf({ principal, idempotencyKey: key }: Keyed) {
  const caller = callerOf(principal);
  return key === undefined || caller === undefined ? undefined : { caller, key };
}
