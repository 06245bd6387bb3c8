import type { EventEmitter } from 'node:events';
import type { RequestListener } from 'node:http';
import { authenticationApi } from './authentication/authentication-api.ts';
import type { AuthenticationServices } from './authentication/authentication-services.ts';
import { createProvider } from './authentication/provider.ts';
import {
  addSigningKey,
  loadSigningKeys,
  signAnything,
  type SigningKeys,
} from './authentication/signing-keys.ts';
import { errorsStayHere } from './authentication/errors-stay-here.ts';
import { withoutIssuer } from './authentication/without-issuer.ts';
import { Clock } from './clock.ts';
import { controlApi } from './control/control-api.ts';
import { Controls } from './control/controls.ts';
import { Deliveries } from './events/deliveries.ts';
import { LogDeliveries } from './events/log-deliveries.ts';
import { publishUserEvents } from './events/user-events.ts';
import { FaultTable } from './faults/fault-table.ts';
import { withFaults } from './faults/with-faults.ts';
import type { Latency } from './latency.ts';
import { parsePlan, type Plan } from './limits/plans.ts';
import { RateLimits } from './limits/rate-limits.ts';
import { LogBook } from './log-book.ts';
import { listenOnLoopback, type Tls } from './loopback-listeners.ts';
import { Mails } from './mails.ts';
import { AccessTokens } from './management/access-tokens.ts';
import { exportFile } from './management/jobs/export-file.ts';
import { ImportRunner } from './management/jobs/import-runner.ts';
import { managementApi } from './management/management-api.ts';
import { plant, type Seed } from './seed.ts';
import {
  ACTION_TIMEOUT_MS,
  CUSTOM_DOMAIN_CHECK_MS,
  EVENT_RETRY_MS,
  IMPORT_USERS_PER_SECOND,
  RUNTIME_OF_NEW_ACTIONS,
  type Settings,
} from './settings.ts';
import { openStore, type Store } from './store/store.ts';

export type { Seed };

export interface StandInOptions {
  /** 0, or left out: any free one. */
  port?: number;
  /** Speaks https, for clients that insist on it. Left out: http. */
  tls?: Tls;
  /** `iss`, with a trailing slash. Left out: `http://localhost:PORT/`, or https. */
  issuer?: string;
  /** A plan's name or BURST,PER_SECOND; left out: no limits. */
  plan?: string;
  latency?: Latency;
  /** File that the state is stored in; left out: in memory only. */
  storeFile?: string;
  seed?: Seed;
  /** Whether registration is open to anybody; left out: yes. */
  openRegistration?: boolean;
  /** Delay until a write is visible to searches. */
  searchDelayMs?: number;
  /** How long the old secret remains valid after a rotation; Auth0 says up to 30 s. */
  rotationOverlapMs?: number;
  /** How long the new secret is refused after a rotation: the other extreme of the same 30 s. */
  rotationDelayMs?: number;
  /** Whether metadata documents may be on this machine, also over plain http; left out: no, as at Auth0. */
  loopbackDocuments?: boolean;
  /** Databases that the login page checks: all usable ones (left out), or one, as Auth0's cannot choose between several. */
  loginDatabases?: 'all' | 'one';
  /** Clock for limits, timestamps and delays: milliseconds since 1970. */
  now?: () => number;
  /** Port of the control API for faults, clock and settings; 0: any free port. Left out: disabled. */
  controlPort?: number;
}

export interface StandIn {
  /** The issuer, with a trailing slash. */
  url: string;
  port: number;
  /** The plan that it was started with. */
  plan: Plan;
  /** For tests in the same process that inspect the state. */
  store: Store;
  /** Faults, clock and settings, for tests in the same process. */
  controls: Controls;
  /** URL of the control API, if enabled. */
  controlUrl?: string;
  close(): Promise<void>;
}

/** Starts a local authorization server that behaves like Auth0, on this machine only. */
export async function createStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const plan = parsePlan(options.plan ?? 'off');
  if (!plan) throw new Error(`no such plan: ${options.plan}`);
  const faults = new FaultTable();
  const clock = new Clock(options.now);
  let handler: RequestListener = (_request, response) => response.writeHead(503).end();
  const answer = withFaults(faults, (request, response) => {
    // Time of the stand-in's clock, which may have been advanced.
    response.setHeader('Date', new Date(clock.now()).toUTCString());
    handler(request, response);
  });
  const listen = (port: number) => listenOnLoopback(port, answer, options.tls);
  let listeners = await listen(options.port ?? 0);
  let store: Store | undefined;
  try {
    const { port } = listeners;
    const issuer = options.issuer ?? `${options.tls ? 'https' : 'http'}://localhost:${port}/`;
    if (!issuer.endsWith('/')) throw new Error('the issuer has to end with a slash');
    const opened = (store = openStore(options.storeFile));
    plant(opened, options.seed ?? {}, issuer, clock.now);
    const logs = new LogBook(opened, clock.now);
    const settings = readSettings(options, plan);
    const mails = new Mails();
    let limits = new RateLimits(plan, logs, clock.now);
    const imports = new ImportRunner({ store: opened, logs, settings, now: clock.now });
    const deliveries = new Deliveries({ store: opened, settings, issuer, now: clock.now });
    publishUserEvents(opened, deliveries);
    const logDeliveries = new LogDeliveries({ store: opened, settings, issuer });
    let keys: SigningKeys | undefined;
    const serve = async (): Promise<void> => {
      keys = await loadSigningKeys(opened);
      handler = application(
        {
          store: opened,
          logs,
          issuer,
          keys,
          now: clock.now,
          settings,
          limits: () => limits,
          openRegistration: options.openRegistration ?? true,
        },
        controls,
        { imports, mails, deliveries },
      );
    };
    const controls = new Controls(clock, settings, faults, mails, {
      rotateKeys: (keepOld) => {
        addSigningKey(opened, keepOld);
        return serve();
      },
      signToken: (header, payload) => signAnything(keys!, header, payload),
      goDown: () => listeners.close(true),
      comeUp: async () => {
        await listeners.close(true);
        listeners = await listen(port);
      },
      planChanged: () => (limits = new RateLimits(settings.plan, logs, clock.now)),
    });
    await serve();
    const control =
      options.controlPort === undefined
        ? undefined
        : await listenOnLoopback(options.controlPort, controlApi(controls));
    return {
      url: issuer,
      port,
      plan,
      store: opened,
      controls,
      ...(control && { controlUrl: `http://localhost:${control.port}/` }),
      close: async () => {
        faults.clear();
        imports.stop();
        deliveries.stop();
        logDeliveries.stop();
        await Promise.all([listeners.close(), control?.close()]);
        opened.close();
      },
    };
  } catch (error) {
    await listeners.close();
    store?.close();
    throw error;
  }
}

function readSettings(options: StandInOptions, plan: Plan): Settings {
  return {
    plan,
    latency: options.latency ?? { minMs: 0, maxMs: 0 },
    searchDelayMs: options.searchDelayMs ?? 0,
    rotationOverlapMs: options.rotationOverlapMs ?? 0,
    rotationDelayMs: options.rotationDelayMs ?? 0,
    importUsersPerSecond: IMPORT_USERS_PER_SECOND,
    loopbackDocuments: options.loopbackDocuments ?? false,
    loginDatabases: options.loginDatabases ?? 'all',
    passwordsOfNewDatabases: 'flexible',
    actionBuildMs: 0,
    runtimeOfNewActions: RUNTIME_OF_NEW_ACTIONS,
    actionTimeoutMs: ACTION_TIMEOUT_MS,
    eventRetryMs: EVENT_RETRY_MS,
    customDomainCheckMs: CUSTOM_DOMAIN_CHECK_MS,
    connectionDeletionMs: 0,
    mailDelivery: 'works',
  };
}

function application(
  services: AuthenticationServices,
  controls: Controls,
  runners: { imports: ImportRunner; mails: Mails; deliveries: Deliveries },
): RequestListener {
  const { store, logs, issuer, keys, now, settings, limits } = services;
  const provider = createProvider(services);
  // Changes are flushed to the operating system before the response is sent.
  provider.use(async (_ctx, next) => {
    try {
      await next();
    } finally {
      await store.flushed();
    }
  });
  const count = controls.count.bind(controls);
  provider.use(
    managementApi({
      services: { store, logs, issuer, now, settings, limits, ...runners },
      tokens: new AccessTokens(issuer, (kid) => keys.publicKey(kid), now),
      count,
    }),
  );
  provider.use(exportFile(store));
  provider.use(withoutIssuer(store));
  provider.use(errorsStayHere(store));
  for (const middleware of authenticationApi(services, provider, count)) provider.use(middleware);
  // Koa's event, which oidc-provider's type definitions omit.
  (provider as EventEmitter).on('error', (error) => console.error('stand-in:', error));
  provider.on('server_error', (_ctx, error) => console.error('stand-in:', error));
  const answer = provider.callback();
  return (request, response) => void answer(request, response);
}
