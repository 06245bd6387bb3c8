/**
 * Makes created users of a tenant that is an organization its members, ten by a call. Apart from creating them, so that rows of other
 * imports never wait for the rate group of members. Rows have no outcome before that, so a worker that dies leaves none behind.
 */
import type { ManagementFailureKind } from '../../src/auth0/errors.ts';
import { MEMBERS_PER_CALL } from '../../src/auth0/management-organizations.ts';
import { isGoing } from '../../src/imports/import-state.ts';
import type { ImportState, ImportStore } from '../../src/imports/import-store.ts';
import { fullUserId, rowUserId } from '../../src/imports/row-outcome.ts';
import { rowsToJoin } from '../../src/imports/rows-to-join.ts';
import type { Log } from '../../src/log.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { onFailure } from '../failures.ts';
import type { UsersOf } from '../relay/tenant-users.ts';
import { pause, readWithRetries } from './import-jobs/retries.ts';
import type { RecordOutcomes } from './outcomes.ts';

interface Parts {
  store: Pick<ImportStore, 'read' | 'openRow' | 'readMarks'>;
  /** For rows that were deleted: nothing is left to be done. */
  forget: (importId: string) => Promise<unknown>;
  users: Pick<ReturnType<UsersOf>, 'addMembers'>;
  /** Stores outcomes as they are. */
  record: RecordOutcomes;
  signal: AbortSignal;
  log: Log;
  /** Time before a refused user is tried again, doubled by each refusal. */
  firstAgainMs?: number;
}

/** A row that the authority has refused as a member so far. */
interface Refused {
  times: number;
  /** When it is tried again, ms since 1970. */
  againMs: number;
}

const POLL_MS = 200;
/** How long fewer users than a call takes wait for others that are being created. */
const GATHER_MS = 30_000;
/** Rows that are looked for at once. */
const ROWS = 100;
/** A user who was created a moment ago may not be found yet: half a minute, in all. */
const FIRST_AGAIN_MS = 1_000;
const MAX_REFUSALS = 6;

export class MemberWork {
  readonly #parts: Parts;
  readonly #importId: string;
  readonly #refused = new Map<number, Refused>();
  /** No earlier row becomes a member any more. */
  #from = 1;
  #gatheringSince: number | undefined;

  constructor(parts: Parts, importId: string) {
    this.#parts = parts;
    this.#importId = importId;
  }

  /** Resolves when no created user is left that is no member; rows that are created later need another run. */
  async run(): Promise<void> {
    const { store, forget, signal } = this.#parts;
    for (;;) {
      signal.throwIfAborted();
      const state = await store.read(this.#importId);
      if (!state || state.joining <= 0) return;
      if (await this.#gathers(state)) {
        await pause(POLL_MS, signal);
        continue;
      }
      const found = await rowsToJoin(store, state, this.#from, Math.min(state.joining, ROWS));
      if (!found) return void (await forget(state.id));
      this.#from = found.from;
      const due = found.rows.filter((row) => (this.#refused.get(row)?.againMs ?? 0) <= redisNow());
      if (due.length === 0) await pause(POLL_MS, signal);
      for (let at = 0; at < due.length; at += MEMBERS_PER_CALL)
        await this.#join(state, due.slice(at, at + MEMBERS_PER_CALL));
    }
  }

  /** Whether there are too few for a call, and more are being created. */
  async #gathers(state: ImportState): Promise<boolean> {
    const isFew = state.joining < MEMBERS_PER_CALL && isGoing(state);
    if (!isFew || (await this.#parts.store.openRow(state, 1)) === undefined) return this.#gathered();
    this.#gatheringSince ??= redisNow();
    return redisNow() - this.#gatheringSince < GATHER_MS || this.#gathered();
  }

  #gathered(): false {
    this.#gatheringSince = undefined;
    return false;
  }

  async #join(state: ImportState, rows: readonly number[]): Promise<void> {
    const { record, log } = this.#parts;
    const joined: number[] = [];
    // One that is refused must not keep the others out.
    if (rows.length > 1 && (await this.#add(rows))) joined.push(...rows);
    else for (const row of rows) if (await this.#add([row])) joined.push(row);
    const isHopeless = (row: number) => (this.#refused.get(row)?.times ?? 0) >= MAX_REFUSALS;
    const hopeless = rows.filter((row) => !joined.includes(row) && isHopeless(row));
    for (const row of [...joined, ...hopeless]) this.#refused.delete(row);
    if (hopeless.length > 0)
      log.warn({ import: state.id, rows: hopeless }, 'the authority refuses imported users as members');
    const outcomes = [
      ...joined.map((row) => [row, 'c'] as const),
      ...hopeless.map((row) => [row, 'x'] as const),
    ];
    if (outcomes.length > 0) await record(state, outcomes);
  }

  #refuse(row: number, kind: ManagementFailureKind): void {
    const { firstAgainMs = FIRST_AGAIN_MS } = this.#parts;
    const times = NO_ROOM.includes(kind) ? MAX_REFUSALS : (this.#refused.get(row)?.times ?? 0) + 1;
    this.#refused.set(row, { times, againMs: redisNow() + firstAgainMs * 2 ** (times - 1) });
  }

  /** @returns false when the authority refuses one of them; a single one is noted */
  #add(rows: readonly number[]): Promise<boolean> {
    const { users } = this.#parts;
    const userIds = rows.map((row) => fullUserId(rowUserId(this.#importId, row)));
    const refused = onFailure(REFUSALS, ({ kind }) => {
      const [row] = rows;
      if (rows.length > 1 || row === undefined) return false;
      if (kind !== 'exists') this.#refuse(row, kind);
      return kind === 'exists';
    });
    return readWithRetries(this.#parts, () => users.addMembers(userIds).then(() => true, refused));
  }
}

/** The organization or the plan has no room: nothing that passes while a user is waited for, and a job that waits keeps others out. */
const NO_ROOM: ManagementFailureKind[] = ['limit_reached', 'not_in_plan'];
/** `exists`: one is a member already. Whether Auth0 ever says that is not documented. */
const REFUSALS: ManagementFailureKind[] = ['not_found', 'invalid', 'exists', ...NO_ROOM];
