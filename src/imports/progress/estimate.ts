/** When an import will end, by what is left of all imports that share the budget, and by how the budget stands. Pure. */
import { rowsLeft, type ImportState } from '../import-state.ts';

export interface Allowance {
  /** Calls a second that are made at present. */
  perSecond: number;
  /** ms since 1970; nobody calls before. */
  pausedUntilMs: number;
}

/**
 * Imports take turns, so that each has the same share while it has rows left: one with fewer rows ends first, and leaves its share to the
 * others. While this one has `left` rows to do, another one does as many, or all it has.
 * @param going every import that has rows to do, this one too
 * @returns ms since 1970; undefined when nothing can be said
 */
export function estimatedEndMs(
  state: ImportState,
  going: readonly ImportState[],
  allowance: Allowance | undefined,
  nowMs: number,
): number | undefined {
  const left = rowsLeft(state);
  if (state.channel === 'import_jobs')
    // The authority's own pace, which is known only by what it did.
    return state.rate ? nowMs + (left / state.rate) * 1000 : undefined;
  const others = going.filter(({ id, channel }) => id !== state.id && channel === 'row_by_row');
  const rows = others.reduce((sum, other) => sum + Math.min(rowsLeft(other), left), left);
  const rate = rateOf([state, ...others], allowance);
  if (rate === undefined) return undefined;
  const start = Math.max(nowMs, allowance?.pausedUntilMs ?? 0);
  return start + (rows / rate) * 1000;
}

/** Less than is allowed when other calls take part of it: then what all of them did lately is the better guess. */
function rateOf(all: readonly ImportState[], allowance: Allowance | undefined): number | undefined {
  const rates = all.map(({ rate = 0 }) => rate);
  const measured = rates.every((rate) => rate > 0) ? rates.reduce((sum, rate) => sum + rate, 0) : undefined;
  if (!allowance) return measured;
  return measured === undefined ? allowance.perSecond : Math.min(measured, allowance.perSecond);
}
