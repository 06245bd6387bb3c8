/** Estimates when an import will end, from the rows left of all imports that share the budget and the state of the budget. Pure. */
import { rowsLeft, type ImportState } from '../import-state.ts';

export interface Allowance {
  /** Current calls per second. */
  perSecond: number;
  /** ms since 1970; no calls are made before. */
  pausedUntilMs: number;
}

/**
 * Imports take turns, so each has the same share while it has rows left: one with fewer rows ends first, and its share goes to the others.
 * While this one processes `left` rows, another one processes as many, or all it has.
 * @param going every import that has rows left, including this one
 * @returns ms since 1970; undefined when it cannot be estimated
 */
export function estimatedEndMs(
  state: ImportState,
  going: readonly ImportState[],
  allowance: Allowance | undefined,
  nowMs: number,
): number | undefined {
  const left = rowsLeft(state);
  if (state.channel === 'import_jobs')
    // Auth0 sets the speed of import jobs, so it is known only from measurement.
    return state.rate ? nowMs + (left / state.rate) * 1000 : undefined;
  const others = going.filter(({ id, channel }) => id !== state.id && channel === 'row_by_row');
  const rows = others.reduce((sum, other) => sum + Math.min(rowsLeft(other), left), left);
  const rate = rateOf([state, ...others], allowance);
  if (rate === undefined) return undefined;
  const start = Math.max(nowMs, allowance?.pausedUntilMs ?? 0);
  return start + (rows / rate) * 1000;
}

/** Below the allowance when other calls use part of it: then the recent rate of all imports is the better estimate. */
function rateOf(all: readonly ImportState[], allowance: Allowance | undefined): number | undefined {
  const rates = all.map(({ rate = 0 }) => rate);
  const measured = rates.every((rate) => rate > 0) ? rates.reduce((sum, rate) => sum + rate, 0) : undefined;
  if (!allowance) return measured;
  return measured === undefined ? allowance.perSecond : Math.min(measured, allowance.perSecond);
}
