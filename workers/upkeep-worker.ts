/** Brings loose ends of API keys and apps to their end, every so often, by one worker of all: BullMQ's job schedulers see to that. */
import { Worker, type Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../src/log.ts';
import type { DeathSettings } from '../src/registration/dead-apps.ts';
import { redisNow } from '../src/redis/clock.ts';
import { QUEUE_PREFIX } from '../src/redis/keys.ts';
import type { Outages } from '../src/redis/outage.ts';
import { queueNames } from '../src/redis/queues.ts';
import { listEndedApiKeys, readApiKey } from '../src/registry/api-keys.ts';
import { systemEvent } from '../src/events/event.ts';
import type { ApiKeyClient } from '../src/registry/clients.ts';
import { clientsToDelete, unfinishedKeys } from '../src/registry/pending-cleanups.ts';
import { removeApiKey, unlinked } from '../src/registry/remove-api-key.ts';
import { deleteClientAndGrants } from './relay/remove-client.ts';
import { finishTenantDeletions } from './relay/finish-tenant-deletions.ts';
import { findMarkedClients } from './relay/find-marked-clients.ts';
import type { ManagementContext } from './relay/performer.ts';
import { cleanUpFailedProvisioning } from './relay/clean-up-failed-provisioning.ts';
import { deleteConsent } from './relay/withdrawConsent.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { writeChangedApps } from './reconcile/write-app-metadata.ts';
import { writeChangedTenants } from './reconcile/write-tenant-metadata.ts';
import { restInOutages } from './watched-worker.ts';
import { reviewApps } from './review-apps.ts';

interface Parts {
  redis: Redis;
  queue: Queue;
  context: ManagementContext;
  deadApps: DeathSettings;
  /** Whether a relay job is over, or not known any more. */
  hasEnded: (jobId: string) => Promise<boolean>;
  upkeepMs: number;
  reconcileMs: number;
  compareMs: number;
  /** How long a client that only one side knows is left in peace. */
  graceMs: number;
  outages: Outages;
  log: Log;
}

/** A relay job deletes the client as a rule; after so long it seems to be lost. */
const LEAVING_MS = 30_000;

export async function startUpkeepWorker(parts: Parts): Promise<Worker> {
  const {
    redis,
    queue,
    context,
    deadApps,
    hasEnded,
    upkeepMs,
    reconcileMs,
    compareMs,
    graceMs,
    outages,
    log,
  } = parts;
  const { management, apps, registrations, withdrawals } = context;
  const leaving = clientsToDelete(redis);
  const unfinished = unfinishedKeys(redis);
  // Begun half a period ago or before, looked at every half a period: nothing is left lying for longer than one.
  const halfPeriodMs = Math.ceil(reconcileMs / 2);

  const chores: Record<string, () => Promise<void>> = {
    /** Keys that expired, and old ones whose overlap is over. They have been refused since. */
    async 'end-api-keys'() {
      for (const clientId of await listEndedApiKeys(redis, redisNow())) {
        const tell = ({ tenant_id }: ApiKeyClient) => systemEvent('api_key.expired', tenant_id, clientId);
        // A successor that ends first does not bring the key back that it replaces.
        const leave = (partner: ApiKeyClient) => Promise.resolve({ as: unlinked(partner) });
        if (await removeApiKey(redis, clientId, { tell, leave }))
          log.info({ client_id: clientId }, 'API key ended');
      }
    },
    async 'delete-leaving-clients'() {
      for (const clientId of await leaving.olderThan(redisNow() - Math.min(LEAVING_MS, upkeepMs))) {
        await deleteClientAndGrants(management, clientId);
        await leaving.remove(clientId);
      }
    },
    /** Clients of keys whose making was never finished. Only those: a registry that was lost must not take all keys with it. */
    async 'remove-orphans'() {
      const ids = new Set(await unfinished.olderThan(redisNow() - halfPeriodMs));
      if (ids.size === 0) return;
      const orphans = await findMarkedClients(
        (page, perPage) => management.listMachineClients(page, perPage),
        ({ key_id }) => typeof key_id === 'string' && ids.has(key_id),
      );
      for (const { client_id } of orphans) {
        if (await readApiKey(redis, client_id)) continue;
        await deleteClientAndGrants(management, client_id);
        log.info({ client_id }, 'orphaned client deleted');
      }
      for (const id of ids) await unfinished.remove(id);
    },
    /** Consents that a relay job should have deleted; until then the app is refused whatever it brings. */
    async 'delete-withdrawn-consents'() {
      const late = await withdrawals.olderThan(redisNow() - Math.min(LEAVING_MS, upkeepMs));
      for (const { userId, ...withdrawn } of late)
        await deleteConsent({ consents: context.consentsOf(management, userId), withdrawals }, withdrawn);
    },
    async 'remove-dead-apps'() {
      const hasConsent = async (client_id: string) =>
        (await management.listGrants({ client_id })).some((grant) => grant.clientID === client_id);
      const removed = await reviewApps({ redis, apps, hasConsent, settings: deadApps }, redisNow());
      for (const client_id of removed) log.info({ client_id }, 'dead app removed');
    },
    /** Apps whose registration nobody was told of: whoever asked for it has gone, or its process has. */
    async 'undo-registrations'() {
      await registrations.undoLate(redisNow() - halfPeriodMs, async (ids) => {
        const orphans = await findMarkedClients(
          (page, perPage) => management.listThirdPartyClients(page, perPage),
          ({ registration_id }) => typeof registration_id === 'string' && ids.has(registration_id),
        );
        for (const { client_id } of orphans) {
          await deleteClientAndGrants(management, client_id);
          log.info({ client_id }, 'client of an unfinished registration deleted');
        }
      });
    },
    /** What makings of tenants left behind. */
    'sweep-tenant-makings': () => cleanUpFailedProvisioning(context, hasEnded, redisNow() - halfPeriodMs),
    /** Deletions whose job gave up, or was never queued. */
    'finish-tenant-deletions': () => finishTenantDeletions(context, redis, redisNow() - halfPeriodMs),
    'write-changed-tenants': () => writeChangedTenants(redis, management),
    'write-changed-apps': () => writeChangedApps(apps, management),
    async reconcile() {
      const { audience } = context;
      for (const drift of await reconcile({ redis, apps, management, audience, graceMs, dryRun: false }))
        log.warn(drift, 'registry and authority differ');
    },
  };

  const everyMs = {
    'end-api-keys': upkeepMs,
    'delete-leaving-clients': upkeepMs,
    'delete-withdrawn-consents': upkeepMs,
    'remove-dead-apps': upkeepMs,
    'remove-orphans': halfPeriodMs,
    'undo-registrations': halfPeriodMs,
    'sweep-tenant-makings': halfPeriodMs,
    'finish-tenant-deletions': halfPeriodMs,
    'write-changed-tenants': upkeepMs,
    'write-changed-apps': upkeepMs,
    reconcile: compareMs,
  };
  const schedule = async () => {
    for (const [name, every] of Object.entries(everyMs))
      await queue.upsertJobScheduler(name, { every }, { name });
  };
  await schedule();
  // A Redis that was emptied has lost them too; then they run at once, and the registry comes back.
  const timer = setInterval(() => void scheduleAnew().catch(() => undefined), upkeepMs).unref();
  async function scheduleAnew(): Promise<void> {
    if ((await queue.getJobSchedulersCount()) === 0) await schedule();
  }
  const worker = new Worker(queueNames.upkeep, (job) => chores[job.name]?.() ?? Promise.resolve(), {
    connection: redis,
    prefix: QUEUE_PREFIX,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 10 },
  });
  worker.on('closing', () => clearInterval(timer));
  restInOutages(worker, outages);
  worker.on('error', (err) => {
    if (!outages.noteOfConnection(err)) log.error({ err }, 'upkeep worker');
  });
  worker.on('failed', (job, err) =>
    log.warn({ err, chore: job?.name }, 'upkeep failed; it comes round again'),
  );
  return worker;
}
