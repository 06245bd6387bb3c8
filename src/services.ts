/** What handlers get. Built once per API process; there is no Management API client in it. */
import { createIssuer } from './auth0/issuer.ts';
import type { Issuer } from './auth0/issuer.ts';
import { createTokenEndpoint } from './auth0/token-endpoint.ts';
import { createApiKeys } from './authentication/api-key.ts';
import { createAuthenticator } from './authentication/authenticator.ts';
import type { Authenticator } from './authentication/authenticator.ts';
import { createBearerTokens } from './authentication/bearer-token.ts';
import type { ApiConfig } from './config.ts';
import type { Contract } from './contract/load-contract.ts';
import { createValidators } from './contract/validators.ts';
import type { Validators } from './contract/validators.ts';
import { createImports } from './imports/imports.ts';
import type { Imports } from './imports/imports.ts';
import { createRequestLog } from './log.ts';
import type { Log } from './log.ts';
import { connectForCommands, connectForWaiting, untilReady } from './redis/connections.ts';
import { openRelayQueue, openUserImportQueue } from './redis/queues.ts';
import { createRegistry } from './registry/registry.ts';
import type { Registry } from './registry/registry.ts';
import { createRelay } from './relay/relay.ts';
import type { Relay } from './relay/relay.ts';
import { createSeal } from './secrets/seal.ts';

export interface Services {
  config: ApiConfig;
  /** Where callers reach the API, without a trailing slash. */
  publicUrl: string;
  contract: Contract;
  validators: Validators;
  log: Log;
  requestLog: Log;
  registry: Registry;
  authenticator: Authenticator;
  relay: Relay;
  imports: Imports;
  issuer: Issuer;
  /** Whether Redis answers. */
  redisAnswers(): Promise<boolean>;
}

export interface OpenServices {
  /** All but the address, which is known once the server listens. */
  services: Omit<Services, 'publicUrl'>;
  close: () => Promise<void>;
}

export async function openServices(config: ApiConfig, contract: Contract, log: Log): Promise<OpenServices> {
  const redis = connectForCommands(config.REDIS_URL);
  const subscriber = connectForWaiting(config.REDIS_URL);
  for (const connection of [redis, subscriber]) connection.on('error', (err) => log.warn({ err }, 'redis'));
  await Promise.all([untilReady(redis), untilReady(subscriber)]);
  const queues = { relay: openRelayQueue(redis), userImports: openUserImportQueue(redis) };
  const seal = createSeal(config.ENCRYPTION_KEYS);
  const issuer = createIssuer(config.AUTHORITY_URL);
  const registry = createRegistry(redis);
  const tokens = createBearerTokens(issuer, config.AUDIENCE, config.CLOCK_TOLERANCE_SECONDS);
  const apiKeys = createApiKeys(createTokenEndpoint(config.AUTHORITY_URL), tokens, {
    audience: config.AUDIENCE,
    cacheSeconds: config.API_KEY_CACHE_SECONDS,
  });
  const validators = createValidators(contract);
  const relay = await createRelay({
    redis,
    subscriber,
    queue: queues.relay,
    seal,
    waitMs: config.RELAY_WAIT_SECONDS * 1000,
  });
  const services = {
    config,
    contract,
    validators,
    log,
    requestLog: createRequestLog(config.LOG_LEVEL),
    registry,
    authenticator: createAuthenticator(tokens, apiKeys, registry),
    relay,
    imports: createImports({ redis, queue: queues.userImports, seal }),
    issuer,
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
      await Promise.all([queues.relay.close(), queues.userImports.close()]);
      redis.disconnect();
      subscriber.disconnect();
    },
  };
}
