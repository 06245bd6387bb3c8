/** What the parts of a plan are made from. */
import type { Management } from './management.ts';
import type { ClientRole, PartPlan } from './plan.ts';
import type { Settings } from './settings.ts';

export interface Context {
  management: Management;
  settings: Settings;
  /** Ids of our clients: from an earlier run's files, found by their metadata, or just created. */
  clientIds: Map<ClientRole, string>;
}

/** Reads its part of the account, and says what it lacks. Writes nothing. */
export type Part = (context: Context) => Promise<PartPlan>;
