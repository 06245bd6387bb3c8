/** How long an endpoint is left alone when several messages that were under way at once are refused, each with a time of its own. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { keys } from '../../src/redis/keys.ts';
import { loadScript } from '../../src/redis/scripts.ts';
import { readState } from '../../src/webhooks/webhook.ts';
import { redisServer } from '../support/redis-server.ts';
import type { RedisServer } from '../support/redis-server.ts';

const script = loadScript(new URL('../../src/webhooks/note-delivery.lua', import.meta.url));

describe('Retry-After of several answers', () => {
  let server: RedisServer;
  let redis: Redis;
  before(async function () {
    this.timeout(30_000);
    server = await redisServer();
    redis = server.admin;
  });
  after(() => server.stop());

  const cases: [about: string, asked: (number | '')[], until: number][] = [
    ['none asks', ['', ''], 0],
    ['one asks', ['', 5_000, ''], 5_000],
    ['the longest comes last', [1_000, 60_000], 60_000],
    ['the longest comes first', [60_000, 1_000], 60_000],
    ['the longest has a digit more', [9_000, 10_000, 9_999], 10_000],
  ];
  for (const [about, asked, until] of cases)
    it(`counts by the longest: ${about}`, async () => {
      const [tenant, id] = [randomUUID(), randomUUID()];
      await redis.hset(keys.webhooks(tenant), id, '{}');
      const own = [keys.webhookDue(id), keys.webhookTries(id), keys.webhookLog(id)];
      for (const ms of asked)
        await script.run(
          redis,
          [keys.webhooks(tenant), keys.webhookState(id), ...own],
          [id, '1-000000', '{}', 500, 0, 'failed', '', 0, ms],
        );
      expect((await readState(redis, id)).pausedUntil).to.equal(until);
    });
});
