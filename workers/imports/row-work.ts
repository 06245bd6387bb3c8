/** Rows of a slice, one call each: begun one after the other, as the budget lets them, and answered beside each other. */
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
  /** It was paused or cancelled meanwhile: some rows were not begun. */
  isStopped: boolean;
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

interface Parts extends Pick<ImportParts, 'store' | 'managementFor' | 'usersOf' | 'usage' | 'log'> {
  record: RecordOutcomes;
  /** Rows that wait for their slot give up when this aborts. */
  stopping: AbortSignal;
}

export class RowWork {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * @param allBegun called when the last row is under way, unless one of them has failed
   * @throws when the authority is unwell: the slice is then tried again, and rows that are done are passed over
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
      if (beginning.length >= AT_ONCE) await beginning.shift();
      if (isStopped || faults.length > 0) break;
    }
    await Promise.all(beginning);
    if (!isStopped && faults.length === 0) await allBegun();
    // All of them to their end, before the slice may be tried again.
    const ends = await Promise.all(underWay);
    if (faults.length > 0) throw faults[0];
    return { isStopped, hasEnded: ends.includes(true) };
  }

  /** Looks what became of rows that were begun and not ended, of an import that goes on with none. */
  async settle(state: ImportState, rows: readonly Row[]): Promise<void> {
    const { managementFor, usersOf, record, stopping } = this.#parts;
    const rules = { account: accountOf(state), whileWaiting: () => stopping };
    const users = usersOf(managementFor(state.id, rules), state.tenantId);
    for (const { number } of rows) {
      const found = await users.findCreated(rowUserId(state.id, number));
      // One that is not there may go again when the import does; when it never will, nobody can say what may still come.
      const mark = found ? 'c' : state.status === 'paused' ? '.' : 'u';
      await record(state, [[number, mark]]);
    }
  }

  /** `begun` resolves when the row's call was sent, or when it has ended without one. */
  #begin(state: ImportState, row: Row, attempts: number): { begun: Promise<void>; ended: Promise<boolean> } {
    const { store, managementFor, record, usage, stopping } = this.#parts;
    const account = accountOf(state);
    let tellBegun!: () => void;
    const begun = new Promise<void>((resolve) => (tellBegun = resolve));
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
      const mark = await this.#endOf(management, state, row, attempts);
      const isLast = await record(state, [[row.number, mark]]);
      if (account && mark === 'c') usage.rowsCreated(account, 1);
      return isLast;
    })();
    // Behind whoever looks at `ended` at once: what failed is known by then.
    ended.catch(() => undefined).finally(tellBegun);
    return { begun, ended };
  }

  async #endOf(
    management: Management,
    state: ImportState,
    { number, stored }: Row,
    attempts: number,
  ): Promise<EndMark> {
    // Rows that were wrong as they were read have ended before the import began.
    if ('error' in stored) return 'u';
    const { password_hash, custom_password_hash, ...user } = stored.user;
    if (password_hash !== undefined || custom_password_hash !== undefined) return 'h';
    if (!isWritable(user)) return 'n';
    const { id, tenantId, connection, sendsMail } = state;
    try {
      const wanted = { connection, id: rowUserId(id, number), user, sendsMail };
      await this.#parts.usersOf(management, tenantId).create(wanted);
      return 'c';
    } catch (error) {
      // An answer that is lost again and again, though the authority is well (it was looked for); and a fault of ours that this row
      // brings about each time: neither keeps its import from ending.
      const isHopeless = attempts >= MAX_ATTEMPTS && (isFault(error) || isFailure(error, 'unknown_outcome'));
      const mark = rowMarkOf(error) ?? (isHopeless ? 'u' : undefined);
      if (mark === undefined) throw error;
      const line = { import: id, tenant_id: tenantId, row: number, err: error };
      if (mark === 'e') this.#parts.log.info(line, 'email of an import row is unavailable');
      return mark;
    }
  }
}
