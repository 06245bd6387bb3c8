import { expect } from 'chai';
import { createLog } from '../../../src/log.ts';
import { connectForCommands, connectForWaiting, untilReady } from '../../../src/redis/connections.ts';
import { Outages } from '../../../src/redis/outage.ts';
import { until } from '../../support/api-keys.ts';
import { redisAddress } from '../../support/redis-address.ts';
import { redisServer, type RedisServer } from '../../support/redis-server.ts';

function logged() {
  const lines: { level: number; msg: string; code?: string; errors?: number }[] = [];
  const log = createLog('trace', [], { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}

describe('an outage of Redis', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  async function server(): Promise<RedisServer> {
    const made = await redisServer();
    ends.push(() => made.stop());
    return made;
  }

  it('is one line when it begins and one when it is over, whatever fails meanwhile and whoever tells of it', async () => {
    const { admin, url } = await server();
    const redis = connectForWaiting(url);
    const { log, lines } = logged();
    const outages = new Outages({ redis, log });
    ends.push(() => (outages.close(), redis.disconnect()));
    await outages.untilFirst();
    expect([await outages.takesWrites(), outages.isOn(), lines]).to.deep.equal([true, false, []]);
    await admin.config('SET', 'maxmemory', '1');
    for (let i = 0; i < 50; i += 1)
      await redis.set('key', 'x').catch((err: unknown) => log.error({ err, i }, 'failed'));
    expect([await outages.takesWrites(), outages.isOn()]).to.deep.equal([false, true]);
    log.error({ err: new Error('something else') }, 'failed');
    const over = outages.over();
    await admin.config('SET', 'maxmemory', '0');
    await over;
    await until(() => lines.at(-1)!.msg.startsWith('Redis accepts'));
    expect(lines.map(({ msg }) => msg)).to.deep.equal([
      'Redis is unreachable or refuses writes: waiting for it',
      'failed',
      'Redis accepts writes again',
    ]);
    expect(lines[0]).to.include({ code: 'OOM', redis: url.slice('redis://'.length) });
    expect(lines[2]!.errors).to.be.at.least(51);
  });

  for (const [what, connectTo] of Object.entries({ connectForCommands, connectForWaiting })) {
    it(`ends by itself when its address leads to another server: ${what}`, async () => {
      const [old, next] = [await server(), await server()];
      const way = await redisAddress(old.port);
      ends.push(() => way.close());
      const redis = connectTo(way.url);
      const follower = connectForWaiting(way.url);
      const { log, lines } = logged();
      const outages = new Outages({ redis, others: [follower], log });
      ends.push(() => (outages.close(), redis.disconnect(), follower.disconnect()));
      await outages.untilFirst();
      await redis.incr('count');
      await next.admin.set('count', 1);
      await old.admin.replicaof('127.0.0.1', next.port);
      // The address still leads to the old one.
      const refused = await redis.incr('count').catch((error: unknown) => error);
      expect(String(refused)).to.match(/READONLY/);
      outages.note(refused);
      way.leadTo(next.port);
      await outages.over();
      // What was refused was not sent again by anybody.
      expect(await redis.incr('count')).to.equal(2);
      expect(await next.admin.get('count')).to.equal('2');
      // One that writes nothing is told, too.
      await until(async () => (await follower.info('replication').catch(() => '')).includes('role:master'));
      await until(() => lines.length > 1);
      expect(lines.map(({ msg }) => msg.slice(0, 13))).to.deep.equal(['Redis is unre', 'Redis accepts']);
    });
  }

  it('never has a part of a transaction sent alone', async () => {
    const [old, next] = [await server(), await server()];
    const way = await redisAddress(old.port);
    ends.push(() => way.close());
    const redis = connectForCommands(way.url);
    redis.on('error', () => undefined);
    ends.push(() => redis.disconnect());
    await until(() =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    );
    await old.admin.replicaof('127.0.0.1', next.port);
    way.leadTo(next.port);
    const refused = await redis
      .multi()
      .incr('a')
      .incr('b')
      .exec()
      .catch((error: unknown) => error);
    expect(String(refused)).to.match(/EXECABORT/);
    await until(() =>
      redis.incr('after').then(
        () => true,
        () => false,
      ),
    );
    expect(await next.admin.mget('a', 'b', 'after')).to.deep.equal([null, null, '1']);
  });

  it('leaves a command that was sent and not answered as it is: it is not sent again', async () => {
    const { admin, url } = await server();
    const redis = connectForCommands(url);
    redis.on('error', () => undefined);
    ends.push(() => redis.disconnect());
    await until(() =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    );
    const id = await redis.client('ID');
    const waiting = redis.blpop('list', 0).catch((error: unknown) => error);
    await until(async () => String(await admin.client('LIST')).includes('cmd=blpop'));
    await admin.client('KILL', 'ID', id);
    expect(String(await waiting)).to.match(/MaxRetriesPerRequest/);
    await until(() =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    );
    await admin.rpush('list', 'kept');
    expect(await admin.llen('list')).to.equal(1);
  });

  it('is left again no more often than each second while the address leads to a replica', async () => {
    const { admin, url } = await server();
    const redis = connectForWaiting(url);
    redis.on('error', () => undefined);
    ends.push(() => redis.disconnect());
    await redis.ping();
    await admin.replicaof('127.0.0.1', 1);
    const before = connections(await admin.info('stats'));
    const startedAt = performance.now();
    let refused = 0;
    while (performance.now() - startedAt < 3_000) {
      await redis.set('key', 'x').catch(() => (refused += 1));
    }
    const seconds = Math.ceil((performance.now() - startedAt) / 1_000);
    expect(refused).to.be.at.least(1);
    // One at once, and then one a second.
    expect(connections(await admin.info('stats')) - before).to.be.within(1, seconds + 1);
  });

  it('is left once, however many commands it refuses at a time', async () => {
    const { admin, url } = await server();
    const redis = connectForCommands(url);
    redis.on('error', () => undefined);
    ends.push(() => redis.disconnect());
    await untilReady(redis);
    await admin.replicaof('127.0.0.1', 1);
    const { stream } = redis;
    const refused = await Promise.all(
      Array.from({ length: 50 }, () => redis.set('key', 'x').catch((error: unknown) => String(error))),
    );
    for (const one of refused) expect(one).to.match(/READONLY/);
    // Node warns of a leak from the eleventh on.
    expect(stream.listenerCount('close')).to.be.below(10);
  });

  it('of a server that is not there at the start is waited for, with a line that says for what', async () => {
    const first = await server();
    const { port, folder } = first;
    await first.kill();
    const redis = connectForCommands(`redis://user:secret-word@127.0.0.1:${port}`);
    const { log, lines } = logged();
    const outages = new Outages({ redis, log });
    ends.push(() => (outages.close(), redis.disconnect()));
    const ready = outages.untilFirst();
    await until(() => Promise.resolve(lines.length > 0));
    expect(lines[0]).to.include({ code: 'ECONNREFUSED', redis: `127.0.0.1:${port}` });
    const second = await redisServer([], { port, folder });
    ends.push(() => second.stop());
    // There by now, and it does not know the password.
    await second.admin.acl('SETUSER', 'user', 'on', '>secret-word', '+@all', '~*', '&*');
    await ready;
    expect(JSON.stringify(lines)).to.not.include('secret-word');
    expect(lines.filter(({ level }) => level >= 50)).to.have.length(1);
  });
});

const connections = (stats: string): number => Number(/total_connections_received:(\d+)/.exec(stats)![1]);
