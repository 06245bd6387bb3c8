/** What the performer of a relay job works with: as much as the job's declaration gives it (`src/relay/jobs/`), and nothing else. */
import type { Management } from '../../src/auth0/management.ts';
import type { ApiKeyChange, ChangeConditions, StoredApiKey } from '../../src/registry/api-keys.ts';
import type { AppChanges } from '../../src/registration/app-changes.ts';
import type { RegistrationSaga } from '../../src/registration/registration-saga.ts';
import type { Apps } from '../../src/registry/apps.ts';
import type { PendingCleanups } from '../../src/registry/pending-cleanups.ts';
import type { UserMarks } from '../../src/registry/user-marks.ts';
import type { Withdrawals } from '../../src/registry/withdrawals.ts';
import type { Access, CallLike, CallOf } from '../../src/relay/access.ts';
import type { JobSteps } from '../../src/relay/job-steps.ts';
import type { InputOf, OutcomeOf, RelayJobs, RelayOperationId } from '../../src/relay/jobs/index.ts';
import type { ManagementCall } from '../../src/auth0/call-groups.ts';
import type { TenantRule } from '../../src/relay/relay-job.ts';
import type { KeyedHash } from '../../src/secrets/keyed-hash.ts';
import type { OwnConsents } from './own-consents.ts';
import type { FirstCalls, TenantUsers } from './tenant-users.ts';
import type { TenantSettings } from './tenant-settings.ts';
import type { TenantStore } from './tenant-store.ts';

/** For jobs on the users of their tenant. */
export interface UsersContext<First extends ManagementCall = ManagementCall> {
  /** Those of its methods that begin with a call which is paid from the declared bucket. */
  users: Pick<TenantUsers, MethodsBeginningLike<First>>;
  userMarks: UserMarks;
}
type MethodsBeginningLike<First extends ManagementCall> = {
  [Method in keyof FirstCalls]: FirstCalls[Method] extends CallLike<First> ? Method : never;
}[keyof FirstCalls];

/** For jobs on what the caller itself consented to. */
export interface ConsentsContext {
  consents: OwnConsents;
  apps: Pick<Apps, 'readAll'>;
  withdrawals: Withdrawals;
}

/** For jobs on the clients of API keys. */
export interface ApiKeysContext {
  management: Pick<Management, CallOf<'api-keys'>>;
  audience: string;
  readKey: (clientId: string) => Promise<StoredApiKey | undefined>;
  /** All or none; false when one is not any more as it was read. */
  changeKeys: (
    tenantId: string,
    changes: readonly ApiKeyChange[],
    conditions?: ChangeConditions,
  ) => Promise<boolean>;
  countKeys: (tenantId: string) => Promise<number>;
  removeKey: (clientId: string) => Promise<boolean>;
  unfinishedKeys: PendingCleanups;
  leaving: PendingCleanups;
  userMarks: UserMarks;
  keyedHash: KeyedHash;
}

/** For jobs on the clients of third-party apps. */
export interface AppsContext {
  management: Pick<Management, CallOf<'apps'>>;
  audience: string;
  apps: Apps;
  appChanges: AppChanges;
  registrations: RegistrationSaga;
  leaving: PendingCleanups;
  keyedHash: KeyedHash;
}

/** For the few jobs, and the upkeep, that make or end what belongs to more than one of these. */
export interface ManagementContext
  extends Omit<ApiKeysContext, 'management'>, Omit<AppsContext, 'management'> {
  management: Management;
  /** For very many calls: takes what others leave of the budget. */
  bulk: Management;
  usersOf: (management: Management, tenantId: string) => TenantUsers;
  consentsOf: (management: Management, userId: string) => OwnConsents;
  settingsBy: (management: Management) => TenantSettings;
  /** Name of the connection that keeps those settings. */
  settingsDatabase: string;
  tenants: TenantStore;
  jobSteps: JobSteps;
  withdrawals: Withdrawals;
}

interface Contexts<First extends ManagementCall> {
  'tenant-users': UsersContext<First>;
  'own-consents': ConsentsContext;
  'api-keys': ApiKeysContext;
  apps: AppsContext;
  management: ManagementContext;
}
export type ContextOf<A extends Access, First extends ManagementCall = ManagementCall> = Contexts<First>[A];

/** The tenant whose job it is: the one that the caller belongs to. */
type TenantOf<Tenant extends TenantRule> = Tenant extends 'none' ? unknown : { tenantId: string };

export type PerformerContext<Id extends RelayOperationId> = ContextOf<
  RelayJobs[Id]['access'],
  RelayJobs[Id]['firstCall']
> &
  TenantOf<RelayJobs[Id]['tenant']>;

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
}

/** Does the work of one relay job at the authority. Throws `Problem` for an end, `ManagementFailure` for what the worker decides. */
export type Performer<Id extends RelayOperationId> = (
  context: PerformerContext<Id>,
  input: InputOf<Id>,
  attempt: Try,
) => Promise<OutcomeOf<Id>>;
