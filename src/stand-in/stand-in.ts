import type { EventEmitter } from 'node:events';
import type { RequestListener } from 'node:http';
import { authenticationApi } from './authentication/authentication-api.ts';
import { withoutIssuer } from './authentication/without-issuer.ts';
import { createProvider } from './authentication/provider.ts';
import type { AuthenticationServices } from './authentication/authentication-services.ts';
import { loadSigningKeys } from './authentication/signing-keys.ts';
import type { Latency } from './latency.ts';
import { LogBook } from './log-book.ts';
import { listenOnLoopback } from './loopback-listeners.ts';
import type { Tls } from './loopback-listeners.ts';
import { AccessTokens } from './management/access-tokens.ts';
import { managementApi } from './management/management-api.ts';
import { parsePlan } from './plans.ts';
import type { Plan } from './plans.ts';
import { plant } from './seed.ts';
import type { Seed } from './seed.ts';
import { openStore } from './store/store.ts';
import type { Store } from './store/store.ts';

export interface StandInOptions {
  /** 0, or left out: any free one. */
  port?: number;
  /** Speaks https, for clients that insist on it. Left out: http. */
  tls?: Tls;
  /** What `iss` says, with a slash at its end. Left out: `http://localhost:PORT/`, or https. */
  issuer?: string;
  /** A plan's name or BURST,PER_SECOND; left out: no limits. */
  plan?: string;
  latency?: Latency;
  /** Where the state is kept; left out: in memory only. */
  storeFile?: string;
  seed?: Seed;
  /** Whether anybody may register a client; left out: yes. */
  openRegistration?: boolean;
  /** How long a write stays invisible to searches. */
  searchDelayMs?: number;
  /** How long the old secret goes on being accepted after a rotation; Auth0 says up to 30 s. */
  rotationOverlapMs?: number;
  /** Milliseconds since 1970, for limits, time stamps and delays. */
  now?: () => number;
}

export interface StandIn {
  /** The issuer, with a slash at its end. */
  url: string;
  port: number;
  /** The plan that its limits come from. */
  plan: Plan;
  /** For tests in the same process that want to look behind the API. */
  store: Store;
  close(): Promise<void>;
}

/** Starts an authority of one's own, shaped like Auth0, on this machine only. */
export async function createStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const plan = parsePlan(options.plan ?? 'off');
  if (!plan) throw new Error(`no such plan: ${options.plan}`);
  if (process.env['NODE_ENV'] === 'production') throw new Error('The stand-in is not for production.');
  const now = options.now ?? Date.now;
  let handler: RequestListener = (_request, response) => response.writeHead(503).end();
  const listeners = await listenOnLoopback(
    options.port ?? 0,
    (request, response) => handler(request, response),
    options.tls,
  );
  try {
    const issuer = options.issuer ?? `${options.tls ? 'https' : 'http'}://localhost:${listeners.port}/`;
    if (!issuer.endsWith('/')) throw new Error('the issuer has to end with a slash');
    const store = openStore(options.storeFile);
    plant(store, options.seed ?? {}, issuer, now);
    const keys = await loadSigningKeys(store);
    const services: AuthenticationServices = {
      store,
      logs: new LogBook(store, now),
      issuer,
      keys,
      now,
      openRegistration: options.openRegistration ?? true,
    };
    handler = application(services, plan, options);
    return {
      url: issuer,
      port: listeners.port,
      plan,
      store,
      close: async () => {
        await listeners.close();
        store.close();
      },
    };
  } catch (error) {
    await listeners.close();
    throw error;
  }
}

function application(services: AuthenticationServices, plan: Plan, options: StandInOptions): RequestListener {
  const { store, logs, issuer, keys, now } = services;
  const provider = createProvider(services);
  // What was acknowledged is with the operating system before the answer is.
  provider.use(async (_ctx, next) => {
    try {
      await next();
    } finally {
      store.flush();
    }
  });
  provider.use(
    managementApi({
      services: {
        store,
        logs,
        plan,
        issuer,
        now,
        searchDelayMs: () => options.searchDelayMs ?? 0,
        rotationOverlapMs: () => options.rotationOverlapMs ?? 0,
      },
      tokens: new AccessTokens(issuer, (kid) => keys.publicKey(kid)),
      latency: options.latency ?? { minMs: 0, maxMs: 0 },
    }),
  );
  provider.use(withoutIssuer);
  for (const middleware of authenticationApi(services, provider, plan)) provider.use(middleware);
  // Koa's own event, which the type definitions of oidc-provider leave out.
  (provider as EventEmitter).on('error', (error) => console.error('stand-in:', error));
  provider.on('server_error', (_ctx, error) => console.error('stand-in:', error));
  const answer = provider.callback();
  return (request, response) => void answer(request, response);
}
