/** Entry point of a worker process: wiring only. Adds the Management client and the budget to what it shares with the API. */
import { AuthorityEventStore } from '../src/authority-events/authority-event-store.ts';
import { OwnChanges } from '../src/authority-events/own-changes.ts';
import { createIssuer } from '../src/auth0/issuer.ts';
import { createManagement } from '../src/auth0/management.ts';
import { presentRefusal } from '../src/auth0/refusal.ts';
import { configOrExit, readWorkerConfig } from '../src/config.ts';
import { createChainKeys } from '../src/events/chain.ts';
import { UsageCounter } from '../src/events/usage.ts';
import { addCheck, addImportJobs, addMemberWork } from '../src/imports/slices.ts';
import { ImportStore } from '../src/imports/import-store.ts';
import { gatewayOrExit } from '../src/gateway/load-gateway.ts';
import { createLog } from '../src/log.ts';
import { closePrototypes } from '../src/prototypes.ts';
import { rateOf } from '../src/plans.ts';
import { logLastWords } from '../src/last-words.ts';
import { followRedisClock } from '../src/redis/clock.ts';
import { connectForWaiting } from '../src/redis/connections.ts';
import { watchFormat } from '../src/redis/format.ts';
import { createKeyWatch } from '../src/redis/key-watch.ts';
import { Outages } from '../src/redis/outage.ts';
import {
  openImportJobsQueue,
  openRelayQueue,
  openUpkeepQueue,
  openUserImportQueue,
  openWebhookQueue,
} from '../src/redis/queues.ts';
import { ApiScopesStore } from '../src/registry/api-scopes.ts';
import { createUserMarks } from '../src/registry/user-marks.ts';
import { readTenant } from '../src/registry/tenants.ts';
import { Budget } from '../src/relay/budget.ts';
import { createDeadLetters } from '../src/relay/dead-letters.ts';
import { createFairQueue } from '../src/relay/fair-queue/fair-queue.ts';
import { queueInternal } from '../src/relay/internal-job.ts';
import { JobStore } from '../src/relay/job-store.ts';
import { A_DAY_MS } from '../src/relay/relay-job.ts';
import type { Lane } from '../src/relay/lanes.ts';
import { isQueueProcessed } from '../src/relay/drain.ts';
import { createKeyedHash } from '../src/secrets/keyed-hash.ts';
import { createSeal } from '../src/secrets/seal.ts';
import { createHostPace } from '../src/webhooks/host-pace.ts';
import { AuthorityEventWorker } from './authority-events/authority-event-worker.ts';
import { noteOwnChanges } from './authority-events/note-own-changes.ts';
import { startEventWorker } from './event-worker.ts';
import { startHealth } from './health.ts';
import { startHeartbeat } from './heartbeat.ts';
import { budgetedFetch } from './budgeted-fetch.ts';
import { managementTokenOf } from './management-token-of.ts';
import type { CallRules } from './call-rules.ts';
import { startApiScopesReader } from './api-scopes-reader.ts';
import { checkAccount } from './check-account.ts';
import { createMakerCheck } from './check-maker.ts';
import { ImportJobsWorker } from './imports/import-jobs-worker.ts';
import { ImportWorker } from './imports/import-worker.ts';
import { RelayWorker } from './relay-worker.ts';
import { SlotScheduler } from './slot-scheduler.ts';
import { followServices } from './follow-services.ts';
import { recheckKeysWith } from './reconcile/recheck-keys.ts';
import { createPerformerContexts } from './relay/performer-contexts.ts';
import { advanceEpoch } from './restore/epoch.ts';
import { settleParts } from './restore/parts.ts';
import { settleFirst } from './restore/settle-first.ts';
import { startUpkeepWorker } from './upkeep-worker.ts';
import { WebhookWorker } from './webhook-worker.ts';

/** Only checks whether the keys can be fetched. */
const KEY_SET_MS = 600_000;

closePrototypes();
const config = configOrExit(readWorkerConfig);
const gateway = gatewayOrExit(config.SERVICES);
const { contract } = gateway;
const log = createLog(config.LOG_LEVEL, contract.sensitive);
logLastWords(log);
const { roles, gateway: currentGateway } = followServices(config.SERVICES, gateway, log);
const redis = connectForWaiting(config);
const outages = new Outages({ redis, log });
// The parent process may die while this waits.
const orphaned = () => process.exit(1);
process.once('disconnect', orphaned);
await outages.untilFirst();
process.off('disconnect', orphaned);
const stopClock = await followRedisClock(redis, log);

const authorityUrl = config.AUTHORITY_URL;
const token = managementTokenOf(config);
const usage = new UsageCounter(redis, (err) => log.error({ err }, 'usage lost'));
const budget = new Budget(redis, config.AUTH0_PLAN);
const apiScopes = new ApiScopesStore(redis, config.AUDIENCE, (gained) => recheckKeysWith(redis, gained));
const managementBy = createManagement({
  authorityUrl,
  token,
  apiScopes,
  customDomain: config.AUTH0_CUSTOM_DOMAIN,
  onHiddenScopes: ({ refusal }) =>
    log.warn(
      { authority: refusal && presentRefusal(refusal) },
      'scopes of grants are not compared with those of the API: the workers may not read it',
    ),
});
const ownChanges = new OwnChanges(redis);
const sendFor = (lane: Lane, rules: Partial<CallRules> = {}) => {
  const timeoutMs = config.AUTHORITY_TIMEOUT_SECONDS * 1000;
  return budgetedFetch({
    budget,
    lane,
    timeoutMs,
    ...rules,
    beforeCall: async (call) => {
      await rules.beforeCall?.(call);
      if (rules.account) usage.relayCall(rules.account);
    },
  });
};
const managementFor = (lane: Lane, rules?: Partial<CallRules>) =>
  noteOwnChanges(managementBy(sendFor(lane, rules)), ownChanges);

const lockMs = config.WORKER_LOCK_SECONDS * 1000;
let endTooOld = (): void => process.exit(1);
const formatWatch = await watchFormat(redis, log, () => endTooOld());
const keyWatch = await createKeyWatch(redis, config, log);
const seal = createSeal(config.ENCRYPTION_KEYS, keyWatch.met);
// What is queued is not run before a restored Redis was compared; a worker that runs while one begins stops, and starts anew.
const restored = settleParts(redis, config, managementFor('bulk'), log);
const restore = await settleFirst(restored, config.EPOCH_SECONDS > 0, () => {
  process.exitCode = 1;
  process.kill(process.pid, 'SIGTERM');
});
const queue = openUserImportQueue(redis);
const relayQueue = openRelayQueue(redis);
const upkeepQueue = openUpkeepQueue(redis);
const records = new JobStore(redis, seal);
const keyedHash = createKeyedHash(...config.HASH_KEY);
const contexts = createPerformerContexts({
  redis,
  seal,
  keyedHash,
  managementFor,
  audience: config.AUDIENCE,
  roles,
  plan: config.AUTH0_PLAN,
  offersOrganizations: config.TENANT_ORGANIZATIONS.includes('organization'),
  settingsPlace: { database: config.TENANT_SETTINGS_DATABASE, clientId: config.AUTH0_CLIENT_ID },
});
const fairQueue = createFairQueue(redis);
const checkMaker = createMakerCheck(redis, roles, config.APPROVED_APPS);
const relayWorker = new RelayWorker({
  connection: redis,
  queue: relayQueue,
  records,
  deadLetters: createDeadLetters(records),
  fairQueue,
  scheduler: new SlotScheduler({
    fairQueue,
    budget,
    plan: config.AUTH0_PLAN,
    places: config.RELAY_CONCURRENCY,
  }),
  readTenant: (id) => readTenant(redis, id),
  checkMaker,
  distrustUser: (id, tenantId) => createUserMarks(redis, tenantId).distrust(id),
  contexts,
  concurrency: config.RELAY_CONCURRENCY,
  lockMs,
  outages,
  log,
});
const apiScopesReader = await startApiScopesReader({
  store: apiScopes,
  readNow: () => managementFor('interactive').readApiScopes(config.AUDIENCE),
  gateway: currentGateway,
  missingEveryMs: config.UPKEEP_SECONDS * 1000,
  everyMs: config.COMPARE_SECONDS * 1000,
  log,
});
const importJobsQueue = openImportJobsQueue(redis);
const importParts = {
  connection: redis,
  store: new ImportStore(redis, seal, config.IMPORT_KEEP_HOURS * 3_600_000),
  usage,
  readTenant: (id: string) => readTenant(redis, id),
  checkMaker,
  managementFor: (importId: string, rules: Partial<CallRules> = {}) =>
    managementFor('bulk', { ...rules, line: importId }),
  usersOf: contexts.usersOf,
  hasMembers: async (tenantId: string) => (await readTenant(redis, tenantId))?.organization !== undefined,
  addMemberWork: (importId: string) => addMemberWork(importJobsQueue, importId),
  lockMs,
  outages,
  log,
};
const importJobsWorker = new ImportJobsWorker({
  ...importParts,
  queue: importJobsQueue,
  resume: (importId) => addCheck(queue, importId),
});
const importWorker = new ImportWorker({
  ...importParts,
  queue,
  perSecond: rateOf(config.AUTH0_PLAN, 'users_write'),
  concurrency: config.IMPORT_CONCURRENCY,
  addImportJobs: (importId) => addImportJobs(importJobsQueue, importId),
});
const upkeepWorker = await startUpkeepWorker({
  redis,
  queue: upkeepQueue,
  context: contexts.whole('bulk'),
  deadApps: { deadMs: config.DEAD_APP_DAYS * A_DAY_MS, idleMs: config.IDLE_CONSENT_DAYS * A_DAY_MS },
  hasEnded: async (jobId) => {
    const job = await records.read(jobId);
    return !job || (job.status !== 'queued' && job.status !== 'running');
  },
  finishChangeOver: (input) =>
    queueInternal(
      { records, queue: relayQueue },
      { operationId: 'finishTenantChangeOver', input, caller: 'tenants' },
    ),
  upkeepMs: config.UPKEEP_SECONDS * 1000,
  reconcileMs: config.RECONCILE_SECONDS * 1000,
  compareMs: config.COMPARE_SECONDS * 1000,
  graceMs: config.STRAY_GRACE_SECONDS * 1000,
  epochMs: config.EPOCH_SECONDS * 1000,
  advanceEpoch: () => advanceEpoch(restored),
  accountCheckMs: config.ACCOUNT_CHECK_SECONDS * 1000,
  checkAccount: () =>
    checkAccount({
      redis,
      token,
      send: sendFor('bulk'),
      url: authorityUrl,
      audience: config.AUDIENCE,
      workers: config.AUTH0_CLIENT_ID,
      customDomain: config.AUTH0_CUSTOM_DOMAIN,
      scopes: currentGateway().contract.scopeTexts,
      log,
    }),
  outages,
  log,
});
const eventWorker = startEventWorker({
  redis,
  chain: createChainKeys(config.ENCRYPTION_KEYS),
  keepMs: config.AUDIT_KEEP_DAYS * 86_400_000,
  maxBytes: config.AUDIT_MAX_BYTES,
  log,
});
/** Ends waits for the budget, which may be long. */
const stopReading = new AbortController();
const authorityEventWorker = new AuthorityEventWorker({
  redis,
  store: new AuthorityEventStore(redis),
  ownChanges,
  readTenant: (id) => readTenant(redis, id),
  context: contexts.whole('bulk', {
    line: 'authority-events',
    whileWaiting: () => stopReading.signal,
  }),
  stopped: stopReading.signal,
  clientId: config.AUTH0_CLIENT_ID,
  pollMs: config.AUTH0_LOG_POLL_SECONDS * 1000,
  log,
});
const webhookQueue = openWebhookQueue(redis);
const webhookWorker = new WebhookWorker({
  redis,
  queue: webhookQueue,
  seal,
  lockMs,
  outages,
  log,
  pace: createHostPace(redis, keyedHash, config.WEBHOOK_REQUESTS_PER_SECOND_PER_HOST),
  rules: {
    retryMs: config.WEBHOOK_RETRY_SECONDS.map((seconds) => seconds * 1000),
    timeoutMs: config.WEBHOOK_TIMEOUT_SECONDS * 1000,
    disableAfterMs: config.WEBHOOK_DISABLE_AFTER_HOURS * 3_600_000,
    allowsLoopback: config.WEBHOOKS_TO_LOOPBACK,
  },
});
let stopping = false;
const issuer = createIssuer(authorityUrl, { refreshMs: KEY_SET_MS, cooldownMs: KEY_SET_MS });
const health =
  config.WORKER_HEALTH_PORT === undefined
    ? undefined
    : await startHealth(config.WORKER_HEALTH_PORT, {
        redis: () => outages.takesWrites(),
        authority: () => issuer.reachable(),
        queue: () => isQueueProcessed(relayQueue, redis),
        keys: () => keyWatch.lacks(),
        isTooOld: () => formatWatch.isTooOld(),
        isUnconfirmed: () => restore.isUnconfirmed(),
        isStopping: () => stopping,
      });
await relayWorker.waitUntilReady();
const stopHeartbeat = await startHeartbeat(redis);
log.info('worker is ready');
process.send?.({ type: 'ready' });

/** Shorter than the time after which process managers kill us. */
const STOP_MS = 15_000;

/** Finishes running jobs; others return to the queue when their locks expire. */
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  stopHeartbeat();
  apiScopesReader.close();
  stopReading.abort();
  // Without Redis, running jobs cannot end.
  const forced = setTimeout(() => process.exit(1), STOP_MS).unref();
  await Promise.all([
    relayWorker.close(),
    importWorker.close(),
    importJobsWorker.close(),
    upkeepWorker.close(),
    webhookWorker.close(),
    authorityEventWorker.close(),
  ]);
  await webhookQueue.close();
  // Last, so that events of the others need not wait for another worker.
  await Promise.all([eventWorker.close(), usage.close()]);
  await Promise.all([queue.close(), importJobsQueue.close(), relayQueue.close(), upkeepQueue.close()]);
  issuer.close();
  keyWatch.close();
  formatWatch.close();
  restore.close();
  stopClock();
  health?.close();
  outages.close();
  redis.disconnect();
  clearTimeout(forced);
  if (process.connected) process.disconnect();
}
endTooOld = () => void stop();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
// The parent process has died without stopping us.
process.on('disconnect', () => void stop());
