/** An import as the server describes it, and what follows for the program. */
import type { components } from './generated-contract.ts';
import { Failure, type Ending } from './exit-codes.ts';
import { rowsInWords } from './plain-text.ts';

export type ImportState = components['schemas']['UserImport'] & {
  /** From the rate budget and the other imports' shares: better than any estimate made here. */
  estimated_end_at?: string;
};

/** @throws Failure when it is not an import */
export function asImport(body: unknown): ImportState {
  const state = body as ImportState | null;
  if (typeof state?.id === 'string' && typeof state.status === 'string' && state.counts) return state;
  throw new Failure('unreachable', ['The answer is not an import. Is --url right?']);
}

/** Final statuses, of this version of the server or the next. */
const ENDED = new Set<string>(['completed', 'cancelled', 'failed']);

export const hasEnded = ({ status }: ImportState): boolean => ENDED.has(status);

export function endingOf({ status, counts }: ImportState): Ending {
  if (status !== 'completed') return 'cancelled';
  if (counts.unknown > 0) return 'someUnknown';
  return counts.failed > 0 ? 'someFailed' : 'done';
}

/** Number of rows that have an outcome. */
export const rowsDone = ({ total, counts }: ImportState): number => total - counts.pending;

export function inWords({ id, status, total, counts }: ImportState): string {
  const parts = (['created', 'skipped', 'failed', 'unknown', 'pending'] as const)
    .filter((outcome) => counts[outcome] > 0 || outcome === 'created')
    .map((outcome) => `${counts[outcome].toLocaleString('en')} ${outcome}`);
  return `Import ${id} ${status}: ${rowsInWords(total)}, ${parts.join(', ')}.`;
}
