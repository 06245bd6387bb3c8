/** What authentication costs: `GET /v1/me` with a credential, beside the same route without one, and beside Koa with nothing else. */
import { join } from 'node:path';
import { startProcess } from '../../src/start/processes.ts';
import { ControlClient } from '../../src/stand-in/control/control-client.ts';
import { basic } from '../support/basic-credential.ts';
import { benchDeployment } from './bench-deployment.ts';
import { BUILD } from './build.ts';
import { exchangesOfFirstUse } from './parallel-first-use.ts';
import { pin, SERVER_CORE } from './load.ts';
import { median, type Benchmark, type Measure } from './measure.ts';
import { pacesOf, race, ratios, type Result } from './rounds.ts';

const TARGET = 0.85;
/** Processor time for each request, beside the bare router's. */
const CPU_TARGET = 1.5;
/** Of the finished product (design notes on performance). */
const PEER_TARGETS = { koaRouter: 0.75, expressAuth0: 5, fastifyJwt: 1 };

export const auth: Benchmark = async (options) => {
  const { home, deployment, end } = await benchDeployment('fast', '0');
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const { api_key } = deployment.tenants[0]!;
    const [first, second] = deployment.tenants.map(({ api_key: key }) =>
      basic(key.client_id, key.client_secret),
    );
    const control = new ControlClient(deployment.parts.standIn.controlUrl!);
    const firstUse = await exchangesOfFirstUse(deployment, control, second!);
    const bearer = `Bearer ${await clientToken(deployment.authority, api_key, deployment.audience)}`;
    const me = await fetch(`${deployment.api}/v1/me`, { headers: { authorization: first! } });
    const env = {
      BENCH_BODY: await me.text(),
      AUTHORITY_URL: deployment.authority,
      AUDIENCE: deployment.audience,
    };
    // Each in a process of its own that has answered nothing else: what a process did before decides how its code is compiled.
    const withBearer = await deployment.startApi('api-for-bearer');
    const withKey = await deployment.startApi('api-for-key');
    const open = await deployment.startAsApi('open-me', 'test/bench/servers/open-me.ts', env);
    const baseline = async (name: string) => {
      const part = await startProcess({
        name,
        file: `test/bench/servers/${name}.ts`,
        build: BUILD,
        env,
        logFile: join(home, 'logs', `${name}.log`),
      });
      stops.unshift(() => part.stop());
      return part;
    };
    const [koa, router] = [await baseline('bare-koa'), await baseline('koa-router')];
    const [express, fastify] = [await baseline('express-auth0'), await baseline('fastify-jwt')];
    for (const { pid } of [withBearer, withKey, open, koa, router, express, fastify]) pin(pid, SERVER_CORE);

    const results = await race(
      {
        bearer: { url: `${withBearer.url}/v1/me`, headers: { authorization: bearer }, pid: withBearer.pid },
        api_key: { url: `${withKey.url}/v1/me`, headers: { authorization: first! }, pid: withKey.pid },
        // The header field is sent and not read: without one, it would be counted as an anonymous request.
        unauthenticated: { url: `${open.url}/v1/me`, headers: { authorization: bearer } },
        express_auth0: { url: `${express.url}/v1/me`, headers: { authorization: bearer } },
        fastify_jwt: { url: `${fastify.url}/v1/me`, headers: { authorization: bearer } },
        koa_router: { url: `${router.url}/v1/me`, headers: {}, pid: router.pid },
        bare_koa: { url: `${koa.url}/v1/me`, headers: {} },
      },
      options,
    );
    const measure = (
      name: string,
      over: number[],
      under: number[],
      target: number | null,
      beside: string,
    ): Measure => {
      const runs = ratios(over, under);
      return { name, value: median(runs), unit: '×', target, baseline: beside, runs };
    };
    const same = 'the same route and steps, no authentication';
    const paces = pacesOf(results);
    const { bearer: byToken, api_key: byKey, unauthenticated, koa_router, bare_koa } = paces;
    const { express_auth0, fastify_jwt } = paces;
    const processorTimes = (name: string, ours: Result): Measure[] => {
      const runs = ratios(ours.cpuMicros, results.koa_router.cpuMicros);
      const beside = 'processor time for each request, koa + @koa/router';
      const ratio = { name, value: median(runs), unit: '×', target: CPU_TARGET, baseline: beside, runs };
      return runs.length === 0 ? [] : [{ ...ratio, bound: 'at most' }];
    };
    return [
      firstUse,
      measure('bearer_vs_unauthenticated', byToken, unauthenticated, TARGET, same),
      measure('api_key_vs_unauthenticated', byKey, unauthenticated, TARGET, same),
      measure(
        'bearer_vs_koa_router',
        byToken,
        koa_router,
        PEER_TARGETS.koaRouter,
        'koa + @koa/router, same body, no authentication',
      ),
      measure(
        'bearer_vs_express_auth0',
        byToken,
        express_auth0,
        PEER_TARGETS.expressAuth0,
        'express 5 + express-oauth2-jwt-bearer',
      ),
      measure(
        'bearer_vs_fastify_jwt',
        byToken,
        fastify_jwt,
        PEER_TARGETS.fastifyJwt,
        'fastify + @fastify/jwt with its cache',
      ),
      measure(
        'api_key_vs_koa_router',
        byKey,
        koa_router,
        PEER_TARGETS.koaRouter,
        'koa + @koa/router, same body, no authentication',
      ),
      ...processorTimes('bearer_cpu_vs_koa_router', results.bearer),
      ...processorTimes('api_key_cpu_vs_koa_router', results.api_key),
      measure('api_key_vs_bearer', byKey, byToken, 0.95, 'the same with a Bearer token'),
      measure('bearer_vs_bare_koa', byToken, bare_koa, null, 'koa alone, same body'),
      {
        name: 'bearer_per_s',
        value: median(byToken),
        unit: 'requests/s',
        target: null,
        baseline: 'none',
        runs: byToken,
      },
    ];
  } finally {
    for (const stop of stops) await stop();
    await end();
  }
};

async function clientToken(
  authority: string,
  key: { client_id: string; client_secret: string },
  audience: string,
): Promise<string> {
  const response = await fetch(new URL('oauth/token', authority), {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', audience, ...key }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
