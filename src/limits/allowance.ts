/** Share of a limit that this process may admit in the current minute without asking Redis. */
export interface Allowance {
  limit: number;
  /** Requests granted to this process and not used yet. */
  granted: number;
  /** Ungranted remainder in Redis at the last call. */
  left: number;
  /** When a request was last admitted, `performance.now()`. */
  usedAt: number;
}

/**
 * Batch size as a share of the remainder, 1/200: two processes that each hold an unused batch keep 1 % from the others,
 * and towards the end of the limit batches shrink to one.
 */
const BATCH_SHARE = 1 / 200;

export const batchSize = ({ left }: Allowance): number => Math.max(1, Math.ceil(left * BATCH_SHARE));

export const newAllowance = (limit: number): Allowance => ({ limit, granted: 0, left: limit, usedAt: 0 });

export const isLow = (allowance: Allowance): boolean =>
  allowance.left > 0 && allowance.granted <= batchSize(allowance) / 2;
