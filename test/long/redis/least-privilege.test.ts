/** docs/redis-acl.md: its user may do whatever API and workers do, and nothing else. */
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { loadContract } from '../../../src/contract/load-contract.ts';
import { aclRules } from '../../../src/start/redis-acl-page.ts';
import { callEveryOperation } from '../../redis/every-operation.ts';
import { ownWorld, type OwnDeployment } from '../../support/own-deployment.ts';
import { redisServer, type RedisServer } from '../../support/redis-server.ts';
import { startReceiver } from '../../support/webhook-receiver.ts';
import { moveInto, WORLD_MS } from '../../support/world.ts';

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
    let own: (OwnDeployment & { apis: [string, string] }) | undefined;
    let moveBack: (() => void) | undefined;
    const receiver = await startReceiver();
    try {
      own = await ownWorld({}, user);
      moveBack = moveInto(own);
      const succeeded = await callEveryOperation(receiver);
      const { operations } = loadContract();
      expect([...operations.keys()].filter((id) => !succeeded.has(id))).to.deep.equal([]);
    } finally {
      moveBack?.();
      await receiver.close();
      await own?.end();
    }
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
