/** The periodic chores of the upkeep: clean up what is pending, and compare the registry with Auth0. */
import type { Redis } from 'ioredis';
import { systemEvent } from '../src/events/event.ts';
import type { Log } from '../src/log.ts';
import type { DeathSettings } from '../src/registration/dead-apps.ts';
import { redisNow } from '../src/redis/clock.ts';
import { listEndedApiKeys } from '../src/registry/api-keys.ts';
import type { ApiKeyClient } from '../src/registry/clients.ts';
import type { FinishTenantChangeOverInput } from '../src/relay/jobs/finishTenantChangeOver.ts';
import type { ReadOrganizations } from '../src/registry/sign-in-organizations.ts';
import { readRestore } from '../src/restore/restored-state.ts';
import { removeApiKey, unlinked } from '../src/registry/remove-api-key.ts';
import {
  cleanUpFailedKeys,
  cleanUpFailedProvisioning,
  cleanUpFailedRegistrations,
} from './relay/clean-up.ts';
import { finishChangeOvers } from './relay/finish-change-overs.ts';
import { finishTenantDeletions } from './relay/finish-tenant-deletions.ts';
import { removeLeftMarks } from './relay/left-marks.ts';
import type { ManagementContext } from './relay/performer.ts';
import { removeClient } from './relay/remove-client.ts';
import { deleteConsent } from './relay/withdrawConsent.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { writeChangedApps } from './reconcile/write-app-metadata.ts';
import { writeChangedTenants } from './reconcile/write-tenant-metadata.ts';
import { reviewApps } from './review-apps.ts';

export interface ChoreParts {
  redis: Redis;
  context: ManagementContext;
  deadApps: DeathSettings;
  /** Whether a relay job has ended, or is unknown. */
  hasEnded: (jobId: string) => Promise<boolean>;
  /** Queues a relay job. */
  finishChangeOver: (which: FinishTenantChangeOverInput) => Promise<void>;
  upkeepMs: number;
  reconcileMs: number;
  compareMs: number;
  epochMs: number;
  advanceEpoch: () => Promise<void>;
  accountCheckMs: number;
  checkAccount: () => Promise<void>;
  /** Grace period for a client that only one side knows. */
  graceMs: number;
  log: Log;
}

export interface Chore {
  /** 0: never. */
  everyMs: number;
  run: () => Promise<void>;
}

/** Normally a relay job does it; after this time the job is assumed to be lost. */
const LOST_MS = 30_000;

/** By job name on the queue. */
export function choresOf(parts: ChoreParts): Record<string, Chore> {
  const { redis, context, hasEnded, finishChangeOver, upkeepMs, compareMs, log } = parts;
  const { accountCheckMs, checkAccount, epochMs, advanceEpoch } = parts;
  // What began at least half a period ago, checked every half period: nothing stays pending for longer than one period.
  const halfPeriodMs = Math.ceil(parts.reconcileMs / 2);
  const before = () => redisNow() - halfPeriodMs;
  const often = (run: Chore['run']): Chore => ({ everyMs: upkeepMs, run });
  const eachHalf = (run: Chore['run']): Chore => ({ everyMs: halfPeriodMs, run });
  return {
    'end-api-keys': often(() => endApiKeys(parts)),
    'delete-leaving-clients': often(() => deleteRemovedClients(parts)),
    'delete-withdrawn-consents': often(() => deleteWithdrawnConsents(parts)),
    'remove-dead-apps': often(() => removeDeadApps(parts)),
    'write-changed-tenants': often(() => writeChangedTenants(redis, context)),
    'write-changed-apps': often(() => writeChangedApps(context.apps, context.management)),
    'remove-orphans': eachHalf(() => cleanUpFailedKeys(context, { before: before(), log })),
    'undo-registrations': eachHalf(() => cleanUpFailedRegistrations(context, { before: before(), log })),
    'sweep-tenant-makings': eachHalf(() => cleanUpFailedProvisioning(context, before(), hasEnded)),
    // Deletions whose job has failed, or was never queued.
    'finish-tenant-deletions': eachHalf(() => finishTenantDeletions(context, redis, before())),
    'remove-left-marks': often(() => removeLeftMarks(context)),
    // By their time, or whose job has failed.
    'finish-change-overs': often(() =>
      finishChangeOvers(context, redis, { now: redisNow(), before: before() }, finishChangeOver),
    ),
    reconcile: { everyMs: compareMs, run: () => compare(parts) },
    'advance-epoch': { everyMs: epochMs, run: advanceEpoch },
    'check-account': { everyMs: accountCheckMs, run: checkAccount },
  };
}

/** Removes expired keys, and rotated ones after their overlap. They have been refused since. */
async function endApiKeys({ redis, log }: ChoreParts): Promise<void> {
  for (const clientId of await listEndedApiKeys(redis, redisNow())) {
    const eventOf = ({ tenant_id }: ApiKeyClient) => systemEvent('api_key.expired', tenant_id, clientId);
    // The expiry of a successor does not restore the key that it replaces.
    const revisePartner = (partner: ApiKeyClient) => Promise.resolve({ as: unlinked(partner) });
    if (await removeApiKey(redis, clientId, { eventOf, revisePartner }))
      log.info({ client_id: clientId }, 'expired API key removed');
  }
}

const seemsLostBefore = ({ upkeepMs }: ChoreParts): number => redisNow() - Math.min(LOST_MS, upkeepMs);

async function deleteRemovedClients(parts: ChoreParts): Promise<void> {
  const { context } = parts;
  for (const clientId of await context.clientsToDelete.olderThan(seemsLostBefore(parts)))
    await removeClient(context, { clientId });
}

const withoutOrganization: ReadOrganizations = () => Promise.resolve([undefined]);

/** Until they are deleted, the app is refused for this user. */
async function deleteWithdrawnConsents(parts: ChoreParts): Promise<void> {
  const { management, withdrawals, consentsOf, organizationsOf } = parts.context;
  for (const { tenantId, userId, clientId } of await withdrawals.olderThan(seemsLostBefore(parts))) {
    const organizations =
      tenantId === undefined ? withoutOrganization : organizationsOf(management, tenantId, userId);
    const consents = consentsOf(management, userId, organizations);
    await deleteConsent({ consents, withdrawals }, tenantId, { clientId });
  }
}

async function removeDeadApps({ redis, context, deadApps: settings, log }: ChoreParts): Promise<void> {
  // After a restore the last uses are outdated.
  if (await readRestore(redis)) return;
  const { apps, management } = context;
  const hasConsent = async (client_id: string) =>
    (await management.listGrants({ client_id })).some((grant) => grant.clientID === client_id);
  const removed = await reviewApps({ redis, apps, hasConsent, settings }, redisNow());
  for (const client_id of removed) log.info({ client_id }, 'dead app removed');
}

async function compare({ redis, context, graceMs, log }: ChoreParts): Promise<void> {
  const { apps, management, audience } = context;
  const settings = context.settingsBy(management);
  for (const drift of await reconcile({
    redis,
    apps,
    management,
    settings,
    audience,
    graceMs,
    dryRun: false,
  }))
    log.warn(drift, 'registry and authority differ');
}
