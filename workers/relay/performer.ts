import type { Management } from '../../src/auth0/management.ts';
import type { RoleTable } from '../../src/authorization/roles.ts';
import type { ApiKeyChange, ChangeConditions, StoredApiKey } from '../../src/registry/api-keys.ts';
import type { AppChanges } from '../../src/registration/app-changes.ts';
import type { Apps } from '../../src/registry/apps.ts';
import type { LooseEnds } from '../../src/registry/loose-ends.ts';
import type { Registrations } from '../../src/registry/registrations.ts';
import type { UserMarks } from '../../src/registry/user-marks.ts';
import type { Withdrawals } from '../../src/registry/withdrawals.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { JobSteps } from '../../src/relay/job-steps.ts';
import type { KeyedHash } from '../../src/secrets/keyed-hash.ts';
import type { TenantDesk } from './tenant-desk.ts';

/** What a performer works with. */
export interface Bench {
  management: Management;
  /** For very many calls: takes what others leave of the budget. */
  bulk: Management;
  audience: string;
  /** The contract's: role → scopes. */
  roles: RoleTable;
  userMarks: UserMarks;
  readKey: (clientId: string) => Promise<StoredApiKey | undefined>;
  /** All or none; false when one is not any more as it was read. */
  changeKeys: (
    tenantId: string,
    changes: readonly ApiKeyChange[],
    conditions?: ChangeConditions,
  ) => Promise<boolean>;
  countKeys: (tenantId: string) => Promise<number>;
  removeKey: (clientId: string) => Promise<boolean>;
  tenants: TenantDesk;
  jobSteps: JobSteps;
  unfinishedKeys: LooseEnds;
  apps: Apps;
  appChanges: AppChanges;
  registrations: Registrations;
  withdrawals: Withdrawals;
  leaving: LooseEnds;
  keyedHash: KeyedHash;
}

/** A try. `mayBeDone`: an earlier one was sent, and nobody knows how it ended. */
export interface Try {
  mayBeDone: boolean;
  /** Whose try it is: the same at every one. */
  jobId: string;
  /**
   * For what lasts and takes several calls to make, right before it begins to count; before the first of them it was looked at anyway.
   * @throws Problem when whoever asked for the job may not ask any more
   */
  checkMaker: () => Promise<void>;
  /** Whose job it is, when that was asked for ahead. */
  tenant?: Promise<Tenant | undefined> | undefined;
}

/** Does the work of one relay job at the authority. Throws `Problem` for an end, `ManagementFailure` for what the worker decides. */
export type Performer<Input, Outcome> = (bench: Bench, input: Input, attempt: Try) => Promise<Outcome>;
