/** Dependencies of the processing of a batch. */
import type { Redis } from 'ioredis';
import type { Management } from '../../../src/auth0/management.ts';
import type { Batches, Places } from '../../../src/imports/import-jobs/import-jobs-store.ts';
import type { EndMark } from '../../../src/imports/row-outcome.ts';
import type { ImportState, ImportStore } from '../../../src/imports/import-store.ts';
import type { Log } from '../../../src/log.ts';
import type { UsersOf } from '../../relay/tenant-users.ts';
import type { WakeSignal } from './retries.ts';

export interface ImportJobContext {
  redis: Redis;
  store: ImportStore;
  batches: Batches;
  places: Places;
  /** Notifies waiters of this process when it has released a place, so that they need not wait for their next poll. */
  placeFreed: WakeSignal;
  /** For reads. */
  management: Management;
  /** Users of the import's tenant, for reads. */
  users: ReturnType<UsersOf>;
  /** Makes a write; `begin` runs just before it is sent, and if it throws, nothing is sent. */
  write<T>(begin: () => Promise<void>, call: (management: Management) => Promise<T>): Promise<T>;
  /**
   * @returns the import if its rows may be sent: it is not paused or ended, its tenant is active, and its maker still authorized
   * @throws TakenOver
   */
  mayGo: (importId: string) => Promise<ImportState | undefined>;
  /** Records outcomes of rows. */
  record(
    state: ImportState,
    outcomes: readonly (readonly [row: number, mark: EndMark | '.'])[],
  ): Promise<void>;
  /** Aborts when the process stops, or when another batch of the import has failed. */
  signal: AbortSignal;
  log: Log;
}
