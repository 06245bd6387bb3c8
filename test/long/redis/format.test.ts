/** A newer release beside this one: what only it can read is left to it, and all else goes on. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { OWN_FORMATS, raiseFormats } from '../../../src/redis/format.ts';
import { keys } from '../../../src/redis/keys.ts';
import { until } from '../../support/api-keys.ts';
import { apiKey } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { ownWorld } from '../../support/own-deployment.ts';
import { moveInto, WORLD_MS } from '../../support/world.ts';

describe('beside a newer release', () => {
  let own: Awaited<ReturnType<typeof ownWorld>>;
  let moveOut: () => void;
  let redis: Redis;
  before(async function () {
    this.timeout(2 * WORLD_MS);
    own = await ownWorld({ apiSettings: { RELAY_WAIT_SECONDS: '1' } });
    moveOut = moveInto(own);
    redis = new Redis(own.redis);
  });
  after(async function () {
    this.timeout(2 * WORLD_MS);
    redis?.disconnect();
    moveOut?.();
    await own?.end();
  });

  const says = (name: string, what: string) => {
    const log = join(own.home, 'logs', `${name}.log`);
    return existsSync(log) && readFileSync(log, 'utf8').includes(what);
  };
  const newUser = () => ({ email: `format-${randomUUID()}@acme.example` });

  it('a worker leaves its jobs to newer ones, says so once, and performs the others', async function () {
    this.timeout(2 * WORLD_MS);
    const as = await apiKey('acme');
    await own.parts.worker.stop();
    const made = await call('POST', '/v1/users', { as, body: newUser() });
    expect(made.status).to.equal(202);
    const id = String(made.body.id);
    await redis.hset(keys.relayJob(id), 'format', '2');
    await own.startWorker('worker-old');
    await until(() => says('worker-old', 'a newer release made jobs'));

    const others = await Promise.all([1, 2, 3].map(() => call('POST', '/v1/users', { as, body: newUser() })));
    for (const { status, body } of others)
      if (status === 202)
        await until(
          async () => (await call('GET', `/v1/jobs/${body.id}`, { as })).body.status === 'succeeded',
        );
    const unreadable = await call('GET', `/v1/jobs/${id}`, { as });
    expect([unreadable.status, unreadable.body.code]).to.deep.equal([503, 'overloaded']);
    expect(await redis.hmget(keys.relayJob(id), 'status', 'failures', 'sent')).to.deep.equal([
      'queued',
      null,
      null,
    ]);

    // A newer worker would perform it.
    await redis.hdel(keys.relayJob(id), 'format');
    await until(async () => (await call('GET', `/v1/jobs/${id}`, { as })).body.status === 'succeeded');
    const lines = readFileSync(join(own.home, 'logs', 'worker-old.log'), 'utf8').split(
      'a newer release made jobs',
    );
    expect(lines).to.have.length(2);
  });

  it('a process that cannot read the data any more is not ready, and a worker ends', async function () {
    this.timeout(2 * WORLD_MS);
    const worker = await own.startWorker('worker-too-old');
    const next = OWN_FORMATS.written + 1;
    await raiseFormats(redis, { written: next, readableFrom: next });
    await worker.ended;
    expect(says('worker-too-old', 'update this process')).to.equal(true);
    await until(async () => (await fetch(`${own.api}/readyz`)).status === 503);
    const { checks } = (await (await fetch(`${own.api}/readyz`)).json()) as { checks: object };
    expect(checks).to.include({ format: 'failed', redis: 'ok' });
    const [late] = await Promise.allSettled([own.startWorker('worker-late')]);
    expect(late?.status).to.equal('rejected');
    expect(says('worker-late', 'update this process')).to.equal(true);
  });
});
