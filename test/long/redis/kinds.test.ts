/** Every operation against every kind of Redis that is supported, with nothing but `REDIS_URL` being another one. */
import { newerServer } from '../../support/newer-redis.ts';
import { redisCluster } from '../../support/redis-cluster.ts';
import { redisServer } from '../../support/redis-server.ts';
import { watchedRedis } from '../../support/redis-sentinels.ts';
import { WORLD_MS } from '../../support/world.ts';
import { operationsSucceedWith } from '../../redis/operations-succeed.ts';

interface Started {
  url: string;
  stop(): Promise<void>;
}

const kinds: Record<string, () => Promise<Started | string>> = {
  'Redis 8': () => newer('redis'),
  'Valkey 8': () => newer('valkey'),
  'a cluster of three masters': redisCluster,
  'a master behind sentinels': watchedRedis,
};

async function newer(product: 'redis' | 'valkey'): Promise<Started | string> {
  const server = await newerServer(product);
  return typeof server === 'string' ? server : redisServer(['--appendonly', 'yes'], { server });
}

describe('every operation', () => {
  for (const [kind, start] of Object.entries(kinds))
    it(`succeeds with ${kind}`, async function () {
      this.timeout(2 * WORLD_MS);
      const redis = await start();
      if (typeof redis === 'string') {
        console.error(`skipped: ${redis}`);
        return this.skip();
      }
      try {
        await operationsSucceedWith(redis.url);
      } finally {
        await redis.stop();
      }
    });
});
