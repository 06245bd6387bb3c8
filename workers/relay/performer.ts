/** The context of a relay job's performer: what the job's declaration grants (`src/relay/jobs/`), and nothing else. */
import type { AdoptionStore } from '../../src/adoptions/adoption-store.ts';
import type { Management } from '../../src/auth0/management.ts';
import type { ApiKeyChange, ApiKeyUse, ChangeConditions, StoredApiKey } from '../../src/registry/api-keys.ts';
import type { EventDraft } from '../../src/events/event.ts';
import type { AppChanges } from '../../src/registration/app-changes.ts';
import type { RegistrationSaga } from '../../src/registration/registration-saga.ts';
import type { Apps } from '../../src/registry/apps.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import type { PendingCleanups } from '../../src/registry/pending-cleanups.ts';
import type { ReadOrganizations } from '../../src/registry/sign-in-organizations.ts';
import type { UserMarks } from '../../src/registry/user-marks.ts';
import type { Withdrawals } from '../../src/registry/withdrawals.ts';
import type { Access, CallLike, CallOf } from '../../src/relay/access.ts';
import type { JobSteps } from '../../src/relay/job-steps.ts';
import type { InputOf, OutcomeOf, RelayJobs, RelayOperationId } from '../../src/relay/jobs/index.ts';
import type { ManagementCall } from '../../src/auth0/call-groups.ts';
import type { TenantRule } from '../../src/relay/relay-job.ts';
import type { Plan } from '../../src/plans.ts';
import type { KeyedHash } from '../../src/secrets/keyed-hash.ts';
import type { GrantCalls, OwnConsents } from './own-consents.ts';
import type { FirstCalls, TenantUsers } from './tenant-users.ts';
import type { TenantSettings } from './tenant-settings.ts';
import type { TenantStore } from './tenant-store.ts';

/** For jobs on the users of their tenant. */
export interface UsersContext<First extends ManagementCall = ManagementCall> {
  /** Only the methods whose first call is paid from the declared bucket. */
  users: Pick<TenantUsers, MethodsBeginningLike<First>>;
  userMarks: UserMarks;
}
type MethodsBeginningLike<First extends ManagementCall> = {
  [Method in keyof FirstCalls]: FirstCalls[Method] extends CallLike<First> ? Method : never;
}[keyof FirstCalls];

/** For jobs on the caller's own consents. */
export interface ConsentsContext {
  consents: OwnConsents;
  tenantId: string;
  apps: Pick<Apps, 'readAll'>;
  withdrawals: Withdrawals;
}

/** For jobs on the clients of API keys. */
export interface ApiKeysContext {
  management: Pick<Management, CallOf<'api-keys'>>;
  audience: string;
  readKey: (clientId: string) => Promise<StoredApiKey | undefined>;
  /** Atomic; false when one of the keys has changed since it was read. */
  changeKeys: (
    tenantId: string,
    changes: readonly ApiKeyChange[],
    conditions?: ChangeConditions,
  ) => Promise<boolean>;
  countKeys: (tenantId: string) => Promise<number>;
  readUse: (clientId: string) => Promise<ApiKeyUse>;
  removeKey: (clientId: string) => Promise<boolean>;
  unfinishedKeys: PendingCleanups;
  clientsToDelete: PendingCleanups;
  /** Its jobs that have not started are dropped. */
  markDeletedKey: (clientId: string) => Promise<void>;
  keyedHash: KeyedHash;
}

/** For jobs on the clients of third-party apps. */
export interface AppsContext {
  management: Pick<Management, CallOf<'apps'>>;
  audience: string;
  apps: Apps;
  appChanges: AppChanges;
  registrations: RegistrationSaga;
  clientsToDelete: PendingCleanups;
  keyedHash: KeyedHash;
}

/** For the few jobs, and the upkeep, that create or delete across these. */
export interface ManagementContext
  extends Omit<ApiKeysContext, 'management'>, Omit<AppsContext, 'management'> {
  management: Management;
  /** For large numbers of calls: uses what the interactive lane leaves of the budget. */
  bulk: Management;
  usersOf: (management: Management, tenantId: string) => TenantUsers;
  consentsOf: (management: GrantCalls, userId: string, organizations: ReadOrganizations) => OwnConsents;
  /** In which organizations the tenant's users sign in. */
  organizationsIn: (tenantId: string) => ReadOrganizations;
  /** In which of them this user's consents are the tenant's. */
  organizationsOf: (management: Management, tenantId: string, userId: string) => ReadOrganizations;
  userMarksIn: (tenantId: string) => UserMarks;
  settingsBy: (management: Management) => TenantSettings;
  /** Name of the connection that keeps those settings. */
  settingsDatabase: string;
  tenants: TenantStore;
  adoptions: AdoptionStore;
  /** Moves an event that was stored with a change to the outbox. */
  handOver: (text: string, remove: () => Promise<unknown>) => Promise<void>;
  /** Entries by `leftMark`. */
  marksToRemove: PendingCleanups;
  /** The account's rate limits. */
  plan: Plan;
  jobSteps: JobSteps;
  withdrawals: Withdrawals;
  /** All of the registry. */
  listClients: () => Promise<RegisteredClient[]>;
}

interface Contexts<First extends ManagementCall> {
  'tenant-users': UsersContext<First>;
  'own-consents': ConsentsContext;
  'api-keys': ApiKeysContext;
  apps: AppsContext;
  management: ManagementContext;
}
export type ContextOf<A extends Access, First extends ManagementCall = ManagementCall> = Contexts<First>[A];

/** The tenant of the job, which is that of its caller. */
type TenantOf<Tenant extends TenantRule> = Tenant extends 'none' ? unknown : { tenantId: string };

export type PerformerContext<Id extends RelayOperationId> = ContextOf<
  RelayJobs[Id]['access'],
  RelayJobs[Id]['firstCall']
> &
  TenantOf<RelayJobs[Id]['tenant']>;

/** An attempt. `mayHaveRun`: an earlier one has sent its call, and its outcome is unknown. */
export interface Try {
  mayHaveRun: boolean;
  /** Id of the job: the same for every attempt. */
  jobId: string;
  /** Draft of the event of its success; undefined: the job is internal. */
  event?: EventDraft | undefined;
  /**
   * For lasting results of several calls: call it right before the result takes effect; before the first call it was checked anyway.
   * @throws Problem when the requester is no longer authorized
   */
  checkMaker: () => Promise<void>;
}

/** Executes one relay job at Auth0. Throws `Problem` as its end, `ManagementFailure` for the worker to decide. */
export type Performer<Id extends RelayOperationId> = (
  context: PerformerContext<Id>,
  input: InputOf<Id>,
  attempt: Try,
) => Promise<OutcomeOf<Id>>;
