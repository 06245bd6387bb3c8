/** For tests of a store: a Redis and nothing else, empty before each test. */
import type { Redis } from 'ioredis';
import { connectForWaiting, untilReady } from '../../src/redis/connections.ts';
import { redisServer, type RedisServer } from './redis-server.ts';

/** Call it in a `describe`. @returns the connection, while tests run */
export function redisAlone(): () => Redis {
  let server: RedisServer;
  let redis: Redis;
  before(async () => {
    server = await redisServer();
    redis = connectForWaiting(server.url);
    await untilReady(redis, 50_000);
  });
  beforeEach(() => redis.flushall());
  after(async () => {
    redis.disconnect();
    await server.stop();
  });
  return () => redis;
}
