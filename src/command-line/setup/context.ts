/** What the parts of a plan are made from. */
import type { Management } from './management.ts';
import type { ClientRole, OwnClient, PartPlan } from './plan.ts';
import type { Reader } from './reader.ts';
import type { Settings } from './settings.ts';
import type { LocalKey } from './signing-keys.ts';

/** What comparing an account needs, wherever it is done: here, or by a worker, which has none of our files. */
export interface AccountContext {
  management: Reader;
  settings: Omit<Settings, 'folder' | 'services' | 'events' | 'console' | 'publicUrl'>;
  /** Ids of our clients: from an earlier run's files, found by their metadata, or just created. */
  clientIds: Map<OwnClient, string>;
  keyOf: (role: ClientRole) => LocalKey;
}

export interface Context extends AccountContext {
  management: Management;
  settings: Settings;
}

/** Reads its part of the account, and says what it lacks. Writes nothing. */
export type Part = (context: Context) => Promise<PartPlan>;
/** The same, of what is in the account alone. */
export type AccountPart = (context: AccountContext) => Promise<PartPlan>;
