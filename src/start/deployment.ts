/** All parts on this machine: Redis, stand-in, API, worker. For `npm start` and the tests. */
import { join } from 'node:path';
import { API_FLAGS, STAND_IN_FLAGS, WORKER_FLAGS } from './api-flags.ts';
import { loadGateway } from '../gateway/load-gateway.ts';
import { claimHome } from './claim-home.ts';
import { demoSeed, OPERATORS, registerDemoTenants, SHARED_DATABASE, sharedOrigins } from './demo-tenants.ts';
import {
  homeFolder,
  readMemory,
  saveMemory,
  writePrivate,
  type DemoTenant,
  type Memory,
  type Tenancy,
} from './home.ts';
import { redisUrl } from '../settings/redis-url.ts';
import { anyFreePort, choosePort, isFree } from './ports.ts';
import { startProcess, type Program, type StartedProcess } from './processes.ts';
import { startRedis, type StartedRedis } from './start-redis.ts';

export interface Deployment {
  api: string;
  authority: string;
  audience: string;
  redis: string;
  tenants: DemoTenant[];
  operator: Memory['operator'];
  /** The single-page app that tenants share. */
  webApp: Memory['web_app'];
  console: Memory['console'];
  home: string;
  plan: string;
  /** Resolves when a part has ended unexpectedly. */
  broken: Promise<string>;
  /** Starts another program with the API's environment. */
  startAsApi: (name: string, file: string, env?: Record<string, string>) => Promise<StartedProcess>;
  /** Starts another API process. */
  startApi: (name: string, env?: Record<string, string>) => Promise<StartedProcess>;
  startWorker: (name: string, env?: Record<string, string>) => Promise<StartedProcess>;
  parts: { redis: StartedRedis; standIn: StartedProcess; api: StartedProcess; worker: StartedProcess };
  stop(): Promise<void>;
}

export interface DeploymentSettings {
  /** The stand-in's rate limits, which the workers use, too. */
  plan: string;
  latencyMs: string;
  /** Of the demo tenants, where they are created. Left out: `own`. */
  tenancy?: Tenancy;
  /** Folder of a build from which APIs and workers are started, as in production. Left out: from source. */
  build?: string | undefined;
  /** The file of `SERVICES`. */
  services?: string | undefined;
  /** Settings of every API process. */
  apiSettings?: Record<string, string>;
  /** Settings of every worker. */
  workerSettings?: Record<string, string>;
}

export async function startDeployment(settings: DeploymentSettings): Promise<Deployment> {
  const home = homeFolder();
  const release = claimHome(home);
  const started: { stop(): Promise<void> }[] = [{ stop: () => Promise.resolve(release()) }];
  try {
    const memory = readMemory(home, settings.tenancy);
    return await startParts(home, memory, settings, started);
  } catch (error) {
    for (const part of started.reverse()) await part.stop();
    throw error;
  }
}

async function startParts(
  home: string,
  memory: Memory,
  settings: DeploymentSettings,
  started: { stop(): Promise<void> }[],
): Promise<Deployment> {
  const { lastRedisPort, ...places } = await choosePlaces(home, memory);
  const { api, authority, audience, ports } = places;
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.push(part);
    return part;
  };
  const { contract } = loadGateway(settings.services);
  writePrivate(join(home, 'seed.json'), demoSeed(memory, { api, authority, audience }, contract));
  const [redis, standIn] = await allOrNothing(
    process.env['REDIS_URL']
      ? Promise.resolve(foreignRedis(process.env['REDIS_URL']))
      : startRedis({ folder: join(home, 'redis'), port: ports.redis, lastPort: lastRedisPort }).then(keep),
    startProcess(standInProgram(places, settings)).then(keep),
  );
  await registerDemoTenants(redis.url, memory, contract.scopes);
  memory.scopes = contract.scopes;
  saveMemory(home, memory);

  const own = { places, memory, settings, redisUrl: redis.url };
  const startAsApi = (name: string, file: string, env: Record<string, string> = {}) =>
    startProcess(apiProgram(own, name, file, env)).then(keep);
  const startApi = (name: string, env?: Record<string, string>) => startAsApi(name, 'src/api.ts', env);
  const startWorker = (name: string, env: Record<string, string> = {}) =>
    startProcess(workerProgram(own, name, env)).then(keep);
  const [apiProcess, worker] = await allOrNothing(
    startApi('api', { PORT: String(ports.api) }),
    startWorker('worker'),
  );

  let stopping = false;
  const broken = Promise.race(
    [{ ...redis, name: 'redis' }, standIn, apiProcess, worker].map(async (part) => {
      await part.ended;
      return stopping ? new Promise<never>(() => undefined) : part.name;
    }),
  );
  return {
    api,
    authority,
    audience,
    redis: redis.url,
    tenants: memory.tenants,
    operator: memory.operator,
    webApp: memory.web_app,
    console: memory.console,
    home,
    broken,
    plan: settings.plan,
    startApi,
    startAsApi,
    startWorker,
    parts: { redis, standIn, api: apiProcess, worker },
    stop: async () => {
      stopping = true;
      // In reverse order: writers before what they write to.
      for (const part of started.toReversed()) await part.stop();
    },
  };
}

/** Addresses of the parts. */
interface Places {
  home: string;
  api: string;
  authority: string;
  audience: string;
  ports: { api: number; authority: number; redis: number };
}

/** The ports of the last start, if they are free. */
async function choosePlaces(
  home: string,
  memory: Memory,
): Promise<Places & { lastRedisPort: number | undefined }> {
  const lastRedisPort = memory.ports.redis;
  const ports = {
    api: await choosePort('PORT', 4000, memory.ports.api),
    authority: await choosePort('AUTHORITY_PORT', 4001, memory.ports.authority),
    redis: lastRedisPort && (await isFree(lastRedisPort)) ? lastRedisPort : await anyFreePort(),
  };
  memory.ports = ports;
  saveMemory(home, memory);
  const api = `http://localhost:${ports.api}`;
  return {
    home,
    api,
    authority: `http://localhost:${ports.authority}/`,
    audience: api,
    ports,
    lastRedisPort,
  };
}

const logFile = ({ home }: Places, name: string) => join(home, 'logs', `${name}.log`);

const standInProgram = (places: Places, { plan, latencyMs }: DeploymentSettings): Program => ({
  name: 'stand-in',
  file: 'src/stand-in/main.ts',
  flags: STAND_IN_FLAGS,
  logFile: logFile(places, 'stand-in'),
  env: {
    NODE_ENV: 'development',
    AUTHORITY_URL: places.authority,
    AUTHORITY_PORT: String(places.ports.authority),
    STAND_IN_STORE: join(places.home, 'stand-in', 'journal.jsonl'),
    STAND_IN_SEED: join(places.home, 'seed.json'),
    STAND_IN_PLAN: plan,
    STAND_IN_LATENCY_MS: latencyMs,
    STAND_IN_LOOPBACK_DOCUMENTS: 'true',
    STAND_IN_CONTROL_PORT: process.env['STAND_IN_CONTROL_PORT'] ?? '',
  },
});

/** Settings that API and workers share. */
interface Own {
  places: Places;
  memory: Memory;
  settings: DeploymentSettings;
  redisUrl: string;
}

const commonEnv = ({ places, memory, settings, redisUrl }: Own): Record<string, string> => ({
  NODE_ENV: 'development',
  REDIS_URL: redisUrl,
  AUTHORITY_URL: places.authority,
  AUDIENCE: places.audience,
  ENCRYPTION_KEYS: memory.encryptionKeys,
  HASH_KEY: memory.hashKey,
  // For trying out, webhook receivers run on this machine.
  WEBHOOKS_TO_LOOPBACK: 'true',
  TENANT_ORGANIZATIONS: organizationsFor(memory),
  SERVICES: settings.services ?? '',
});

const apiProgram = (own: Own, name: string, file: string, env: Record<string, string>): Program => ({
  name,
  file,
  build: own.settings.build,
  flags: API_FLAGS,
  logFile: logFile(own.places, name),
  env: {
    ...commonEnv(own),
    PORT: '0',
    HOST: 'localhost',
    PUBLIC_URL: own.places.api,
    OPERATOR_CLIENT_IDS: own.memory.operator.client_id,
    CONSOLE_CLIENT_ID: own.memory.console.client_id,
    OPERATORS_FROM: `connection:${OPERATORS}`,
    ...tenancySettings(own.memory),
    METADATA_DOCUMENTS: 'loopback',
    // There is no proxy.
    METRICS_ALLOWED_ADDRESSES: '127.0.0.0/8,::1',
    // For trying out, one person is operator, tenant and app.
    NEW_APPS: 'approved',
    APPLICATION_LIMIT: '100000',
    // There is no load balancer.
    STOP_DELAY_SECONDS: '1',
    ...own.settings.apiSettings,
    ...env,
  },
});

/** All ways to keep tenants that the demo tenants show are open; what a new one gets by default is what most of them have. */
function tenancySettings(memory: Memory): Record<string, string> {
  const isShared = memory.tenants.some(({ shares }) => shares);
  return {
    SHARED_DATABASE,
    TENANT_DATABASES: isShared ? 'shared,own' : 'own,shared',
    WEB_APP_CLIENT_IDS: memory.web_app.client_id,
    WEB_APP_ORIGINS: sharedOrigins(memory).join(','),
  };
}

function organizationsFor({ tenants }: Memory): string {
  const isOne = ({ organization }: DemoTenant) => organization !== undefined;
  if (!tenants.some(isOne)) return 'none';
  return tenants.every(isOne) ? 'organization,none' : 'none,organization';
}

const workerProgram = (own: Own, name: string, env: Record<string, string>): Program => ({
  name,
  file: 'workers/main.ts',
  build: own.settings.build,
  flags: WORKER_FLAGS,
  logFile: logFile(own.places, name),
  env: {
    ...commonEnv(own),
    AUTH0_CLIENT_ID: own.memory.worker.client_id,
    AUTH0_CLIENT_SECRET: own.memory.worker.client_secret,
    AUTH0_PLAN: workerPlan(own.settings.plan),
    // The stand-in's account is not made by `trivium setup`.
    ACCOUNT_CHECK_SECONDS: '0',
    // Nobody restores a snapshot of it.
    EPOCH_SECONDS: '0',
    ...own.settings.workerSettings,
    ...env,
  },
});

/** Plans that exist only in the stand-in, as numbers. */
function workerPlan(plan: string): string {
  return { fast: '100,500', off: '1000,2000' }[plan] ?? plan;
}

/** @throws Error without the URL, which may contain a password */
function foreignRedis(url: string): StartedRedis {
  try {
    redisUrl(url);
  } catch (fault) {
    throw new Error(`REDIS_URL ${fault instanceof Error ? fault.message : 'is wrong'}`, { cause: fault });
  }
  return { url, pid: undefined, ended: new Promise(() => undefined), stop: () => Promise.resolve() };
}

/** Waits for both even when one fails, so that whatever was started can be stopped. */
async function allOrNothing<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const results = await Promise.allSettled([first, second]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return [await first, await second];
}
