import { callerOf, type AnyPrincipal } from '../principal.ts';

interface Keyed {
  principal: AnyPrincipal | undefined;
  idempotencyKey: string | undefined;
}

/** Keys are scoped to the caller: two API keys of a tenant, or two users, may choose the same value. */
export function idempotencyOf({ principal, idempotencyKey: key }: Keyed) {
  const caller = callerOf(principal);
  return key === undefined || caller === undefined ? undefined : { caller, key };
}
