/** Rows of a slice, one call each: begun one after the other, as the budget lets them, and answered beside each other. */
import { ManagementFailure } from '../../src/auth0/errors.ts';
import type { Management } from '../../src/auth0/management.ts';
import { rowUserId, type EndMark } from '../../src/imports/row-outcome.ts';
import type { ImportState, Row, ImportStore } from '../../src/imports/import-store.ts';
import type { UsageCounter } from '../../src/events/usage.ts';
import type { CallRules } from '../call-rules.ts';
import type { UsersOf } from '../relay/tenant-users.ts';
import { isWritable } from './is-writable.ts';
import type { RecordOutcomes } from './outcomes.ts';

/** Each import's calls stand in a line of their own, so that imports get alike, wherever they are worked on. */
export type ManagementFor = (importId: string, rules?: Partial<CallRules>) => Management;

interface SliceEnd {
  /** The import has ended with this slice. */
  hasEnded: boolean;
  /** It was paused or cancelled meanwhile: some rows were not begun. */
  isStopped: boolean;
}

export interface RowWork {
  /**
   * @param allBegun called when the last row is under way, unless one of them has failed
   * @throws when the authority is unwell: the slice is then tried again, and rows that are done are passed over
   */
  work(
    state: ImportState,
    rows: readonly Row[],
    attempts: number,
    allBegun: () => Promise<void>,
  ): Promise<SliceEnd>;
  /** Looks what became of rows that were begun and not ended, of an import that goes on with none. */
  settle(state: ImportState, rows: readonly Row[]): Promise<void>;
}

class Stopped extends Error {}

/** On whose account its calls go. */
export const accountOf = ({ tenantId, by }: ImportState) => by && { tenantId, ...by };

/** Rows of a slice that begin at once: while it is written down that one is sent, the slot of the next is asked for. */
const AT_ONCE = 4;

/** So often a row is tried whose answer is lost each time while the authority is well. */
const MAX_ATTEMPTS = 10;

/** Redis that is away, and whatever stops a worker, are errors of other kinds. */
const isFault = (error: unknown): boolean => error instanceof TypeError || error instanceof RangeError;

export function createRowWork(
  { store, record }: { store: ImportStore; record: RecordOutcomes },
  { managementFor, usersOf }: { managementFor: ManagementFor; usersOf: UsersOf },
  usage: UsageCounter,
  /** Rows that wait for their slot give up when this aborts. */
  stopping: AbortSignal,
): RowWork {
  /** Resolves when the row's call was sent, or when it has ended without one. */
  function begin(
    state: ImportState,
    row: Row,
    attempts: number,
  ): { begun: Promise<void>; ended: Promise<boolean> } {
    let tellBegun!: () => void;
    const isBegun = new Promise<void>((resolve) => (tellBegun = resolve));
    const account = accountOf(state);
    const management = managementFor(state.id, {
      account,
      beforeCall: async ({ isWrite }) => {
        if (!isWrite) return;
        if (!(await store.start(state.id, [row.number]))) throw new Stopped();
        tellBegun();
      },
      whileWaiting: () => stopping,
    });
    const ended = (async () => {
      const mark = await endOf(management, state, row, attempts);
      const isLast = await record(state, [[row.number, mark]]);
      if (account && mark === 'c') usage.rowsCreated(account, 1);
      return isLast;
    })();
    ended.catch(() => undefined).finally(tellBegun);
    return { begun: isBegun, ended };
  }

  async function endOf(
    management: Management,
    state: ImportState,
    { number, stored }: Row,
    attempts: number,
  ): Promise<EndMark | '.'> {
    // Rows that were wrong as they were read have ended before the import began.
    if ('error' in stored) return 'u';
    const { password_hash, custom_password_hash, ...user } = stored.user;
    if (password_hash !== undefined || custom_password_hash !== undefined) return 'h';
    if (!isWritable(user)) return 'n';
    const { id, tenantId, connection, sendsMail } = state;
    try {
      const wanted = { connection, id: rowUserId(id, number), user, sendsMail };
      return (await usersOf(management, tenantId).create(wanted)) === 'exists' ? 's' : 'c';
    } catch (error) {
      if (!(error instanceof ManagementFailure)) {
        // A fault of ours that this row brings about each time must not keep its import from ending.
        if (isFault(error) && attempts >= MAX_ATTEMPTS) return 'u';
        throw error;
      }
      if (error.kind === 'weak_password') return 'w';
      if (error.kind === 'invalid') return 'i';
      // It was looked for after the answer was lost, so the authority is well; and it was lost again and again.
      if (error.kind === 'unknown_outcome' && attempts >= MAX_ATTEMPTS) return 'u';
      throw error;
    }
  }

  return {
    async work(state, rows, attempts, allBegun) {
      const underWay: Promise<boolean>[] = [];
      const beginning: Promise<void>[] = [];
      let failed = false;
      for (const row of rows) {
        const one = begin(state, row, attempts);
        one.ended.catch(() => (failed = true));
        underWay.push(one.ended);
        beginning.push(one.begun);
        if (beginning.length >= AT_ONCE) await beginning.shift();
        if (failed) break;
      }
      await Promise.all(beginning);
      if (!failed) await allBegun();
      // All of them to their end, before the slice may be tried again.
      const ends = await Promise.allSettled(underWay);
      const reasons = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
      const fault = reasons.find((reason) => !(reason instanceof Stopped));
      const isStopped = reasons.some((reason) => reason instanceof Stopped);
      if (fault !== undefined) throw fault as Error;
      return { isStopped, hasEnded: ends.some((end) => end.status === 'fulfilled' && end.value) };
    },

    async settle(state, rows) {
      const rules = { account: accountOf(state), whileWaiting: () => stopping };
      const users = usersOf(managementFor(state.id, rules), state.tenantId);
      for (const { number } of rows) {
        const found = await users.findCreated(rowUserId(state.id, number));
        // One that is not there may go again when the import does; when it never will, nobody can say what may still come.
        const mark = found ? 'c' : state.status === 'paused' ? '.' : 'u';
        await record(state, [[number, mark]]);
      }
    },
  };
}
