/** Creates the contexts of performers. */
import type { Redis } from 'ioredis';
import { AdoptionStore } from '../../src/adoptions/adoption-store.ts';
import type { Management } from '../../src/auth0/management.ts';
import type { RoleTable } from '../../src/authorization/roles.ts';
import { handOver } from '../../src/events/outbox-store.ts';
import type { Plan } from '../../src/plans.ts';
import { removeConsent } from '../../src/registry/app-decisions.ts';
import { changeApiKeys, countApiKeys, readApiKey, readUse } from '../../src/registry/api-keys.ts';
import { Apps } from '../../src/registry/apps.ts';
import { InitialAccessTokens } from '../../src/registry/initial-access-tokens.ts';
import { listClients } from '../../src/registry/client-store.ts';
import { clientsToDelete, marksToRemove, unfinishedKeys } from '../../src/registry/pending-cleanups.ts';
import { createRegistrations } from '../../src/registry/registrations.ts';
import { removeApiKey } from '../../src/registry/remove-api-key.ts';
import {
  organizationsIn,
  personIn,
  type ReadOrganizations,
} from '../../src/registry/sign-in-organizations.ts';
import { readSharedDatabase, readTenant } from '../../src/registry/tenants.ts';
import { createUserMarks, markDeletedKey } from '../../src/registry/user-marks.ts';
import { createWithdrawals } from '../../src/registry/withdrawals.ts';
import { AppChanges } from '../../src/registration/app-changes.ts';
import { RegistrationSaga } from '../../src/registration/registration-saga.ts';
import type { Access } from '../../src/relay/access.ts';
import type { JobRecord } from '../../src/relay/job-records.ts';
import { createJobSteps } from '../../src/relay/job-steps.ts';
import { rulesOf } from '../../src/relay/jobs/index.ts';
import type { Lane } from '../../src/relay/lanes.ts';
import type { KeyedHash } from '../../src/secrets/keyed-hash.ts';
import type { Seal } from '../../src/secrets/seal.ts';
import type { CallRules } from '../call-rules.ts';
import { leftMark } from './left-marks.ts';
import { organizationsExist } from './organizations-exist.ts';
import { organizationsOfUser, OwnConsents, type GrantCalls } from './own-consents.ts';
import type { ContextOf, ManagementContext } from './performer.ts';
import { TenantSettings, type SettingsPlace } from './tenant-settings.ts';
import { openTenantStore } from './tenant-store.ts';
import { TenantUsers } from './tenant-users.ts';
import type { UserOrganizations } from './users/tenant-scope.ts';

export interface PerformerContexts {
  /** Context as the job declares it. @throws Error for a job whose record lacks the tenant or the user that its declaration requires */
  of(record: Pick<JobRecord, 'operationId' | 'tenantId' | 'subject'>, rules: CallRules): unknown;
  usersOf: ManagementContext['usersOf'];
  /** The full context, in this lane. */
  whole(lane: Lane, rules?: Partial<CallRules>): ManagementContext;
}

interface Parts {
  redis: Redis;
  seal: Seal;
  keyedHash: KeyedHash;
  /** Audience of this API. */
  audience: string;
  /** From the contract: role → scopes. */
  roles: RoleTable;
  /** Where settings of tenants without a web app of their own are kept. */
  settingsPlace: SettingsPlace;
  plan: Plan;
  /** Whether `TENANT_ORGANIZATIONS` allows them. */
  offersOrganizations: boolean;
  managementFor: (lane: Lane, rules?: Partial<CallRules>) => Management;
}

export function createPerformerContexts(parts: Parts): PerformerContexts {
  const { redis, seal, keyedHash, audience, roles, settingsPlace, plan, managementFor } = parts;
  const apps = new Apps(redis, seal);
  const haveOrganizations = organizationsExist(redis, parts.offersOrganizations);
  const leftMarks = marksToRemove(redis);
  const consentsOf = (management: GrantCalls, userId: string, inThese: ReadOrganizations): OwnConsents =>
    new OwnConsents(management, audience, userId, inThese, async ({ clientID, organization_id }) => {
      const [app] = await apps.readAll([clientID]);
      await removeConsent(redis, app?.client_id ?? clientID, personIn(organization_id || undefined, userId));
    });
  const organizations: UserOrganizations = {
    readTenant: (id) => readTenant(redis, id),
    exist: haveOrganizations,
    willLeave: (organization, userId) => leftMarks.add(leftMark(organization, userId)),
    leavingSince: (organization, userId) => leftMarks.since(leftMark(organization, userId)),
    endConsents: (management, userId, organizations) =>
      consentsOf(management, userId, () => Promise.resolve(organizations)).deleteAll(),
  };
  const organizationsOf: ManagementContext['organizationsOf'] = (management, tenantId, userId) =>
    organizationsOfUser(management, () => readTenant(redis, tenantId), userId);
  const userMarksIn = (tenantId: string) => createUserMarks(redis, tenantId);
  const common: Omit<ManagementContext, 'management' | 'bulk'> = {
    audience,
    usersOf: (management, tenantId) =>
      new TenantUsers(management, roles, tenantId, (id) => readSharedDatabase(redis, id), organizations),
    consentsOf,
    organizationsIn: (tenantId) => organizationsIn(redis, tenantId),
    organizationsOf,
    userMarksIn,
    settingsBy: (management) => new TenantSettings(management, settingsPlace),
    settingsDatabase: settingsPlace.database,
    plan,
    markDeletedKey: (clientId) => markDeletedKey(redis, clientId),
    readKey: (clientId) => readApiKey(redis, clientId),
    changeKeys: (tenantId, changes, conditions) => changeApiKeys(redis, tenantId, changes, conditions),
    countKeys: (tenantId) => countApiKeys(redis, tenantId),
    readUse: async (clientId) => (await readUse(redis, [clientId])).get(clientId) ?? { uses: 0 },
    removeKey: (clientId) => removeApiKey(redis, clientId),
    tenants: openTenantStore(redis, new InitialAccessTokens(redis, keyedHash), haveOrganizations),
    adoptions: new AdoptionStore(redis),
    handOver: (text, remove) => handOver(redis, text, remove),
    marksToRemove: leftMarks,
    jobSteps: createJobSteps(redis, seal),
    unfinishedKeys: unfinishedKeys(redis),
    apps,
    appChanges: new AppChanges(redis, apps),
    registrations: new RegistrationSaga(createRegistrations(redis), apps),
    withdrawals: createWithdrawals(redis),
    listClients: () => listClients(redis),
    clientsToDelete: clientsToDelete(redis),
    keyedHash,
  };
  const whole: PerformerContexts['whole'] = (lane, rules = {}) => ({
    ...common,
    management: managementFor(lane, rules),
    // Created lazily: few jobs need it.
    get bulk() {
      return managementFor('bulk', ofBulk(rules));
    },
  });

  const narrow: { [A in Access]: (record: Owner, rules: CallRules) => ContextOf<A> } = {
    'tenant-users': ({ tenantId }, rules) => ({
      users: common.usersOf(managementFor('interactive', rules), known(tenantId, 'tenant')),
      userMarks: userMarksIn(known(tenantId, 'tenant')),
    }),
    'own-consents': ({ subject, tenantId: ofJob }, rules) => {
      const [management, userId] = [managementFor('interactive', rules), known(subject, 'user')];
      const tenantId = known(ofJob, 'tenant');
      return {
        consents: common.consentsOf(management, userId, organizationsOf(management, tenantId, userId)),
        tenantId,
        apps,
        withdrawals: common.withdrawals,
      };
    },
    'api-keys': (_, rules) => ({ ...common, management: managementFor('interactive', rules) }),
    apps: (_, rules) => ({ ...common, management: managementFor('interactive', rules) }),
    management: (_, rules) => whole('interactive', rules),
  };
  return {
    whole,
    usersOf: common.usersOf,
    of(record, rules) {
      const { access, tenant } = rulesOf(record.operationId);
      const context = narrow[access](record, rules);
      return tenant === 'none' ? context : { ...context, tenantId: known(record.tenantId, 'tenant') };
    },
  };
}

type Owner = Pick<JobRecord, 'tenantId' | 'subject'>;

function known(id: string | undefined, what: string): string {
  if (id === undefined) throw new Error(`a job of no ${what}`);
  return id;
}

/** `takeSlot` takes slots of the interactive lane. */
function ofBulk({ takeSlot: _interactive, ...rules }: Partial<CallRules>): Partial<CallRules> {
  return rules;
}
