/** Processes the rows of a slice, one call each: started in order as the budget permits, and running concurrently. */
import type { Management } from '../../src/auth0/management.ts';
import { rowUserId, type EndMark } from '../../src/imports/row-outcome.ts';
import type { ImportState, Row } from '../../src/imports/import-store.ts';
import { isFailure, rowMarkOf } from '../failures.ts';
import type { ImportParts } from './import-parts.ts';
import { isWritable } from './is-writable.ts';
import type { RecordOutcomes } from './outcomes.ts';

interface SliceEnd {
  /** The import has ended with this slice. */
  hasEnded: boolean;
  /** The import was paused or cancelled meanwhile: some rows were not begun. */
  isStopped: boolean;
}

class Stopped extends Error {}

/** The account to which an import's calls are charged. */
export const accountOf = ({ tenantId, by }: ImportState) => by && { tenantId, ...by };

/** Rows that start concurrently: while one is being marked as sent, the next ones request their slots. */
const STARTING = 4;

/** Maximum attempts of a row whose answer is lost each time although the authority is available. */
const MAX_ATTEMPTS = 10;

/** A bug. An unreachable Redis and a worker's shutdown cause other errors. */
const isFault = (error: unknown): boolean => error instanceof TypeError || error instanceof RangeError;

interface Parts extends Pick<ImportParts, 'store' | 'managementFor' | 'usersOf' | 'usage' | 'log'> {
  record: RecordOutcomes;
  /** Aborts rows that wait for their slot. */
  stopping: AbortSignal;
}

export class RowWork {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * @param allBegun called when the last row is under way, unless a row has failed
   * @throws while the authority is unavailable: the slice is then retried, and skips rows with an outcome
   */
  async work(
    state: ImportState,
    rows: readonly Row[],
    attempts: number,
    allBegun: () => Promise<void>,
  ): Promise<SliceEnd> {
    const underWay: Promise<boolean>[] = [];
    const beginning: Promise<void>[] = [];
    const faults: unknown[] = [];
    let isStopped = false;
    for (const row of rows) {
      const { begun, ended } = this.#begin(state, row, attempts);
      const end = ended.catch((error: unknown) => {
        if (error instanceof Stopped) isStopped = true;
        else faults.push(error);
        return false;
      });
      underWay.push(end);
      beginning.push(begun);
      if (beginning.length >= STARTING) await beginning.shift();
      if (isStopped || faults.length > 0) break;
    }
    await Promise.all(beginning);
    if (!isStopped && faults.length === 0) await allBegun();
    // Wait for all rows before the slice may be retried.
    const ends = await Promise.all(underWay);
    if (faults.length > 0) throw faults[0];
    return { isStopped, hasEnded: ends.includes(true) };
  }

  /** Looks up the users of begun rows without an outcome, of an import that is paused or cancelled. */
  async settle(state: ImportState, rows: readonly Row[]): Promise<void> {
    const { managementFor, usersOf, record, stopping } = this.#parts;
    const rules = { account: accountOf(state), whileWaiting: () => stopping };
    const users = usersOf(managementFor(state.id, rules), state.tenantId);
    for (const { number } of rows) {
      const found = await users.findCreated(rowUserId(state.id, number));
      // A missing user: the row is pending again in a paused import; in a cancelled one its call may still take effect.
      const mark = found ? 'c' : state.status === 'paused' ? '.' : 'u';
      await record(state, [[number, mark]]);
    }
  }

  /** `begun` resolves when the row's call was sent, or when it has ended without one. */
  #begin(state: ImportState, row: Row, attempts: number): { begun: Promise<void>; ended: Promise<boolean> } {
    const { store, managementFor, record, usage, stopping } = this.#parts;
    const account = accountOf(state);
    let resolveBegun!: () => void;
    const begun = new Promise<void>((resolve) => (resolveBegun = resolve));
    const management = managementFor(state.id, {
      account,
      beforeCall: async ({ isWrite }) => {
        if (!isWrite) return;
        if (!(await store.start(state.id, [row.number]))) throw new Stopped();
        resolveBegun();
      },
      whileWaiting: () => stopping,
    });
    const ended = (async () => {
      const mark = await this.#endOf(management, state, row, attempts);
      const isLast = await record(state, [[row.number, mark]]);
      if (account && mark === 'c') usage.rowsCreated(account, 1);
      return isLast;
    })();
    // Registered after the caller's own handler of `ended`, so that a failure is known when `begun` resolves.
    ended.catch(() => undefined).finally(resolveBegun);
    return { begun, ended };
  }

  async #endOf(
    management: Management,
    state: ImportState,
    { number, stored }: Row,
    attempts: number,
  ): Promise<EndMark> {
    // Rows that were invalid when read got their outcome before the import began.
    if ('error' in stored) return 'u';
    const { password_hash, custom_password_hash, ...user } = stored.user;
    if (password_hash !== undefined || custom_password_hash !== undefined) return 'h';
    if (!isWritable(user)) return 'n';
    const { id, tenantId, connection, sendsMail } = state;
    try {
      const wanted = { connection, id: rowUserId(id, number), user, sendsMail };
      await this.#parts.usersOf(management, tenantId).createAlone(wanted);
      return 'c';
    } catch (error) {
      // A repeatedly lost answer although the authority is available (the look-up worked), or a bug that this row triggers each time: neither
      // may keep its import from ending.
      const isHopeless = attempts >= MAX_ATTEMPTS && (isFault(error) || isFailure(error, 'unknown_outcome'));
      const mark = rowMarkOf(error) ?? (isHopeless ? 'u' : undefined);
      if (mark === undefined) throw error;
      const line = { import: id, tenant_id: tenantId, row: number, err: error };
      if (mark === 'e') this.#parts.log.info(line, 'email of an import row is unavailable');
      return mark;
    }
  }
}
