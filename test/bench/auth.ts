/** What a request costs: `GET /v1/me` with a credential, and a POST, beside bare routers and beside what others use. */
import { join } from 'node:path';
import { startProcess } from '../../src/start/processes.ts';
import { ControlClient } from '../../src/stand-in/control/control-client.ts';
import { basic } from '../support/basic-credential.ts';
import { benchDeployment } from './bench-deployment.ts';
import { BUILD } from './build.ts';
import { firstSight } from './first-sight.ts';
import { p99AtHalfLoad } from './half-load.ts';
import { pin, SERVER_CORE } from './load.ts';
import { costOfManyTenants } from './many-tenants.ts';
import { median, type Benchmark, type Measure } from './measure.ts';
import { exchangesOfFirstUse } from './parallel-first-use.ts';
import { pacesOf, race, ratios, type Result } from './rounds.ts';
import { signTokens } from './tokens.ts';

const BEARER_WITHOUT_ANY = 0.9;
const TARGETS = { koaRouter: 0.75, expressAuth0: 5, fastifyJwt: 1, koaBodyparser: 0.7, thousandTokens: 0.9 };
/** Processor time for each request, beside the bare router's. */
const CPU_TARGET = 1.5;
const P99_TARGET = 1.5;
const ROUTER = 'koa + @koa/router, same body, no authentication';

/** 300 bytes. */
const NEW_WEBHOOK = JSON.stringify({
  url: `https://hooks.example.com/trivium/${'x'.repeat(122)}`,
  event_types: ['user.created', 'user.updated', 'user.deleted', 'user_import.completed', 'api_key.revoked'],
  ordered: true,
});
const WEBHOOK = {
  id: 'wh_5b1c0f0e6a0f4a6a9f5b0a4b7c3d2e1f',
  url: 'https://hooks.example.com/trivium',
  event_types: ['user.created'],
  ordered: false,
  status: 'unverified',
  pending: 0,
  created_at: '2026-11-23T09:00:00.000Z',
  secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
};

export const auth: Benchmark = async (options) => {
  const { home, deployment, end } = await benchDeployment('fast', '0');
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const { id: tenantId, api_key } = deployment.tenants[0]!;
    const [first, second] = deployment.tenants.map(({ api_key: key }) =>
      basic(key.client_id, key.client_secret),
    );
    const control = new ControlClient(deployment.parts.standIn.controlUrl!);
    const firstUse = await exchangesOfFirstUse(deployment, control, second!);
    const caller = { tenantId, clientId: api_key.client_id, scopes: ['manage:webhooks', 'read:users'] };
    const thousand = await signTokens(control, deployment, Array<typeof caller>(1_000).fill(caller));
    const bearer = thousand[0]!;
    const me = await fetch(`${deployment.api}/v1/me`, { headers: { authorization: bearer } });
    const env = {
      BENCH_BODY: await me.text(),
      AUTHORITY_URL: deployment.authority,
      AUDIENCE: deployment.audience,
    };
    const posted = { ...env, BENCH_BODY: JSON.stringify(WEBHOOK) };
    // Each in a process of its own that has answered nothing else: what a process did before decides how its code is compiled.
    const withBearer = await deployment.startApi('api-for-bearer');
    const withKey = await deployment.startApi('api-for-key');
    const withThousand = await deployment.startApi('api-for-thousand');
    const open = await deployment.startAsApi('open-me', 'test/bench/servers/open-me.ts', env);
    const post = await deployment.startAsApi('post-webhook', 'test/bench/servers/post-webhook.ts', posted);
    const baseline = async (name: string, settings = env) => {
      const part = await startProcess({
        name,
        file: `test/bench/servers/${name}.ts`,
        build: BUILD,
        env: settings,
        logFile: join(home, 'logs', `${name}.log`),
      });
      stops.unshift(() => part.stop());
      return part;
    };
    const [koa, router] = [await baseline('bare-koa'), await baseline('koa-router')];
    const [express, fastify] = [await baseline('express-auth0'), await baseline('fastify-jwt')];
    const bodyparser = await baseline('koa-bodyparser', posted);
    const all = [withBearer, withKey, withThousand, open, post, koa, router, express, fastify, bodyparser];
    for (const { pid } of all) pin(pid, SERVER_CORE);

    const authorization = bearer;
    const sending = {
      method: 'POST' as const,
      headers: { authorization, 'content-type': 'application/json' },
      body: NEW_WEBHOOK,
    };
    const results = await race(
      {
        bearer: { url: `${withBearer.url}/v1/me`, headers: { authorization }, pid: withBearer.pid },
        api_key: { url: `${withKey.url}/v1/me`, headers: { authorization: first! }, pid: withKey.pid },
        // The header field is sent and not read: without one, it would be counted as an anonymous request.
        unauthenticated: { url: `${open.url}/v1/me`, headers: { authorization } },
        thousand: { url: `${withThousand.url}/v1/me`, headers: {}, credentials: thousand },
        express_auth0: { url: `${express.url}/v1/me`, headers: { authorization } },
        fastify_jwt: { url: `${fastify.url}/v1/me`, headers: { authorization } },
        koa_router: { url: `${router.url}/v1/me`, headers: {}, pid: router.pid },
        bare_koa: { url: `${koa.url}/v1/me`, headers: {} },
        post: { url: `${post.url}/v1/tenant/webhooks`, ...sending },
        koa_bodyparser: { url: `${bodyparser.url}/v1/tenant/webhooks`, ...sending },
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
    const { bearer: byToken, api_key: byKey, unauthenticated, koa_router } = paces;
    const processorTimes = (name: string, ours: Result): Measure[] => {
      const runs = ratios(ours.cpuMicros, results.koa_router.cpuMicros);
      const beside = 'processor time for each request, koa + @koa/router';
      const ratio = { name, value: median(runs), unit: '×', target: CPU_TARGET, baseline: beside, runs };
      return runs.length === 0 ? [] : [{ ...ratio, bound: 'at most' }];
    };
    const waits = await p99AtHalfLoad(
      {
        bearer: { url: `${withBearer.url}/v1/me`, headers: { authorization }, perSecond: median(byToken) },
        router: { url: `${router.url}/v1/me`, headers: {}, perSecond: median(koa_router) },
      },
      options,
    );
    return [
      firstUse,
      measure('bearer_vs_koa_router', byToken, koa_router, TARGETS.koaRouter, ROUTER),
      measure('api_key_vs_koa_router', byKey, koa_router, TARGETS.koaRouter, ROUTER),
      ...processorTimes('bearer_cpu_vs_koa_router', results.bearer),
      ...processorTimes('api_key_cpu_vs_koa_router', results.api_key),
      measure(
        'bearer_vs_express_auth0',
        byToken,
        paces.express_auth0,
        TARGETS.expressAuth0,
        'express 5 + express-oauth2-jwt-bearer',
      ),
      measure(
        'bearer_vs_fastify_jwt',
        byToken,
        paces.fastify_jwt,
        TARGETS.fastifyJwt,
        'fastify + @fastify/jwt with its cache',
      ),
      measure('bearer_1000_tokens_vs_one', paces.thousand, byToken, TARGETS.thousandTokens, 'one token'),
      ...(await firstSight(deployment, control, { baseline, caller, options })),
      measure(
        'post_vs_koa_bodyparser',
        paces.post,
        paces.koa_bodyparser,
        TARGETS.koaBodyparser,
        'koa + @koa/router + koa-bodyparser, not validated',
      ),
      {
        ...measure(
          'p99_at_half_load',
          waits.bearer,
          waits.router,
          P99_TARGET,
          'the bare router at half of its own pace',
        ),
        bound: 'at most',
      },
      measure('bearer_vs_unauthenticated', byToken, unauthenticated, BEARER_WITHOUT_ANY, same),
      measure('api_key_vs_unauthenticated', byKey, unauthenticated, BEARER_WITHOUT_ANY, same),
      ...(await costOfManyTenants(deployment, control, options)),
      measure('api_key_vs_bearer', byKey, byToken, null, 'the same with a Bearer token'),
      measure('bearer_vs_bare_koa', byToken, paces.bare_koa, null, 'koa alone, same body'),
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
