/** Whether the stand-in is quick enough never to be what another benchmark measures: beside a bare Koa that answers the same. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from '../../src/start/ports.ts';
import { startProcess } from '../../src/start/processes.ts';
import { pin, SERVER_CORE } from './load.ts';
import { median, type Benchmark, type Measure } from './measure.ts';
import { pacesOf, race, ratios } from './rounds.ts';

const MANAGEMENT_TARGET = 3_000;
const EXCHANGE_TARGET = 500;
const AUDIENCE = 'https://api.example.com';
const CONNECTION = 'Username-Password-Authentication';
const KEY = { client_id: 'key', client_secret: 'key-secret' };

export const standIn: Benchmark = async (options) => {
  const home = await mkdtemp(join(tmpdir(), 'trivium-bench-'));
  const stops: (() => Promise<void>)[] = [];
  const start = async (name: string, file: string, env: Record<string, string>) => {
    const part = await startProcess({ name, file, env, logFile: join(home, `${name}.log`) });
    stops.push(() => part.stop());
    pin(part.pid, SERVER_CORE);
    return part;
  };
  try {
    const seed = join(home, 'seed.json');
    const port = await anyFreePort();
    await writeFile(seed, JSON.stringify(account(`http://localhost:${port}/api/v2/`)));
    const authority = await start('stand-in', 'src/stand-in/main.ts', {
      NODE_ENV: 'development',
      AUTHORITY_PORT: String(port),
      STAND_IN_SEED: seed,
      STAND_IN_PLAN: 'off',
      // As it is kept in `npm start`: with every write in a file.
      STAND_IN_STORE: join(home, 'state.jsonl'),
    });
    const url = (path: string) => new URL(path, authority.url).href;
    const json = { 'content-type': 'application/json' };
    const exchange = {
      url: url('oauth/token'),
      method: 'POST' as const,
      headers: json,
      body: JSON.stringify({ grant_type: 'client_credentials', audience: AUDIENCE, ...KEY }),
    };
    const asOperator = {
      authorization: `Bearer ${await tokenFor(authority.url, `${authority.url}api/v2/`)}`,
    };
    const get = { url: url('api/v2/users/auth0%7Cann'), headers: asOperator };
    const create = {
      url: url('api/v2/users'),
      method: 'POST' as const,
      headers: { ...asOperator, ...json },
      body: JSON.stringify({
        connection: CONNECTION,
        email: 'user-[<id>]@example.com',
        password: 'correct horse battery',
        email_verified: true,
        app_metadata: { tenant_id: 'acme' },
      }),
    };
    const koa = await start('bare-koa', 'test/bench/servers/bare-koa.ts', {
      BENCH_BODY: await (await fetch(get.url, { headers: asOperator })).text(),
    });

    const results = await race(
      { create_user: create, get_user: get, exchange, bare_koa: { url: koa.url, headers: asOperator } },
      options,
    );
    const { create_user, get_user, exchange: exchanges, bare_koa } = pacesOf(results);
    const perSecond = (name: string, runs: number[], target: number | null): Measure => ({
      name,
      value: median(runs),
      unit: 'requests/s',
      target,
      baseline: `a bare Koa with the same body: ${median(bare_koa).toFixed(0)} requests/s`,
      runs,
    });
    const beside = (name: string, runs: number[]): Measure => ({
      name,
      value: median(runs),
      unit: '×',
      target: null,
      baseline: 'a bare Koa with the same body',
      runs,
    });
    return [
      // The slowest kind of call that Trivium makes: a write.
      perSecond('management_calls_per_s', create_user, MANAGEMENT_TARGET),
      perSecond('client_credentials_per_s', exchanges, EXCHANGE_TARGET),
      perSecond('management_reads_per_s', get_user, null),
      beside('management_vs_bare_koa', ratios(create_user, bare_koa)),
      beside('management_reads_vs_bare_koa', ratios(get_user, bare_koa)),
      beside('client_credentials_vs_bare_koa', ratios(exchanges, bare_koa)),
    ];
  } finally {
    for (const stop of stops.reverse()) await stop();
    await rm(home, { recursive: true, force: true });
  }
};

function account(managementApi: string): object {
  return {
    resource_servers: [{ identifier: AUDIENCE, name: 'Example API', scopes: [{ value: 'read:users' }] }],
    clients: [
      { ...KEY, name: 'Key', app_type: 'non_interactive', grant_types: ['client_credentials'] },
      {
        client_id: 'operator',
        client_secret: 'operator-secret',
        name: 'Operator',
        app_type: 'non_interactive',
        grant_types: ['client_credentials'],
      },
    ],
    client_grants: [
      { client_id: 'key', audience: AUDIENCE, scope: ['read:users'] },
      { client_id: 'operator', audience: managementApi, scope: '*' },
    ],
    users: [
      {
        user_id: 'auth0|ann',
        connection: CONNECTION,
        email: 'ann@example.com',
        password: 'correct horse battery',
        app_metadata: { tenant_id: 'acme' },
      },
    ],
  };
}

async function tokenFor(authority: string, audience: string): Promise<string> {
  const response = await fetch(new URL('oauth/token', authority), {
    method: 'POST' as const,
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'operator',
      client_secret: 'operator-secret',
      audience,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
