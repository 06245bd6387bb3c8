/** What the API and a worker tell the operator of their deployment. */
import { expect } from 'chai';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { factsIn, readRedisFacts } from '../../src/redis/redis-facts.ts';
import { apiKey, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('the diagnosis of a deployment', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('shows what the deployment knows of itself', async () => {
    const as = await operator();
    await call('GET', '/v1/diagnosis/account', { as });
    const { status, body } = await call('GET', '/v1/diagnosis', { as });
    expect(status).to.equal(200);
    expect(body.redis).to.include({
      role: 'master',
      appendonly: true,
      maxmemory_policy: 'noeviction',
      last_append: 'ok',
    });
    expect(body.redis.version).to.match(/^\d+\.\d+/);
    expect(body.workers).to.deep.equal({ seen: true });
    expect(body.limits[0]).to.include({ bucket: 'all', configured: 100, reported: 100 });
    expect(Math.abs(body.clocks.api_ms as number)).to.be.below(5_000);
    expect(body.account_events).to.deep.equal({ by: 'none' });
    expect(JSON.stringify(body)).not.to.match(/redis:\/\//);
  });

  it('shows what a worker finds at the account', async () => {
    const { status, body } = await call('GET', '/v1/diagnosis/account', { as: await operator() });
    expect(status).to.equal(200);
    expect(body.applications.used).to.be.above(3);
    expect(body.missing_scopes).to.deep.equal([]);
    expect(body.vanished_clients).to.include({ compared: true });
    expect(Math.abs(body.clocks.authority_ms as number)).to.be.below(10_000);
  });

  it('is for the operator only', async () => {
    for (const path of ['/v1/diagnosis', '/v1/diagnosis/account'])
      for (const as of [await user('acme'), await apiKey('acme')])
        expect((await call('GET', path, { as })).status).to.equal(403);
  });
});

describe('facts of Redis', () => {
  it('are those of INFO, also of Valkey, and only those', () => {
    const info =
      '# Server\r\nredis_version:7.2.4\r\nvalkey_version:8.1.1\r\nrole:slave\r\naof_enabled:0\r\naof_last_write_status:err\r\n';
    expect(factsIn(info)).to.deep.equal({
      product: 'valkey',
      version: '8.1.1',
      role: 'slave',
      appendonly: false,
      last_append: 'failed',
    });
    expect(factsIn('')).to.deep.equal({});
  });

  it('may be refused', async () => {
    const { redis: url } = await world();
    const redis = connectForWaiting(url);
    const name = `nosy-${process.pid}`;
    await redis.call('ACL', 'SETUSER', name, 'on', '>secret', '+@all', '-info', '-config', '~*');
    const limited = connectForWaiting(url.replace('redis://', `redis://${name}:secret@`));
    limited.on('error', () => undefined);
    try {
      expect(await readRedisFacts(limited)).to.deep.equal({});
    } finally {
      limited.disconnect();
      await redis.call('ACL', 'DELUSER', name);
      redis.disconnect();
    }
  });
});
