/** docs/redis-acl.md: its user may do whatever API and workers do, and nothing else. */
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { aclRules } from '../../../src/start/redis-acl-page.ts';
import { operationsSucceedWith } from '../../redis/operations-succeed.ts';
import { redisServer, type RedisServer } from '../../support/redis-server.ts';
import { WORLD_MS } from '../../support/world.ts';

describe('a Redis user of least privilege', () => {
  let server: RedisServer;
  let user: string;
  before(async () => {
    server = await redisServer(['--appendonly', 'yes']);
    await server.admin.acl('SETUSER', 'trivium', 'on', '>secret', ...aclRules());
    user = server.url.replace('redis://', 'redis://trivium:secret@');
  });
  after(() => server?.stop());

  it('may do what every operation does', async function () {
    this.timeout(2 * WORLD_MS);
    await operationsSucceedWith(user);
    const refused = (await server.admin.acl('LOG')) as unknown[][];
    // [count, 1, reason, 'command', context, 'toplevel', object, 'config|get', …]: what is asked for, and done without.
    const objects = refused.map((entry) => String(entry[entry.indexOf('object') + 1]));
    expect(objects.filter((name) => !['config|get', 'client|setinfo'].includes(name))).to.deep.equal([]);
  });

  it('may do nothing else', async () => {
    const redis = new Redis(user, { maxRetriesPerRequest: 0 });
    redis.on('error', () => undefined);
    try {
      for (const [command, ...args] of [
        ['KEYS', '*'],
        ['FLUSHALL'],
        ['CONFIG', 'SET', 'dir', '/tmp'],
        ['SHUTDOWN'],
        ['ACL', 'LIST'],
        ['GET', 'of-others'],
        ['SUBSCRIBE', 'of-others'],
      ] as [string, ...string[]][]) {
        const error = await redis.call(command, ...args).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(String(error), command).to.contain('NOPERM');
      }
    } finally {
      redis.disconnect();
    }
  });
});
