/** What whoever takes a batch through works with. */
import type { Redis } from 'ioredis';
import type { Management } from '../../../src/auth0/management.ts';
import type { Batches, Places } from '../../../src/imports/import-jobs/import-jobs-store.ts';
import type { EndMark } from '../../../src/imports/row-outcome.ts';
import type { ImportState, ImportStore } from '../../../src/imports/import-store.ts';
import type { Log } from '../../../src/log.ts';
import type { UsersOf } from '../../relay/tenant-users.ts';
import type { Bell } from './retries.ts';

export interface ImportJobContext {
  redis: Redis;
  store: ImportStore;
  batches: Batches;
  places: Places;
  /** Rings when a place was given back by this process: others of it need not ask first. */
  placeFreed: Bell;
  /** For reads. */
  management: Management;
  /** Those of the import's tenant, for reads. */
  users: ReturnType<UsersOf>;
  /** A write; `begin` runs just before it is sent, and when it throws, nothing is sent. */
  write<T>(begin: () => Promise<void>, call: (management: Management) => Promise<T>): Promise<T>;
  /**
   * @returns the import when rows of it may be sent: it is not paused or ended, nor is its tenant suspended or gone
   * @throws TakenOver
   */
  mayGo: (importId: string) => Promise<ImportState | undefined>;
  /** Gives rows their outcomes. */
  record(
    state: ImportState,
    outcomes: readonly (readonly [row: number, mark: EndMark | '.'])[],
  ): Promise<void>;
  /** Aborts when the process stops, or when something else of the import has failed. */
  signal: AbortSignal;
  log: Log;
}
