/** An import as the server tells it, and what that means for the program. */
import type { components } from './generated-contract.ts';
import { Failure, type Ending } from './exit-codes.ts';
import { rowsInWords } from './plain-text.ts';

export type ImportState = components['schemas']['UserImport'] & {
  /** By the live budget and the other imports' share: better than what could be guessed from here. */
  estimated_end_at?: string;
};

/** @throws Failure when it is no import */
export function asImport(body: unknown): ImportState {
  const state = body as ImportState | null;
  if (typeof state?.id === 'string' && typeof state.status === 'string' && state.counts) return state;
  throw new Failure('unreachable', ['The server answered something else than an import. Is --url right?']);
}

/** Words that end an import, in this version of the server or in the next. */
const ENDED = new Set<string>(['completed', 'cancelled', 'failed']);

export const hasEnded = ({ status }: ImportState): boolean => ENDED.has(status);

export function endingOf({ status, counts }: ImportState): Ending {
  if (status !== 'completed') return 'cancelled';
  if (counts.unknown > 0) return 'someUnknown';
  return counts.failed > 0 ? 'someFailed' : 'done';
}

/** How many rows have an outcome. */
export const rowsDone = ({ total, counts }: ImportState): number => total - counts.pending;

export function inWords({ id, status, total, counts }: ImportState): string {
  const parts = (['created', 'skipped', 'failed', 'unknown', 'pending'] as const)
    .filter((outcome) => counts[outcome] > 0 || outcome === 'created')
    .map((outcome) => `${counts[outcome].toLocaleString('en')} ${outcome}`);
  return `Import ${id} ${status}: ${rowsInWords(total)}, ${parts.join(', ')}.`;
}
