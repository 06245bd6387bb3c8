/**
 * A Redis that is there and refuses: 503 means that nothing happened, `/readyz` says so, workers rest, and it passes by itself. The
 * states are those of a real one.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { until } from '../../support/api-keys.ts';
import { managementOf } from '../../support/authority.ts';
import { basic } from '../../support/callers.ts';
import { ownDeployment, type OwnDeployment } from '../../support/own-deployment.ts';
import { WORLD_MS } from '../../support/world.ts';
import { userOperationsOf } from '../../faults/user-operations.ts';

type State = Record<'begin' | 'end', (admin: Redis, folder: string) => Promise<unknown>>;

const states: Record<string, State> = {
  OOM: {
    begin: (admin) => admin.config('SET', 'maxmemory', '1'),
    end: (admin) => admin.config('SET', 'maxmemory', '0'),
  },
  NOREPLICAS: {
    begin: (admin) => admin.config('SET', 'min-replicas-to-write', '1'),
    end: (admin) => admin.config('SET', 'min-replicas-to-write', '0'),
  },
  READONLY: {
    begin: (admin) => admin.replicaof('127.0.0.1', 1),
    end: (admin) => admin.replicaof('NO', 'ONE'),
  },
  MASTERDOWN: {
    begin: async (admin) => {
      await admin.config('SET', 'replica-serve-stale-data', 'no');
      await admin.replicaof('127.0.0.1', 1);
    },
    end: async (admin) => {
      await admin.replicaof('NO', 'ONE');
      await admin.config('SET', 'replica-serve-stale-data', 'yes');
    },
  },
  MISCONF: {
    begin: async (admin, folder) => {
      await mkdir(join(folder, 'dump.rdb', 'full'), { recursive: true });
      await admin.config('SET', 'save', '3600 1', 'stop-writes-on-bgsave-error', 'yes');
      await admin.bgsave();
      await until(async () => (await admin.info('persistence')).includes('rdb_last_bgsave_status:err'));
    },
    end: (admin) => admin.config('SET', 'stop-writes-on-bgsave-error', 'no', 'save', ''),
  },
  NOPERM: {
    begin: (admin) => admin.acl('SETUSER', 'default', '-@write'),
    end: (admin) => admin.acl('SETUSER', 'default', '+@all'),
  },
};

interface Line {
  level: number;
  msg?: string;
  code?: string;
  err?: { code?: string };
}

describe('a Redis that refuses', () => {
  let deployment: OwnDeployment;
  let admin: Redis;
  let folder: string;
  let authorization: string;

  before(async function () {
    this.timeout(2 * WORLD_MS);
    deployment = await ownDeployment();
    const { client_id, client_secret } = deployment.tenants[0]!.api_key;
    authorization = basic(client_id, client_secret);
    admin = new Redis(deployment.redis, { enableReadyCheck: false, maxRetriesPerRequest: null });
    admin.on('error', () => undefined);
    folder = ((await admin.config('GET', 'dir')) as [string, string])[1];
  });
  after(async function () {
    this.timeout(2 * WORLD_MS);
    admin?.disconnect();
    await deployment?.end();
  });

  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const isRaw = typeof body === 'string';
    const response = await fetch(deployment.api + path, {
      method,
      headers: {
        // Whoever registers an app is nobody yet.
        ...(path.startsWith('/oauth') ? {} : { authorization }),
        ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: isJson ? JSON.parse(text) : text,
    };
  }

  const linesOf = (part: 'api' | 'worker'): Line[] =>
    readFileSync(join(deployment.home, 'logs', `${part}.log`), 'utf8')
      .trimEnd()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line);

  /** Each outage that a process has told of is over for it, too: the next one is another. */
  const isOver = (part: 'api' | 'worker'): boolean => {
    const count = (text: string) => linesOf(part).filter(({ msg }) => msg?.startsWith(text)).length;
    return count('Redis is unreachable') === count('Redis accepts');
  };
  beforeEach(() => until(() => isOver('api') && isOver('worker')));

  /** Of operations of every kind: relayed, of the registry, an upload, a stream. */
  const calls: [method: string, path: string, body?: () => unknown, headers?: Record<string, string>][] = [
    ['POST', '/v1/users', () => ({ email: `refused-${randomUUID()}@acme.example` })],
    ['GET', '/v1/users'],
    ['POST', '/v1/tenant/api-keys', () => ({ name: 'refused', scopes: ['read:users'] })],
    ['GET', '/v1/tenant'],
    ['POST', '/v1/tenant/webhooks', () => ({ url: 'http://localhost:1/', event_types: ['user.created'] })],
    ['GET', '/v1/tenant/audit-events'],
    [
      'POST',
      '/v1/user-imports',
      () => '{"email":"row@acme.example"}\n',
      { 'content-type': 'application/x-ndjson' },
    ],
    ['GET', '/v1/user-imports'],
    ['GET', `/v1/jobs/${randomUUID()}`],
    ['POST', '/oauth/register', () => ({ client_name: 'A', redirect_uris: ['https://a.example/cb'] })],
  ];

  for (const [code, { begin, end }] of Object.entries(states)) {
    it(`${code}: nothing happens, and all is well soon after`, async () => {
      const before = { api: linesOf('api').length, worker: linesOf('worker').length };
      await begin(admin, folder);
      try {
        for (let round = 0; round < 5; round += 1)
          for (const [method, path, body, headers] of calls) {
            const answer = await ask(method, path, body?.(), headers);
            const what = `${method} ${path}: ${JSON.stringify(answer)}`;
            // What is only read may be answered.
            if (answer.status < 500) expect(method, what).to.equal('GET');
            else {
              expect(answer.status, what).to.equal(503);
              expect(Number(answer.retryAfter), what).to.be.above(0);
              if (!path.startsWith('/oauth')) expect(answer.body.code, what).to.equal('overloaded');
            }
          }
        const ready = await ask('GET', '/readyz');
        expect([ready.status, ready.body.checks.redis]).to.deep.equal([503, 'failed']);
        const metrics = await ask('GET', '/metrics');
        expect(metrics.status).to.equal(200);
        expect(metrics.body).to.match(/^trivium_redis_writable 0$/m);
        await until(() =>
          linesOf('worker')
            .slice(before.worker)
            .some(({ msg }) => msg?.startsWith('Redis is unreachable')),
        );
      } finally {
        await end(admin, folder);
      }
      await until(async () => (await ask('GET', '/readyz')).status === 200);
      const email = `after-${randomUUID()}@acme.example`;
      await until(async () => (await ask('POST', '/v1/users', { email })).status === 201);
      await until(() =>
        linesOf('worker')
          .slice(before.worker)
          .some(({ msg }) => msg?.startsWith('Redis accepts')),
      );
      const users = await managementOf(deployment).users.list({ q: 'email:refused*', search_engine: 'v3' });
      expect(users.data).to.deep.equal([]);
      expect((await ask('GET', '/v1/tenant/api-keys')).body.api_keys).to.have.length(1);
      for (const part of ['api', 'worker'] as const) {
        const lines = linesOf(part)
          .slice(before[part])
          .filter(({ level }) => level >= 40);
        // One connection may be told so before another one.
        expect(
          lines.map(({ msg, err }) => `${msg} ${err?.code ?? ''}`),
          part,
        ).to.satisfy((all: string[]) => all.every((msg) => msg.startsWith('Redis is unreachable')));
        expect(lines.length, part).to.be.within(1, 3);
      }
    });
  }

  it('BUSY with a script of somebody else: 503, at once', async () => {
    const busy = new Redis(deployment.redis);
    await admin.config('SET', 'lua-time-limit', '50');
    const ended = busy.eval('while true do end', 0).catch(() => undefined);
    try {
      await until(async () => (await ask('GET', '/readyz')).status === 503);
      const { status, body } = await ask('POST', '/v1/users', { email: `busy-${randomUUID()}@acme.example` });
      expect([status, body.code]).to.deep.equal([503, 'overloaded']);
      expect((await ask('GET', '/metrics')).status).to.equal(200);
    } finally {
      await admin.script('KILL');
      await ended;
      busy.disconnect();
    }
    await until(async () => (await ask('GET', '/readyz')).status === 200);
  });

  it('away: 503, one line each, and all is well when it is back', async function () {
    this.timeout(360_000);
    const before = { api: linesOf('api').length, worker: linesOf('worker').length };
    await deployment.killRedis();
    for (const [method, path, body, headers] of calls) {
      const { status, retryAfter } = await ask(method, path, body?.(), headers);
      // What a process has just looked up, it still knows.
      if (status < 500) expect([method, path]).to.deep.equal(['GET', '/v1/tenant']);
      else expect([status, Number(retryAfter) > 0], `${method} ${path}`).to.deep.equal([503, true]);
    }
    expect((await ask('GET', '/healthz')).status).to.equal(200);
    expect((await ask('GET', '/readyz')).body.checks.redis).to.equal('failed');
    expect((await ask('GET', '/metrics')).status).to.equal(200);
    await until(() => !isOver('worker'));
    await deployment.restartRedis();
    await until(async () => (await ask('GET', '/readyz')).status === 200);
    const email = `back-${randomUUID()}@acme.example`;
    await until(async () => (await ask('POST', '/v1/users', { email })).status === 201);
    await until(() => isOver('worker') && isOver('api'));
    for (const part of ['api', 'worker'] as const) {
      const lines = linesOf(part)
        .slice(before[part])
        // On a busy machine a job may have been without its ticket when Redis went.
        .filter(({ level, msg }) => level >= 40 && !msg?.startsWith('jobs wait without tickets'));
      for (const { msg } of lines) expect(msg, part).to.match(/^Redis is unreachable/);
      expect(lines.length, part).to.be.within(1, 3);
    }
  });

  it('what was done at the authority meanwhile is written down afterwards: a link is made once, and is not lost', async () => {
    const { control } = deployment;
    const operations = userOperationsOf(deployment);
    for (const code of ['OOM', 'READONLY'] as const) {
      await until(() => isOver('worker'));
      const user = await operations.prepare('createPasswordReset');
      const path = '/api/v2/tickets/password-change';
      const effect = { kind: 'latency', ms: 700 } as const;
      const fault = await control.addFault({ method: 'POST', path, times: 1, effect });
      await control.forgetCalls();
      const submitted = await operations.submit('createPasswordReset', user);
      await until(async () => (await control.faults()).some(({ id, hits }) => id === fault.id && hits > 0));
      const before = linesOf('worker').length;
      await states[code]!.begin(admin, folder);
      // The call is over, and its end could not be stored.
      await until(async () => (await operations.sent()) === 1);
      await until(() =>
        linesOf('worker')
          .slice(before)
          .some(({ msg }) => msg?.startsWith('Redis is unreachable')),
      );
      await states[code]!.end(admin, folder);
      const ending = await operations.ending(submitted);
      expect([code, ending.status, ending.answer]).to.deep.equal([code, 'succeeded', 201]);
      expect(await operations.sent()).to.equal(1);
    }
  });
});
