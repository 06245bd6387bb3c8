/** A worker process: wiring only. Adds the Management client and the budget to what it shares with the API. */
import { createIssuer } from '../src/auth0/issuer.ts';
import { createManagement, createManagementToken } from '../src/auth0/management.ts';
import { createTokenEndpoint } from '../src/auth0/token-endpoint.ts';
import { configOrExit, readWorkerConfig } from '../src/config.ts';
import { loadContract } from '../src/contract/load-contract.ts';
import { createRowStore } from '../src/imports/row-store.ts';
import { createLog } from '../src/log.ts';
import { bucketOf } from '../src/plans.ts';
import { connectForWaiting, untilReady } from '../src/redis/connections.ts';
import { openRelayQueue, openUpkeepQueue, openUserImportQueue } from '../src/redis/queues.ts';
import { saveClient } from '../src/registry/save-client.ts';
import { changeApiKeys, readApiKey, removeApiKey } from '../src/registry/api-keys.ts';
import { leavingClients, unfinishedKeys } from '../src/registry/loose-ends.ts';
import { createBudget } from '../src/relay/budget.ts';
import { createDeadLetters } from '../src/relay/dead-letters.ts';
import { createJobRecords } from '../src/relay/job-records.ts';
import type { Lane } from '../src/relay/lanes.ts';
import { queueDrains } from '../src/relay/drain.ts';
import { createKeyedHash } from '../src/secrets/keyed-hash.ts';
import { createSeal } from '../src/secrets/seal.ts';
import { startHealth } from './health.ts';
import { budgetedFetch } from './budgeted-fetch.ts';
import { startImportWorker } from './imports/import-worker.ts';
import { startRelayWorker } from './relay-worker.ts';
import { startUpkeepWorker } from './upkeep-worker.ts';

/** Only whether the keys can be had is asked for here. */
const KEY_SET_MS = 600_000;

const config = configOrExit(readWorkerConfig);
const log = createLog(config.LOG_LEVEL, loadContract().sensitive);
const redis = connectForWaiting(config.REDIS_URL);
redis.on('error', (err) => log.warn({ err }, 'redis'));
await untilReady(redis);

const authorityUrl = config.AUTHORITY_URL;
const token = createManagementToken({
  authorityUrl,
  clientId: config.AUTH0_CLIENT_ID,
  clientSecret: config.AUTH0_CLIENT_SECRET,
  tokens: createTokenEndpoint(authorityUrl),
});
const budget = createBudget(redis, config.AUTH0_PLAN);
const managementFor = (lane: Lane, beforeCall?: (call: { isWrite: boolean }) => Promise<void>) => {
  const timeoutMs = config.AUTHORITY_TIMEOUT_SECONDS * 1000;
  const send = budgetedFetch({ budget, lane, timeoutMs, ...(beforeCall ? { beforeCall } : {}) });
  return createManagement({ authorityUrl, send }, token);
};

const seal = createSeal(config.ENCRYPTION_KEYS);
const queue = openUserImportQueue(redis);
const relayQueue = openRelayQueue(redis);
const upkeepQueue = openUpkeepQueue(redis);
const records = createJobRecords(redis, seal);
const keyedHash = createKeyedHash(config.HASH_KEY);
const relayWorker = startRelayWorker({
  connection: redis,
  queue: relayQueue,
  records,
  deadLetters: createDeadLetters(redis, records),
  benchFor: (beforeCall) => ({
    management: managementFor('interactive', beforeCall),
    audience: config.AUDIENCE,
    saveClient: (client) => saveClient(redis, client),
    readKey: (clientId) => readApiKey(redis, clientId),
    changeKeys: (tenantId, changes) => changeApiKeys(redis, tenantId, changes),
    removeKey: (clientId) => removeApiKey(redis, clientId),
    unfinishedKeys: unfinishedKeys(redis),
    leaving: leavingClients(redis),
    keyedHash,
  }),
  concurrency: config.RELAY_CONCURRENCY,
  log,
});
const importWorker = startImportWorker({
  connection: redis,
  queue,
  store: createRowStore(redis, seal, config.IMPORT_KEEP_HOURS * 3_600_000),
  managementFor: (beforeCall) => managementFor('bulk', beforeCall),
  perSecond: bucketOf(config.AUTH0_PLAN, 'users_write').bucket.perSecond,
  concurrency: config.IMPORT_CONCURRENCY,
  addImportJobs: () => Promise.resolve(),
  log,
});
const upkeepWorker = await startUpkeepWorker({
  redis,
  queue: upkeepQueue,
  management: managementFor('bulk'),
  upkeepMs: config.UPKEEP_SECONDS * 1000,
  reconcileMs: config.RECONCILE_SECONDS * 1000,
  log,
});
const issuer = createIssuer(authorityUrl, KEY_SET_MS);
const health =
  config.WORKER_HEALTH_PORT === undefined
    ? undefined
    : await startHealth(config.WORKER_HEALTH_PORT, {
        redis: async () => (await redis.ping()) === 'PONG',
        authority: () => issuer.reachable(),
        queue: () => queueDrains(relayQueue),
      });
await relayWorker.waitUntilReady();
log.info('worker is ready');
process.send?.({ type: 'ready' });

/** Less than what whoever started us waits before it kills us. */
const STOP_MS = 15_000;

let stopping = false;
/** Finishes what is under way; jobs that are not come back to the queue when their locks run out. */
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  // Without Redis nothing that is under way can end.
  const forced = setTimeout(() => process.exit(1), STOP_MS).unref();
  await Promise.all([relayWorker.close(), importWorker.close(), upkeepWorker.close()]);
  await Promise.all([queue.close(), relayQueue.close(), upkeepQueue.close()]);
  issuer.close();
  health?.close();
  redis.disconnect();
  clearTimeout(forced);
  if (process.connected) process.disconnect();
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
// Whoever started this process as a child has died without stopping it.
process.on('disconnect', () => void stop());
