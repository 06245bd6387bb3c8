/** How long an endpoint is left alone when several messages that were under way at once are refused, each with a time of its own. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { keys } from '../../src/redis/keys.ts';
import { noteDelivery, readState } from '../../src/webhooks/webhook-store.ts';
import { redisServer, type RedisServer } from '../support/redis-server.ts';
import type { Delivery } from '../../src/webhooks/webhook.ts';

const note = {
  event: '1-000000',
  delivery: { event_id: '1-000000', result: 'failed' } as Delivery,
  now: 0,
  nextAt: undefined,
  pausedUntil: 0,
};

describe('Retry-After of several answers', () => {
  let server: RedisServer;
  let redis: Redis;
  before(async () => {
    server = await redisServer();
    redis = server.admin;
  });
  after(() => server.stop());

  const cases: [about: string, asked: (number | undefined)[], until: number][] = [
    ['none asks', [undefined, undefined], 0],
    ['one asks', [undefined, 5_000, undefined], 5_000],
    ['the longest comes last', [1_000, 60_000], 60_000],
    ['the longest comes first', [60_000, 1_000], 60_000],
    ['the longest has a digit more', [9_000, 10_000, 9_999], 10_000],
  ];
  for (const [about, asked, until] of cases)
    it(`counts by the longest: ${about}`, async () => {
      const [tenant, id] = [randomUUID(), randomUUID()];
      await redis.hset(keys.webhooks(tenant), id, '{}');
      for (const askedUntil of asked)
        await noteDelivery(redis, { tenant_id: tenant, id }, { ...note, askedUntil });
      expect((await readState(redis, id)).pausedUntil).to.equal(until);
    });
});
