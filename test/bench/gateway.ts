/** What the gateway costs: an API in front of a bare service, beside a proxy that checks nothing and what others use. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deployment } from '../../src/start/deployment.ts';
import { startProcess, type StartedProcess } from '../../src/start/processes.ts';
import { ControlClient } from '../../src/stand-in/control/control-client.ts';
import { basic } from '../support/basic-credential.ts';
import { benchDeployment } from './bench-deployment.ts';
import { BUILD } from './build.ts';
import { addedWait } from './gateway/added-wait.ts';
import { declareService, PREFIX, SCOPES } from './gateway/declaration.ts';
import { longBodies } from './gateway/streams.ts';
import { manyWebSockets, WEB_SOCKET_LIMITS } from './gateway/web-sockets.ts';
import { LOAD_CORE, pin, SERVER_CORE, type Load } from './load.ts';
import { median, type Benchmark, type Measure, type Options } from './measure.ts';
import { race, ratios, type Result } from './rounds.ts';
import { signTokens } from './tokens.ts';

const TARGETS = { bareProxy: 0.8, fastify: 1, express: 4, decisions: 0.95 };
/** 200 bytes. */
const BODY = JSON.stringify({
  orders: [1, 2, 3].map((id) => ({ id, item: 'tea', status: 'open', note: 'x'.repeat(id === 3 ? 20 : 8) })),
}).padEnd(200);
const SETTINGS = { ...WEB_SOCKET_LIMITS, FORWARD_AUTH_ADDRESSES: '127.0.0.0/8,::1' };

type Baseline = (name: string, env: Record<string, string>) => Promise<StartedProcess>;

export const gateway: Benchmark = async (options) => {
  const folder = await mkdtemp(join(tmpdir(), 'trivium-bench-service-'));
  const stops: (() => Promise<unknown>)[] = [];
  const baseline: Baseline = async (name, env) => {
    const part = await startProcess({
      name,
      file: `test/bench/servers/${name}.ts`,
      build: BUILD,
      env,
      logFile: join(folder, `${name}.log`),
    });
    stops.unshift(() => part.stop());
    return part;
  };
  try {
    const service = await baseline('bare-service', { BENCH_BODY: BODY });
    // Beside the load: what is measured has a core of its own.
    pin(service.pid, LOAD_CORE);
    const services = await declareService(folder, service.url);
    const { deployment, end } = await benchDeployment('fast', '0', { services, apiSettings: SETTINGS });
    stops.unshift(end);
    return await measureAll(deployment, service, baseline, options);
  } finally {
    for (const stop of stops) await stop();
    await rm(folder, { recursive: true, force: true });
  }
};

async function measureAll(
  deployment: Deployment,
  service: StartedProcess,
  baseline: Baseline,
  options: Options,
): Promise<Measure[]> {
  const { contenders, bare } = await startContenders(deployment, service, baseline);
  const results = await race(contenders, options);
  // Half of what the bare proxy can do is too much for a core that has the load and the service.
  pin(service.pid, SERVER_CORE);
  const waits = await addedWait(
    {
      gateway: { ...contenders.api_key, perSecond: median(results.api_key.perSecond) },
      bare: { ...contenders.bare_proxy, perSecond: median(results.bare_proxy.perSecond) },
      direct: { url: `${service.url}/orders`, headers: {} },
    },
    options,
  );
  pin(service.pid, LOAD_CORE);
  const { authorization } = contenders.api_key.headers as { authorization: string };
  const streaming = await deployment.startApi('api-for-streams');
  pin(streaming.pid, SERVER_CORE);
  const streams = await longBodies(
    {
      gateway: { process: streaming, base: streaming.url + PREFIX, headers: { authorization } },
      bare: { process: bare, base: bare.url, headers: {} },
    },
    options,
  );
  return [...comparisons(results), waits, ...streams, ...(await manyWebSockets(deployment))];
}

/** Each in a process of its own that has answered nothing else: what a process did before decides how its code is compiled. */
async function startContenders(deployment: Deployment, service: StartedProcess, baseline: Baseline) {
  const { id: tenantId, api_key: key } = deployment.tenants[0]!;
  const control = new ControlClient(deployment.parts.standIn.controlUrl!);
  const caller = { tenantId, clientId: key.client_id, scopes: SCOPES };
  const [bearer] = await signTokens(control, deployment, [caller]);
  const withKey = { authorization: basic(key.client_id, key.client_secret) };
  const withToken = { authorization: bearer! };
  const asked = { ...withKey, 'x-original-method': 'GET', 'x-original-uri': `${PREFIX}/orders` };
  const env = {
    SERVICE_URL: service.url,
    AUTHORITY_URL: deployment.authority,
    AUDIENCE: deployment.audience,
  };
  const api = (name: string) => deployment.startApi(`api-for-${name}`);
  const bare = await baseline('bare-proxy', env);
  const load = (part: StartedProcess, path: string, headers: Record<string, string>): Load => {
    pin(part.pid, SERVER_CORE);
    return { url: part.url + path, headers, pid: part.pid };
  };
  return {
    bare,
    contenders: {
      api_key: load(await api('key'), `${PREFIX}/orders`, withKey),
      bearer: load(await api('bearer'), `${PREFIX}/orders`, withToken),
      bare_proxy: load(bare, '/orders', withKey),
      fastify: load(await baseline('fastify-reply-from', env), '/orders', withToken),
      express: load(await baseline('express-proxy', env), '/orders', withToken),
      decisions: load(await api('decisions'), '/auth/decision', asked),
      me: load(await api('me'), '/v1/me', withKey),
    },
  };
}

type Contender = keyof Awaited<ReturnType<typeof startContenders>>['contenders'];

function comparisons(results: Record<Contender, Result>): Measure[] {
  const measure = (
    name: string,
    over: number[],
    under: number[],
    target: number | null,
    baseline: string,
  ) => {
    const runs = ratios(over, under);
    return { name, value: median(runs), unit: '×', target, baseline, runs };
  };
  const bare = 'node:http and undici, without any checks';
  const { api_key, bearer, bare_proxy, fastify, express, decisions, me } = results;
  const cpu = measure('gateway_cpu_vs_bare_proxy', api_key.cpuMicros, bare_proxy.cpuMicros, null, bare);
  return [
    measure('gateway_vs_bare_proxy', api_key.perSecond, bare_proxy.perSecond, TARGETS.bareProxy, bare),
    ...(cpu.runs.length > 0 ? [{ ...cpu, baseline: `processor time for each request, ${bare}` }] : []),
    measure('gateway_bearer_vs_bare_proxy', bearer.perSecond, bare_proxy.perSecond, null, bare),
    measure(
      'gateway_vs_fastify_reply_from',
      bearer.perSecond,
      fastify.perSecond,
      TARGETS.fastify,
      'fastify + @fastify/jwt with its cache + @fastify/reply-from',
    ),
    measure(
      'gateway_vs_express_proxy',
      bearer.perSecond,
      express.perSecond,
      TARGETS.express,
      'express 5 + express-oauth2-jwt-bearer + http-proxy-middleware',
    ),
    measure(
      'forward_auth_decisions_vs_me',
      decisions.perSecond,
      me.perSecond,
      TARGETS.decisions,
      '`GET /v1/me` with the same key',
    ),
    {
      name: 'gateway_per_s',
      value: median(api_key.perSecond),
      unit: 'requests/s',
      target: null,
      baseline: 'none',
      runs: api_key.perSecond,
    },
  ];
}
