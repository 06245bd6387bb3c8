/**
 * A planned failover: the replica becomes the master, the old master goes on as its replica, and the address that API and workers know
 * leads to the new one, for new connections. Nobody restarts anything.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { StartedProcess } from '../../src/start/processes.ts';
import { until } from '../support/api-keys.ts';
import { managementOf } from '../support/authority.ts';
import { basic } from '../support/callers.ts';
import { ownDeployment, type OwnDeployment } from '../support/own-deployment.ts';
import { redisAddress, type RedisAddress } from '../support/redis-address.ts';
import { redisServer, type RedisServer } from '../support/redis-server.ts';
import { WORLD_MS } from '../support/world.ts';

/** How long the address still leads to the old master after the change. */
const ADDRESS_LATE_MS = 3_000;
/** How long users are created before, and after. */
const QUIET_MS = 2_000;
/** All lines of a worker in a failover, beside those of its jobs. */
const MAX_LOG_BYTES = 20_000;

describe('a planned failover of Redis', () => {
  let deployment: OwnDeployment;
  let replica: RedisServer;
  let master: Redis;
  let way: RedisAddress;
  let api: StartedProcess;
  let worker: StartedProcess;

  before(async function () {
    this.timeout(2 * WORLD_MS);
    deployment = await ownDeployment();
    await deployment.parts.worker.stop();
    const port = Number(new URL(deployment.redis).port);
    master = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null });
    replica = await redisServer(['--replicaof', '127.0.0.1', String(port)]);
    await until(async () => (await replica.admin.info('replication')).includes('master_link_status:up'));
    way = await redisAddress(port);
    const REDIS_URL = way.url;
    worker = await deployment.startWorker('worker-behind', { REDIS_URL });
    api = await deployment.startApi('api-behind', { REDIS_URL });
  });
  after(async function () {
    this.timeout(WORLD_MS);
    await api?.stop();
    await worker?.stop();
    way?.close();
    master?.disconnect();
    await replica?.stop();
    await deployment?.end();
  });

  it('costs seconds of 503, in which nothing happens, and is over by itself', async function () {
    this.timeout(360_000);
    const { client_id, client_secret } = deployment.tenants[0]!.api_key;
    const authorization = basic(client_id, client_secret);
    const answers: { email: string; status: number; code?: string; retryAfter: string | null; at: number }[] =
      [];
    let isOver = false;
    async function create(): Promise<void> {
      const email = `failover-${randomUUID()}@acme.example`;
      const response = await fetch(`${api.url}/v1/users`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ email }),
      });
      const { code } = (await response.json()) as { code?: string };
      const retryAfter = response.headers.get('retry-after');
      answers.push({
        email,
        status: response.status,
        ...(code && { code }),
        retryAfter,
        at: performance.now(),
      });
    }
    const readiness = async () => (await fetch(`${api.url}/readyz`)).status;
    const callers = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        await create();
        await delay(20);
      }
    });
    await delay(QUIET_MS);
    expect(await readiness()).to.equal(200);
    const logFile = join(deployment.home, 'logs', 'worker-behind.log');
    const bytesBefore = statSync(logFile).size;

    // As `FAILOVER` does it: writes stand still until the replica has all of them, then both change places.
    const oldPort = Number(new URL(deployment.redis).port);
    await master.call('FAILOVER', 'TO', '127.0.0.1', String(replica.port));
    await until(async () => (await replica.admin.role())[0] === 'master');
    const failedOverAt = performance.now();
    await until(async () => (await readiness()) === 503);
    // The callers may all be waiting for an answer that they asked for before.
    await create();
    await delay(ADDRESS_LATE_MS);
    way.leadTo(replica.port);
    const ledAt = performance.now();
    await until(async () => (await readiness()) === 200);
    await until(() => answers.some(({ status, at }) => status === 201 && at > ledAt));
    const wellAfterMs = performance.now() - ledAt;
    await delay(QUIET_MS);
    isOver = true;
    await Promise.all(callers);

    const statuses = answers.reduce<Record<string, number>>((sum, { status, code }) => {
      const what = `${status} ${code ?? ''}`.trim();
      return { ...sum, [what]: (sum[what] ?? 0) + 1 };
    }, {});
    expect(oldPort).to.not.equal(replica.port);
    // What was being written in the very moment when the master changed may have been done: whoever asked is told so.
    const expected = ['201', '202', '503 overloaded', '502 outcome_unknown'];
    for (const what of Object.keys(statuses)) expect(what).to.be.oneOf(expected);
    expect(statuses['502 outcome_unknown'] ?? 0).to.be.at.most(callers.length);
    expect(statuses['503 overloaded']).to.be.at.least(1);
    for (const { status, retryAfter } of answers)
      if (status === 503) expect(Number(retryAfter)).to.be.above(0);
    // Soon, and then for good.
    expect(wellAfterMs).to.be.below(60_000);
    const last = answers.filter(({ at }) => at > ledAt + wellAfterMs + 500);
    expect(last.filter(({ status }) => status >= 500)).to.deep.equal([]);
    expect(failedOverAt).to.be.below(ledAt);

    // At the authority: every accepted one once, none of those that were told that nothing happened, nothing twice.
    const sdk = managementOf(deployment);
    const found = async (email: string) => (await sdk.users.listUsersByEmail({ email })).length;
    for (const { email } of answers.filter(({ status }) => status === 502))
      expect(await found(email), email).to.be.at.most(1);
    for (const { email, status } of answers.filter(({ status }) => status < 300)) {
      await until(async () => (await found(email)) > 0);
      expect(await found(email), `${status} ${email}`).to.equal(1);
    }
    for (const { email } of answers.filter(({ status, at }) => status === 503 && at > failedOverAt + 1_000))
      expect(await found(email), email).to.equal(0);

    const added = readFileSync(logFile).subarray(bytesBefore).toString('utf8').trim().split('\n');
    // Nothing else either: no warning of Node, no line of a library.
    expect(added.filter((line) => !line.startsWith('{'))).to.deep.equal([]);
    const lines = added.map((line) => JSON.parse(line) as { level: number; msg: string });
    const loud = lines.filter(({ level }) => level >= 40);
    // A job whose ticket was lost with its connection gets another one.
    const repaired = 'jobs wait without tickets: some are added';
    expect(loud.map(({ msg }) => msg).filter((msg) => msg !== repaired)).to.deep.equal([
      'Redis is unreachable or refuses writes: waiting for it',
    ]);
    const others = added.filter((line) => !line.includes('relay job'));
    expect(others.join('\n').length).to.be.below(MAX_LOG_BYTES);
  });
});
