/** The step that forwards, in an app of its own: what comes before it has admitted every request. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import type { Admission } from '../../../src/authentication/authenticator.ts';
import { loadContract } from '../../../src/contract/load-contract.ts';
import type { Service, ServiceOperation } from '../../../src/gateway/service.ts';
import { Upstream } from '../../../src/gateway/upstream.ts';
import { followAnswers } from '../../../src/http/answers-under-way.ts';
import { acceptUpgrades } from '../../../src/http/gateway/accept-upgrades.ts';
import { BodyRoom } from '../../../src/http/body-room.ts';
import { forward } from '../../../src/http/gateway/forward.ts';
import { State, type Context, type MatchedOperation } from '../../../src/http/state.ts';
import { drainBody } from '../../../src/http/steps/read-body.ts';
import { sendProblem } from '../../../src/http/steps/send-problem.ts';
import { createPlaces } from '../../../src/http/streams/places.ts';
import { createWatch } from '../../../src/http/streams/watch.ts';
import { createLog } from '../../../src/log.ts';
import { createMetrics } from '../../../src/metrics.ts';
import type { TenantPrincipal } from '../../../src/principal.ts';
import { Problem } from '../../../src/problem.ts';
import type { Registry } from '../../../src/registry/registry.ts';
import type { Services } from '../../../src/services.ts';
import { Shutdown } from '../../../src/shutdown.ts';
import { aService } from '../../gateway/service-servers.ts';

interface Options {
  urls: readonly string[];
  service?: Partial<Service>;
  operation?: Partial<ServiceOperation>;
  /** Streams that the caller may have at the same time. */
  places?: number;
  /** What is done before the request is forwarded. */
  before?: (ctx: Context) => void | Promise<void>;
}

/** How a request ended at the gateway. */
export interface End {
  status: number;
  code: string | undefined;
  isOutcomeUnknown: boolean;
}

export interface GatewayApp {
  url: string;
  port: number;
  upstream: Upstream;
  lines: Record<string, unknown>[];
  ends: End[];
  /** Resolves with the end of the n-th request, counted from 1. */
  ended: (count: number) => Promise<End>;
  shutdown: Shutdown;
  /** From now on no caller may call any more. */
  revoke: () => void;
}

const PRINCIPAL: TenantPrincipal = { kind: 'tenant', tenantId: 'acme', clientId: 'key-1', scopes: [] };
const PUBLIC_URL = 'https://api.example';
const OWN_FIELDS = [
  'Content-Security-Policy',
  "default-src 'none'",
  'Vary',
  'Origin',
  'Cache-Control',
  'no-store',
];
const open = new Set<() => Promise<void>>();

/** For `afterEach`. */
export async function closeGateways(): Promise<void> {
  await Promise.all(Array.from(open, (close) => close()));
}

export async function gateway({
  urls,
  service,
  operation,
  places = 9,
  before,
}: Options): Promise<GatewayApp> {
  const lines: Record<string, unknown>[] = [];
  const ends: End[] = [];
  const wakers = new Set<() => void>();
  const metrics = createMetrics();
  const log = createLog('trace', [], { write: (line: string) => void lines.push(JSON.parse(line)) });
  // Nothing changes in it: what is watched is due because it is expired.
  const registry = {
    generation: () => 1,
    currentGeneration: () => Promise.resolve(1),
  } as unknown as Registry;
  const services = { log, metrics, registry, publicUrl: PUBLIC_URL } as unknown as Services;
  const own = aService({ urls, ...service });
  const upstream = new Upstream(own);
  const description = loadContract().operations.get('getMe')!;
  const matched = { description, fields: OWN_FIELDS } as unknown as MatchedOperation;
  let isRevoked = false;
  const admission: Admission = {
    principal: PRINCIPAL,
    inGrace: false,
    // In the past: the caller is checked again each time.
    validUntil: 0,
    recheck: () =>
      isRevoked
        ? Promise.reject(new Problem('invalid_api_key', { internal: 'deleted' }))
        : Promise.resolve(admission),
  };
  const shutdown = new Shutdown();
  const step = forward({
    shutdown,
    operation: anOperation(own, operation),
    upstream,
    publicUrl: PUBLIC_URL,
    identify: () => ['Trivium-Principal', 'signed'],
    keyedRequests: { begin: () => Promise.reject(new Error('no operation here keeps answers')) },
    watch: createWatch(registry, metrics.streams),
    places: createPlaces({ perPrincipal: places, perTenant: places }, metrics.streams),
    bodyRoom: new BodyRoom(),
  });
  const refuse = sendProblem(() => undefined, []);

  const app = new Koa<State>();
  app.on('error', (err: unknown) => lines.push({ msg: 'app error', err: String(err) }));
  app.use(async (ctx) => {
    ctx.state = new State(services, 'request-1');
    Object.assign(ctx.state, { matched, path: {}, principal: PRINCIPAL, admission });
    ctx.request.ip = '192.0.2.7';
    try {
      await before?.(ctx);
      await step(ctx);
    } catch (error) {
      refuse(ctx, error);
    }
    drainBody(ctx);
    const { problem, isOutcomeUnknown } = ctx.state;
    ends.push({ status: ctx.status, code: problem?.code, isOutcomeUnknown });
    for (const wake of wakers) wake();
  });
  const answer = app.callback();
  const server = createServer((req: IncomingMessage, res: ServerResponse) => void answer(req, res));
  acceptUpgrades(server, followAnswers(server), answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    open.delete(close);
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  open.add(close);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    upstream,
    lines,
    ends,
    ended: (count) => until(() => ends[count - 1], wakers),
    shutdown,
    revoke: () => (isRevoked = true),
  };
}

function anOperation(service: Service, own: Partial<ServiceOperation> = {}): ServiceOperation {
  return {
    service,
    operationId: 'listOrders',
    id: 'orders.listOrders',
    method: 'GET',
    path: '/orders',
    competing: [],
    firstByteMs: 30_000,
    idleMs: 60_000,
    isStream: false,
    isWebSocket: false,
    keepsAnswers: false,
    maxBytes: 1_048_576,
    ...own,
  };
}

function until<T>(read: () => T | undefined, wakers: Set<() => void>): Promise<T> {
  return new Promise((resolve) => {
    const look = () => {
      const found = read();
      if (found === undefined) return;
      wakers.delete(look);
      resolve(found);
    };
    wakers.add(look);
    look();
  });
}
