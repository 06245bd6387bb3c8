/** What this process may still let through of one limit in the current minute, without asking. */
export interface Allowance {
  limit: number;
  /** Requests that were given to this process and not made yet. */
  inHand: number;
  /** What nobody had been given when this process last asked. */
  left: number;
  /** When requests were last let through, `performance.now()`. */
  usedAt: number;
}

/**
 * One two-hundredth of what is left at once: two processes that hold a lot each, and use none of it, keep 1 % from the others; and
 * towards the end of the limit, lots are of one.
 */
const LOT = 1 / 200;

export const lotOf = ({ left }: Allowance): number => Math.max(1, Math.ceil(left * LOT));

export const newAllowance = (limit: number): Allowance => ({ limit, inHand: 0, left: limit, usedAt: 0 });

export const isLow = (allowance: Allowance): boolean =>
  allowance.left > 0 && allowance.inHand <= lotOf(allowance) / 2;
