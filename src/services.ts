/** The services of handlers. Built once per API process; contains no Management API client. */
import type { Redis } from 'ioredis';
import { createAuthorityClock } from './auth0/authority-clock.ts';
import { createIssuer, type Issuer } from './auth0/issuer.ts';
import { createTokenEndpoint } from './auth0/token-endpoint.ts';
import { ApiKeyAdministration } from './api-keys/api-key-administration.ts';
import { ApiKeys } from './authentication/api-key/api-keys.ts';
import { createFailedAttemptLimiter } from './authentication/api-key/failed-attempt-limiter.ts';
import { createKeyValidationCache } from './authentication/api-key/key-validation-cache.ts';
import { Authenticator } from './authentication/authenticator.ts';
import { limitsOf } from './authorization/tenant-settings.ts';
import {
  createRegistrationCredentials,
  type RegistrationCredentials,
} from './authentication/registration-credentials.ts';
import { createRegistrationRate, type RegistrationRate } from './authentication/registration-rate.ts';
import { createBearerTokens } from './authentication/bearer-token.ts';
import { createDpopProofs } from './authentication/dpop.ts';
import { EventStreamCredential } from './authentication/event-stream-credential.ts';
import { ServiceCredentials } from './authentication/service-credentials.ts';
import { createSeenOnce } from './authentication/seen-once.ts';
import { AuthorityEvents } from './authority-events/authority-events.ts';
import { readAuthorityEventState } from './authority-events/authority-event-state.ts';
import { AuthorityEventStore } from './authority-events/authority-event-store.ts';
import type { ApiConfig } from './config.ts';
import { brandOf, type Brand } from './settings/brand.ts';
import type { Contract } from './contract/load-contract.ts';
import { createValidators, schemaOf, type Validators } from './contract/validators.ts';
import { createAuditLogs, type AuditLogs } from './events/audit-logs.ts';
import { createEventRecorder, type EventRecorder } from './events/event-recorder.ts';
import { readUsage, type UsageQuery, type UsageReport } from './events/read-usage.ts';
import { UsageCounter } from './events/usage.ts';
import { ServiceEvents } from './events/service-events.ts';
import type { Gateway } from './gateway/load-gateway.ts';
import { KeyedRequestStore } from './gateway/keyed/keyed-request-store.ts';
import { KeyedRequests } from './gateway/keyed/keyed-requests.ts';
import { openSigningKeys, type SigningKeys } from './gateway/signing-keys.ts';
import { createMissingScopesReport } from './gateway/report-missing-scopes.ts';
import { Upstreams } from './gateway/upstreams.ts';
import { AdoptionStore } from './adoptions/adoption-store.ts';
import { Imports } from './imports/imports.ts';
import { createAnonymousLimits, type AnonymousLimits } from './limits/anonymous-limits.ts';
import { RequestLimits } from './limits/request-limits.ts';
import { createServiceLimits, type ServiceLimits } from './limits/service-limits.ts';
import { Ingest } from './imports/ingest/ingest.ts';
import { readPace } from './imports/import-jobs/import-jobs-store.ts';
import { allowanceOf, createEstimates, type Estimates } from './imports/progress/estimates.ts';
import { Progress } from './imports/progress/progress.ts';
import { ImportStore } from './imports/import-store.ts';
import { createUploadPlaces } from './imports/upload-places.ts';
import { Uploads } from './imports/uploads.ts';
import { createRequestLog, type Log, type RequestLog } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { ReadinessChecks } from './readiness.ts';
import { clockOffsetMs, followRedisClock } from './redis/clock.ts';
import { connectForCommands, connectForWaiting } from './redis/connections.ts';
import { redisSettingsOf } from './settings/redis.ts';
import { DAY_MS } from './redis/key-definition.ts';
import { watchFormat } from './redis/format.ts';
import { createKeyWatch } from './redis/key-watch.ts';
import { Outages } from './redis/outage.ts';
import {
  openImportJobsQueue,
  openRelayQueue,
  openUserImportQueue,
  openWebhookQueue,
} from './redis/queues.ts';
import { findRedisTrouble } from './redis/trouble.ts';
import { Shutdown } from './shutdown.ts';
import { watchRestore, type RestoreWatch } from './restore/restore-watch.ts';
import { rejectUnansweredWrites } from './redis/unanswered.ts';
import { AppAdministration } from './registration/app-administration.ts';
import { AppChanges } from './registration/app-changes.ts';
import { Registrar } from './registration/registrar.ts';
import { RegistrationSaga } from './registration/registration-saga.ts';
import { createSoftwareStatements } from './registration/software-statement.ts';
import { differencesByPart, readAccountCheck } from './registry/account-check.ts';
import { ApiScopesStore } from './registry/api-scopes.ts';
import { createAppUseCounter } from './registry/app-use.ts';
import { Apps } from './registry/apps.ts';
import { InitialAccessTokens } from './registry/initial-access-tokens.ts';
import { createRegistrations } from './registry/registrations.ts';
import { createWithdrawals, type Withdrawals } from './registry/withdrawals.ts';
import { createUseCounter } from './registry/api-key-use.ts';
import { createExchanges, type ExchangeBill } from './registry/exchanges.ts';
import { followApiScopes, type KnownApiScopes } from './registry/known-api-scopes.ts';
import { Registry } from './registry/registry.ts';
import { readDeploymentState, type DeploymentState } from './diagnosis/deployment-state.ts';
import { diagnose, type Diagnosis } from './diagnosis/diagnosis.ts';
import { RefusalLog } from './diagnosis/refusal-log.ts';
import { RepeatedReading } from './diagnosis/repeated-reading.ts';
import { createDocumentStore } from './registration/metadata-document/document-store.ts';
import {
  createMetadataDocuments,
  type MetadataDocuments,
} from './registration/metadata-document/metadata-documents.ts';
import { readBudget, type BucketState } from './relay/budget.ts';
import { createDeadLetters, type DeadLetters } from './relay/dead-letters.ts';
import { isQueueProcessed } from './relay/drain.ts';
import { createFairQueue } from './relay/fair-queue/fair-queue.ts';
import { tooManyPending } from './relay/fair-queue/too-many-pending.ts';
import { JobStore } from './relay/job-store.ts';
import { createJobSteps, type JobSteps } from './relay/job-steps.ts';
import { createRelay, type Relay } from './relay/relay.ts';
import { createKeyedHash, type KeyedHash } from './secrets/keyed-hash.ts';
import { createSeal, type Seal } from './secrets/seal.ts';
import { createDeletionConfirmation, type DeletionConfirmation } from './tenants/deletion-confirmation.ts';
import { createTenantDirectory, type TenantDirectory } from './tenants/tenant-directory.ts';
import { createTenantAdministration, type TenantAdministration } from './tenants/tenant-administration.ts';
import { createOutboxLimit, type OutboxLimit } from './events/outbox-limit.ts';
import { Webhooks } from './webhooks/administration.ts';
import { createVerificationRate, type VerificationRate } from './webhooks/verification-rate.ts';

export interface Services {
  config: ApiConfig;
  /** How people see the deployment. */
  brand: Brand;
  /** Public base URL of the API, without a trailing slash. */
  publicUrl: string;
  contract: Contract;
  /** Services behind the gateway, and how their operations are forwarded. */
  gateway: Gateway;
  /** What sends requests to services. */
  upstreams: Upstreams;
  validators: Validators;
  log: Log;
  requestLog: RequestLog;
  /** Of the process. */
  shutdown: Shutdown;
  metrics: Metrics;
  registry: Registry;
  /** Scopes that the API has at the authority. */
  apiScopes: KnownApiScopes;
  apiKeys: ApiKeyAdministration;
  authenticator: Authenticator;
  registrationCredentials: RegistrationCredentials;
  serviceCredentials: ServiceCredentials;
  eventStreamCredential: EventStreamCredential;
  registrationRate: RegistrationRate;
  registrar: Registrar;
  registrations: RegistrationSaga;
  apps: Apps;
  appAdministration: AppAdministration;
  appChanges: AppChanges;
  initialAccessTokens: InitialAccessTokens;
  withdrawals: Withdrawals;
  keyedHash: KeyedHash;
  tenants: TenantAdministration;
  tenantDirectory: TenantDirectory;
  deletionConfirmation: DeletionConfirmation;
  relay: Relay;
  /** Progress of relay jobs that have steps. */
  jobSteps: JobSteps;
  deadLetters: DeadLetters;
  /** State of each bucket of the budget. */
  readBudget(): Promise<BucketState[]>;
  /** What an operator on call looks at, live. */
  deployment: RepeatedReading<DeploymentState>;
  /** The last refusals and failures of all processes. */
  refusals: RefusalLog;
  /** For the operator's doctor. */
  diagnose(): Promise<Diagnosis>;
  /** Client-credentials exchanges that API keys have used at the authority. */
  readExchanges(): Promise<ExchangeBill>;
  imports: Imports;
  /** Adoptions of users who existed before. */
  adoptions: AdoptionStore;
  /** Records events that were not written together with a change. */
  events: EventRecorder;
  /** Events that services behind the gateway record themselves. */
  serviceEvents: ServiceEvents;
  /** Events of the authority about what was changed there. */
  authorityEvents: AuthorityEvents;
  auditLogs: AuditLogs;
  requestLimits: RequestLimits;
  anonymousLimits: AnonymousLimits;
  serviceLimits: ServiceLimits;
  usage: UsageCounter;
  readUsage(tenantId: string, query: UsageQuery): Promise<UsageReport>;
  /** Keys of principal tokens. */
  signingKeys: SigningKeys;
  /** Requests to services with an idempotency key. */
  keyedRequests: KeyedRequests;
  seal: Seal;
  webhooks: Webhooks;
  webhookVerifications: VerificationRate;
  outboxLimit: OutboxLimit;
  /** undefined: client ID metadata documents are disabled. */
  documents: MetadataDocuments | undefined;
  /** Uploads of user imports. */
  uploads: Uploads;
  /** Progress of user imports. */
  progress: Progress;
  estimates: Estimates;
  issuer: Issuer;
  readiness: ReadinessChecks;
  /** Whether Redis was restored, and is not compared with the authority yet. */
  restore: RestoreWatch;
}

export interface OpenServices {
  /** All but the public URL, which is known once the server listens. */
  services: Omit<Services, 'publicUrl'>;
  /** Fails the readiness check: this process stops soon. */
  unready: () => void;
  close: () => Promise<void>;
}

/** Slightly more than an exchange may take. */
const TURN_MS = 7_000;

/** @param requestLog of the process, as is @param shutdown */
export async function openServices(
  config: ApiConfig,
  gateway: Gateway,
  log: Log,
  requestLog = createRequestLog(config.LOG_LEVEL),
  shutdown = new Shutdown(),
): Promise<OpenServices> {
  const { contract } = gateway;
  const base = await openBase(config, gateway, log);
  const { redis, subscriber, outages, queues, issuer, registry, keyWatch, formatWatch, usage, events } = base;
  const tenants = openTenants(base);
  const callers = await openCallers(base);
  const { relay, ...relayed } = await openRelay(base);
  const signingKeys = await openSigningKeys({
    redis,
    seal: base.seal,
    log,
    rotationMs: config.PRINCIPAL_KEY_DAYS * DAY_MS,
  });
  const keyedRequests = new KeyedRequests({
    store: new KeyedRequestStore(redis, config.IDEMPOTENCY_KEYS_PER_TENANT),
    keyedHash: base.keyedHash,
    seal: base.seal,
    log,
  });
  const upstreams = new Upstreams(new Set(Array.from(gateway.operations.values(), ({ service }) => service)));
  watchAll(base, relayed.deadLetters, upstreams);
  const { ingest, ...imports } = await openImports(base);
  const refusals = new RefusalLog(base.redis, (err) => log.warn({ err }, 'refusals lost'));
  const deployment = watchDeployment(base, relayed.deadLetters, shutdown);
  let isStopping = false;
  const services = {
    config,
    brand: brandOf(config),
    contract,
    gateway,
    upstreams,
    validators: base.validators,
    log,
    requestLog,
    shutdown,
    metrics: base.metrics,
    registry,
    apiScopes: base.apiScopes,
    apps: base.apps,
    initialAccessTokens: base.initialAccessTokens,
    keyedHash: base.keyedHash,
    signingKeys,
    keyedRequests,
    seal: base.seal,
    events,
    usage,
    issuer,
    ...tenants,
    ...callers.services,
    ...openRegistration(base),
    ...relayed,
    relay,
    apiKeys: new ApiKeyAdministration(redis, relay),
    ...imports,
    ...openWebhooks(base),
    serviceCredentials: new ServiceCredentials(gateway.secrets),
    eventStreamCredential: new EventStreamCredential(config.AUTH0_EVENTS_TOKEN_FILE ?? []),
    serviceEvents: new ServiceEvents(redis, base.keyedHash),
    deployment,
    refusals,
    diagnose: () =>
      diagnose({
        redis,
        authorityClock: base.authorityClock,
        readAuthorityEvents: () => readAuthorityEventState(redis, config.AUTH0_LOG_POLL_SECONDS * 1000),
      }),
    authorityEvents: new AuthorityEvents(redis),
    auditLogs: createAuditLogs(redis, base.seal),
    readUsage: (tenantId: string, query: UsageQuery) => readUsage(redis, tenantId, query),
    readiness: {
      redis: () => outages.takesWrites(),
      authority: () => issuer.reachable(),
      queue: () => isQueueProcessed(queues.relay, redis),
      keys: () => keyWatch.lacks(),
      isTooOld: () => formatWatch.isTooOld(),
      isUnconfirmed: () => base.restore.isUnconfirmed(),
      isStopping: () => isStopping,
    },
    restore: base.restore,
  };
  return {
    services,
    unready: () => (isStopping = true),
    close: async () => {
      base.stopClock();
      base.restore.close();
      relay.close();
      deployment.close();
      await ingest.close();
      registry.close();
      base.apiScopes.close();
      issuer.close();
      keyWatch.close();
      formatWatch.close();
      signingKeys.close();
      await upstreams.close();
      await keyedRequests.close();
      await Promise.all([
        refusals.close(),
        callers.close(),
        events.close(),
        tenants.requestLimits.close(),
        usage.close(),
      ]);
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
      outages.close();
      redis.disconnect();
      subscriber.disconnect();
    },
  };
}

/** Services that the others build upon. */
async function openBase(config: ApiConfig, gateway: Gateway, log: Log) {
  const { contract } = gateway;
  const redis = rejectUnansweredWrites(connectForCommands(config));
  const subscriber = connectForWaiting(config);
  const outages = new Outages({ redis, others: [subscriber], log });
  await outages.untilFirst();
  const stopClock = await followRedisClock(redis, log);
  const restore = await watchRestore(redis, log);
  const queues = {
    relay: openRelayQueue(redis),
    userImports: openUserImportQueue(redis),
    importJobs: openImportJobsQueue(redis),
    webhooks: openWebhookQueue(redis),
  };
  const formatWatch = await watchFormat(redis, log);
  const keyWatch = await createKeyWatch(redis, config, log);
  const seal = createSeal(config.ENCRYPTION_KEYS, keyWatch.met);
  const authorityClock = createAuthorityClock(config.CLOCK_TOLERANCE_SECONDS * 1000, log);
  const issuer = createIssuer(config.AUTHORITY_URL, {
    clock: authorityClock,
    refreshMs: config.KEY_SET_REFRESH_SECONDS * 1000,
    cooldownMs: config.KEY_SET_COOLDOWN_SECONDS * 1000,
  });
  const registry = await Registry.open(redis, subscriber);
  const apiScopes = await openApiScopes(redis, config.AUDIENCE, gateway, log);
  const metrics = createMetrics();
  const keyedHash = createKeyedHash(...config.HASH_KEY);
  const events = createEventRecorder(redis, (err, count) => {
    // Logged even during a Redis outage, where such lines are suppressed: each says what was lost.
    log.error({ because: findRedisTrouble(err)?.code ?? 'internal', count }, 'events lost');
  });
  const usage = new UsageCounter(redis, (err) => log.error({ err }, 'usage lost'));
  const apps = new Apps(redis, seal);
  const initialAccessTokens = new InitialAccessTokens(redis, keyedHash);
  const validators = createValidators(contract);
  return {
    config,
    contract,
    log,
    redis,
    subscriber,
    outages,
    stopClock,
    restore,
    queues,
    keyWatch,
    formatWatch,
    seal,
    authorityClock,
    issuer,
    registry,
    apiScopes,
    metrics,
    keyedHash,
    events,
    usage,
    apps,
    initialAccessTokens,
    validators,
  };
}
type Base = Awaited<ReturnType<typeof openBase>>;

/** A worker is asked to read them: at the authority something may have changed together with `SERVICES`. */
async function openApiScopes(
  redis: Redis,
  audience: string,
  gateway: Gateway,
  log: Log,
): Promise<KnownApiScopes> {
  const store = new ApiScopesStore(redis, audience);
  const report = createMissingScopesReport(log);
  const known = await followApiScopes(store, (now) => report(now, gateway));
  // Workers read them now and then without being asked.
  await store
    .ask()
    .catch((err: unknown) => log.warn({ err }, 'no worker was asked for the scopes of the API'));
  return known;
}

/** Authentication. */
async function openCallers(base: Base) {
  const { config, contract, log, redis, subscriber, issuer, registry, metrics, keyedHash } = base;
  const { apps, initialAccessTokens } = base;
  const tokens = createBearerTokens(issuer, config.AUDIENCE, config.CLOCK_TOLERANCE_SECONDS);
  const graceMs = config.API_KEY_GRACE_SECONDS * 1000;
  const cacheMs =
    config.API_KEY_CACHE_SECONDS === undefined ? undefined : config.API_KEY_CACHE_SECONDS * 1000;
  const exchanges = createExchanges(redis, (err) => log.warn({ err }, 'exchange not counted'));
  const apiKeys = new ApiKeys({
    endpoint: createTokenEndpoint(config.AUTHORITY_URL),
    tokens,
    registry,
    verdicts: await createKeyValidationCache(redis, subscriber, { turnMs: TURN_MS, graceMs }),
    guesses: createFailedAttemptLimiter(redis, keyedHash, {
      perClient: config.API_KEY_FAILURES_PER_CLIENT,
      perAddress: config.API_KEY_FAILURES_PER_ADDRESS,
    }),
    keyedHash,
    checks: metrics.keyChecks,
    exchanges,
    settings: { audience: config.AUDIENCE, cacheMs, graceMs },
  });
  const use = createUseCounter(redis, (err) => log.warn({ err }, 'use of API keys not recorded'));
  const appUse = createAppUseCounter(redis, (err) => log.warn({ err }, 'use of apps not recorded'));
  const authenticator = new Authenticator({
    tokens,
    proofs: createDpopProofs(createSeenOnce(redis), config.CLOCK_TOLERANCE_SECONDS),
    apiKeys,
    registry,
    countUse: (id) => use.count(id),
    appUse,
    approvedApps: config.APPROVED_APPS,
    roles: contract.roles,
    operators: config.OPERATOR_CLIENT_IDS,
    webApps: config.WEB_APP_CLIENT_IDS,
    consoleClient: config.CONSOLE_CLIENT_ID,
    operatorsFrom: config.OPERATORS_FROM,
  });
  const registrationCredentials = createRegistrationCredentials({
    registry,
    apps,
    initialAccessTokens,
    keyedHash,
  });
  return {
    services: { authenticator, registrationCredentials, readExchanges: () => exchanges.read() },
    close: () => Promise.all([use.close(), appUse.close()]),
  };
}

/** Tenants and their request limits. */
function openTenants({ config, contract, redis, registry, keyedHash }: Base) {
  const tenants = createTenantAdministration(redis, {
    imports: config.IMPORTS_PER_TENANT,
    api_keys: config.API_KEYS_PER_TENANT,
    requests_per_minute: config.REQUESTS_PER_MINUTE_PER_TENANT,
    requests_per_minute_per_principal: config.REQUESTS_PER_MINUTE_PER_PRINCIPAL,
    default_app_access: config.APPROVED_APPS === 'allowed' ? 'allow' : 'deny',
    roles: [...contract.roles.keys()],
  });
  const requestLimits = new RequestLimits(
    redis,
    async (tenantId) => {
      const own = limitsOf((await registry.tenant(tenantId)) ?? {}, tenants.defaults);
      return { tenant: own.requests_per_minute, principal: own.requests_per_minute_per_principal };
    },
    () => registry.generation(),
  );
  return {
    tenants,
    requestLimits,
    anonymousLimits: createAnonymousLimits(config.ANONYMOUS_REQUESTS_PER_MINUTE_PER_ADDRESS),
    serviceLimits: createServiceLimits(redis, config.REQUESTS_PER_MINUTE_PER_SERVICE),
    tenantDirectory: createTenantDirectory(redis),
    deletionConfirmation: createDeletionConfirmation(keyedHash),
  };
}

/** Third-party apps and their registration. */
function openRegistration(base: Base) {
  const { config, contract, redis, seal, registry, apiScopes, keyedHash, apps, validators } = base;
  const documents =
    config.METADATA_DOCUMENTS === 'off'
      ? undefined
      : createMetadataDocuments({
          registry,
          readApp: async (clientId) => (await apps.read(clientId))?.app,
          store: createDocumentStore(redis, seal, keyedHash, config.METADATA_DOCUMENTS_PER_ADDRESS),
          from: config.METADATA_DOCUMENTS,
          check: validators.forSchema('ClientMetadata'),
          appScopes: () => apiScopes.existing(contract.appScopes),
          waitMs: config.RELAY_WAIT_SECONDS * 1000,
        });
  const registrations = new RegistrationSaga(createRegistrations(redis), apps);
  return {
    registrationRate: createRegistrationRate(redis, keyedHash, config.REGISTRATIONS_PER_ADDRESS),
    registrations,
    registrar: new Registrar({
      registrations,
      statements: createSoftwareStatements(
        config.SOFTWARE_STATEMENT_ISSUERS,
        [config.AUDIENCE, config.PUBLIC_URL].filter((url) => url !== undefined),
        config.CLOCK_TOLERANCE_SECONDS,
      ),
      checkShape: validators.forSchema('ClientMetadata'),
      apiScopes,
      keyedHash,
      settings: registrarSettings(config, contract),
    }),
    appAdministration: new AppAdministration(redis, apps),
    appChanges: new AppChanges(redis, apps),
    withdrawals: createWithdrawals(redis),
    documents,
  };
}

/** The relay: work that workers do at the authority. */
async function openRelay({ config, redis, subscriber, queues, seal, keyedHash }: Base) {
  const pendingLimits = {
    perFlow: config.PENDING_JOBS_PER_TENANT,
    perCaller: config.PENDING_JOBS_PER_CALLER,
    bytesPerFlow: config.PENDING_BYTES_PER_TENANT,
  };
  const records = new JobStore(redis, seal, pendingLimits);
  const relay = await createRelay({
    records,
    subscriber,
    queue: queues.relay,
    fairQueue: createFairQueue(redis),
    tooManyPending: (full) => tooManyPending(redis, full, pendingLimits),
    keyedHash,
    waitMs: config.RELAY_WAIT_SECONDS * 1000,
  });
  return {
    relay,
    jobSteps: createJobSteps(redis, seal),
    deadLetters: createDeadLetters(records),
    readBudget: () => readBudget(redis),
  };
}

/** User imports, starting with their upload. */
async function openImports({ config, contract, log, redis, subscriber, queues, seal, keyedHash }: Base) {
  const keepMs = config.IMPORT_KEEP_HOURS * 3_600_000;
  const imports = new Imports({
    redis,
    queue: queues.userImports,
    seal,
    keepMs,
    recordsPerTenant: config.IMPORT_RECORDS_PER_TENANT,
  });
  const ingest = new Ingest(
    {
      redisSettings: redisSettingsOf(config),
      encryptionKeys: config.ENCRYPTION_KEYS,
      rowSchema: schemaOf(contract, 'ImportedUser'),
    },
    { lineBytes: config.IMPORT_MAX_LINE_BYTES, uploads: config.UPLOADS_PER_PROCESS },
    log,
  );
  const uploads = new Uploads({
    redis,
    imports,
    ingest,
    keyedHash,
    places: createUploadPlaces(redis, config.UPLOADS_PER_PROCESS),
    jobsFromRows: config.IMPORT_JOBS_FROM_ROWS,
    speeds: async () => ({
      calls: allowanceOf(await readBudget(redis))?.perSecond,
      job: await readPace(redis),
    }),
  });
  return {
    imports,
    adoptions: new AdoptionStore(redis),
    ingest,
    uploads,
    progress: await Progress.listening(subscriber, (id) => imports.read(id)),
    estimates: createEstimates(new ImportStore(redis, seal), () => readBudget(redis)),
  };
}

function openWebhooks({ config, redis, seal }: Base) {
  return {
    webhooks: new Webhooks(redis, seal),
    outboxLimit: createOutboxLimit(redis),
    webhookVerifications: createVerificationRate(redis, config.WEBHOOK_VERIFICATIONS_PER_HOUR),
  };
}

function watchAll(
  { config, metrics, outages, redis, queues, authorityClock, apiScopes, contract }: Base,
  deadLetters: DeadLetters,
  upstreams: Upstreams,
) {
  metrics.watch({
    buckets: () => outages.unlessOn(() => readBudget(redis)),
    deadLetters: () => outages.unlessOn(() => deadLetters.count()),
    waiting: () =>
      outages.unlessOn(async () => ({
        relay: await queues.relay.getWaitingCount(),
        'user-imports': await queues.userImports.getWaitingCount(),
      })),
    redisTakesWrites: () => outages.takesWrites(),
    clockOffsetMs,
    authorityClockOffsetMs: () => authorityClock.offsetMs(),
    services: () => upstreams.states(),
    authorityEvents: () =>
      outages.unlessOn(async () => ({
        ...(await readAuthorityEventState(redis, config.AUTH0_LOG_POLL_SECONDS * 1000)),
        waiting: await new AuthorityEventStore(redis).count(),
      })),
    missingScopes: () => apiScopes.missing(contract.scopes)?.length,
    accountCheck: () => outages.unlessOn(() => accountCheckOf(redis)),
  });
}

/** Interval at which the state is read while an operator watches. */
const DEPLOYMENT_READ_MS = 5_000;

function watchDeployment({ redis, queues }: Base, deadLetters: DeadLetters, shutdown: Shutdown) {
  const reading = new RepeatedReading(
    () => readDeploymentState({ redis, queues, deadLetters }),
    DEPLOYMENT_READ_MS,
  );
  shutdown.onBegin(() => reading.close());
  return reading;
}

async function accountCheckOf(redis: Redis) {
  const check = await readAccountCheck(redis);
  return check && { at: check.at, differences: differencesByPart(check) };
}

function registrarSettings(config: ApiConfig, contract: Contract) {
  const addresses = [config.AUDIENCE, config.AUTHORITY_URL, config.PUBLIC_URL ?? config.AUDIENCE];
  const cap = Math.floor((config.APPLICATION_LIMIT * config.APPLICATION_SHARE_OF_APPS) / 100);
  return {
    appScopes: contract.appScopes,
    redirectUriExceptions: config.REDIRECT_URI_EXCEPTIONS,
    policy: config.REGISTRATION_POLICY,
    newApps: config.NEW_APPS,
    cap,
    openPlaces: cap - Math.round((cap * config.APP_SHARE_OF_VOUCHED) / 100),
    own: { names: config.OPERATOR_NAMES ?? [], hosts: addresses.map((address) => new URL(address).hostname) },
  };
}
