/** Brings loose ends of API keys to their end, every so often, by one worker of all: BullMQ's job schedulers see to that. */
import { Worker } from 'bullmq';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../src/log.ts';
import { QUEUE_PREFIX } from '../src/redis/keys.ts';
import { queueNames } from '../src/redis/queues.ts';
import { listEndedApiKeys, readApiKey, removeApiKey } from '../src/registry/api-keys.ts';
import { leavingClients, unfinishedKeys } from '../src/registry/loose-ends.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { writeChangedTenants } from './reconcile/write-tenant-metadata.ts';
import { deleteKeyClient } from './relay/deleteApiKey.ts';
import { finishTenantDeletions } from './relay/finish-tenant-deletions.ts';
import { findMarkedClients } from './relay/find-marked-clients.ts';
import type { Bench } from './relay/performer.ts';
import { sweepMakings } from './relay/sweep-makings.ts';

interface Parts {
  redis: Redis;
  queue: Queue;
  bench: Bench;
  /** Whether a relay job is over, or not known any more. */
  hasEnded: (jobId: string) => Promise<boolean>;
  upkeepMs: number;
  reconcileMs: number;
  compareMs: number;
  /** How long a client that only one side knows is left in peace. */
  graceMs: number;
  log: Log;
}

/** A relay job deletes the client as a rule; after so long it seems to be lost. */
const LEAVING_MS = 30_000;

export async function startUpkeepWorker(parts: Parts): Promise<Worker> {
  const { redis, queue, bench, hasEnded, upkeepMs, reconcileMs, compareMs, graceMs, log } = parts;
  const { management } = bench;
  const leaving = leavingClients(redis);
  const unfinished = unfinishedKeys(redis);
  // Begun half a period ago or before, looked at every half a period: nothing is left lying for longer than one.
  const halfPeriodMs = Math.ceil(reconcileMs / 2);

  const chores: Record<string, () => Promise<void>> = {
    /** Keys that expired, and old ones whose overlap is over. They have been refused since. */
    async 'end-api-keys'() {
      for (const clientId of await listEndedApiKeys(redis, Date.now())) {
        if (await removeApiKey(redis, clientId)) log.info({ client_id: clientId }, 'API key ended');
      }
    },
    async 'delete-leaving-clients'() {
      for (const clientId of await leaving.olderThan(Date.now() - Math.min(LEAVING_MS, upkeepMs))) {
        await deleteKeyClient(management, clientId);
        await leaving.remove(clientId);
      }
    },
    /** Clients of keys whose making was never finished. Only those: a registry that was lost must not take all keys with it. */
    async 'remove-orphans'() {
      const ids = new Set(await unfinished.olderThan(Date.now() - halfPeriodMs));
      if (ids.size === 0) return;
      const orphans = await findMarkedClients(
        (page, perPage) => management.listMachineClients(page, perPage),
        ({ key_id }) => typeof key_id === 'string' && ids.has(key_id),
      );
      for (const { client_id } of orphans) {
        if (await readApiKey(redis, client_id)) continue;
        await deleteKeyClient(management, client_id);
        log.info({ client_id }, 'orphaned client deleted');
      }
      for (const id of ids) await unfinished.remove(id);
    },
    /** What makings of tenants left behind. */
    'sweep-tenant-makings': () => sweepMakings(bench, hasEnded, Date.now() - halfPeriodMs),
    /** Deletions whose job gave up, or was never queued. */
    'finish-tenant-deletions': () => finishTenantDeletions(bench, redis, Date.now() - halfPeriodMs),
    'write-changed-tenants': () => writeChangedTenants(redis, management),
    async reconcile() {
      const { audience } = bench;
      for (const drift of await reconcile({ redis, management, audience, graceMs, dryRun: false }))
        log.warn(drift, 'registry and authority differ');
    },
  };

  const everyMs = {
    'end-api-keys': upkeepMs,
    'delete-leaving-clients': upkeepMs,
    'remove-orphans': halfPeriodMs,
    'sweep-tenant-makings': halfPeriodMs,
    'finish-tenant-deletions': halfPeriodMs,
    'write-changed-tenants': upkeepMs,
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
  worker.on('error', (err) => log.error({ err }, 'upkeep worker'));
  worker.on('failed', (job, err) =>
    log.warn({ err, chore: job?.name }, 'upkeep failed; it comes round again'),
  );
  return worker;
}
