/** What handlers get. Built once per API process; there is no Management API client in it. */
import { createIssuer } from './auth0/issuer.ts';
import type { Issuer } from './auth0/issuer.ts';
import { createTokenEndpoint } from './auth0/token-endpoint.ts';
import { createApiKeyAdministration } from './api-keys/api-key-administration.ts';
import type { ApiKeyAdministration } from './api-keys/api-key-administration.ts';
import { createApiKeys } from './authentication/api-key/api-keys.ts';
import { createGuesses } from './authentication/api-key/guesses.ts';
import { createSharedVerdicts } from './authentication/api-key/shared-verdicts.ts';
import { createAuthenticator } from './authentication/authenticator.ts';
import type { Authenticator } from './authentication/authenticator.ts';
import { createBearerTokens } from './authentication/bearer-token.ts';
import type { ApiConfig } from './config.ts';
import type { Contract } from './contract/load-contract.ts';
import { createValidators } from './contract/validators.ts';
import type { Validators } from './contract/validators.ts';
import { createImports } from './imports/imports.ts';
import type { Imports } from './imports/imports.ts';
import { createIngest } from './imports/ingest/ingest.ts';
import { createEstimates } from './imports/progress/estimates.ts';
import type { Estimates } from './imports/progress/estimates.ts';
import { createProgress } from './imports/progress/progress.ts';
import type { Progress } from './imports/progress/progress.ts';
import { createRowStore } from './imports/row-store.ts';
import { createUploads } from './imports/uploads.ts';
import type { Uploads } from './imports/uploads.ts';
import { createRequestLog } from './log.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Metrics } from './metrics.ts';
import { connectForCommands, connectForWaiting, untilReady } from './redis/connections.ts';
import { openRelayQueue, openUserImportQueue } from './redis/queues.ts';
import { createUseCounter } from './registry/api-key-use.ts';
import { createRegistry } from './registry/registry.ts';
import type { Registry } from './registry/registry.ts';
import { readBudget } from './relay/budget.ts';
import type { BucketState } from './relay/budget.ts';
import { createDeadLetters } from './relay/dead-letters.ts';
import type { DeadLetters } from './relay/dead-letters.ts';
import { queueDrains } from './relay/drain.ts';
import { createJobRecords } from './relay/job-records.ts';
import { createRelay } from './relay/relay.ts';
import type { Relay } from './relay/relay.ts';
import { createKeyedHash } from './secrets/keyed-hash.ts';
import { createSeal } from './secrets/seal.ts';

export interface Services {
  config: ApiConfig;
  /** Where callers reach the API, without a trailing slash. */
  publicUrl: string;
  contract: Contract;
  validators: Validators;
  log: Log;
  requestLog: Log;
  metrics: Metrics;
  registry: Registry;
  apiKeys: ApiKeyAdministration;
  authenticator: Authenticator;
  relay: Relay;
  deadLetters: DeadLetters;
  /** How each bucket of the budget stands. */
  readBudget(): Promise<BucketState[]>;
  imports: Imports;
  /** User imports that arrive. */
  uploads: Uploads;
  /** How user imports come along. */
  progress: Progress;
  estimates: Estimates;
  issuer: Issuer;
  /** Whether workers take what stands on the relay's queue. */
  queueDrains(): Promise<boolean>;
  /** Whether Redis answers. */
  redisAnswers(): Promise<boolean>;
}

export interface OpenServices {
  /** All but the address, which is known once the server listens. */
  services: Omit<Services, 'publicUrl'>;
  close: () => Promise<void>;
}

/** A little more than an exchange may take. */
const TURN_MS = 7_000;

export async function openServices(config: ApiConfig, contract: Contract, log: Log): Promise<OpenServices> {
  const redis = connectForCommands(config.REDIS_URL);
  const subscriber = connectForWaiting(config.REDIS_URL);
  for (const connection of [redis, subscriber]) connection.on('error', (err) => log.warn({ err }, 'redis'));
  await Promise.all([untilReady(redis), untilReady(subscriber)]);
  const queues = { relay: openRelayQueue(redis), userImports: openUserImportQueue(redis) };
  const seal = createSeal(config.ENCRYPTION_KEYS);
  const issuer = createIssuer(config.AUTHORITY_URL, config.KEY_SET_REFRESH_SECONDS * 1000);
  const registry = await createRegistry(redis, subscriber);
  const metrics = createMetrics();
  const keyedHash = createKeyedHash(config.HASH_KEY);
  const tokens = createBearerTokens(issuer, config.AUDIENCE, config.CLOCK_TOLERANCE_SECONDS);
  const graceMs = config.API_KEY_GRACE_SECONDS * 1000;
  const apiKeys = createApiKeys({
    endpoint: createTokenEndpoint(config.AUTHORITY_URL),
    tokens,
    registry,
    verdicts: await createSharedVerdicts(redis, subscriber, { turnMs: TURN_MS, graceMs }),
    guesses: createGuesses(redis, keyedHash, {
      perClient: config.API_KEY_FAILURES_PER_CLIENT,
      perAddress: config.API_KEY_FAILURES_PER_ADDRESS,
    }),
    keyedHash,
    checks: metrics.keyChecks,
    settings: { audience: config.AUDIENCE, cacheMs: config.API_KEY_CACHE_SECONDS * 1000, graceMs },
  });
  const use = createUseCounter(redis, (err) => log.warn({ err }, 'use of API keys not recorded'));
  const validators = createValidators(contract);
  const records = createJobRecords(redis, seal);
  const deadLetters = createDeadLetters(redis, records);
  const relay = await createRelay({
    redis,
    records,
    subscriber,
    queue: queues.relay,
    keyedHash,
    waitMs: config.RELAY_WAIT_SECONDS * 1000,
  });
  const keepMs = config.IMPORT_KEEP_HOURS * 3_600_000;
  const imports = createImports({ redis, queue: queues.userImports, seal, keepMs });
  const ingest = createIngest({ redisUrl: config.REDIS_URL, encryptionKeys: config.ENCRYPTION_KEYS }, log);
  metrics.watch({
    buckets: () => readBudget(redis),
    deadLetters: () => deadLetters.count(),
    waiting: async () => ({
      relay: await queues.relay.getWaitingCount(),
      'user-imports': await queues.userImports.getWaitingCount(),
    }),
  });
  const services = {
    config,
    contract,
    validators,
    log,
    requestLog: createRequestLog(config.LOG_LEVEL),
    metrics,
    registry,
    apiKeys: createApiKeyAdministration(redis, relay),
    authenticator: createAuthenticator({
      tokens,
      apiKeys,
      registry,
      countUse: (id) => use.count(id),
      operators: config.OPERATOR_CLIENT_IDS,
    }),
    relay,
    deadLetters,
    readBudget: () => readBudget(redis),
    imports,
    uploads: createUploads({
      ...{ redis, imports, ingest, keyedHash },
      perTenant: config.IMPORTS_PER_TENANT,
      jobsFromRows: config.IMPORT_JOBS_FROM_ROWS,
    }),
    progress: await createProgress(subscriber, (id) => imports.read(id)),
    estimates: createEstimates(createRowStore(redis, seal), () => readBudget(redis)),
    issuer,
    queueDrains: () => queueDrains(queues.relay).catch(() => false),
    redisAnswers: () =>
      redis.ping().then(
        () => true,
        () => false,
      ),
  };
  return {
    services,
    close: async () => {
      relay.close();
      await ingest.close();
      registry.close();
      issuer.close();
      await use.close();
      await Promise.all([queues.relay.close(), queues.userImports.close()]);
      redis.disconnect();
      subscriber.disconnect();
    },
  };
}
