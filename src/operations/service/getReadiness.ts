import type { Operation } from '../operation.ts';

export const getReadiness: Operation<'getReadiness'> = async ({ services }) => {
  const [redis, authority, queue] = await Promise.all([
    services.redisAnswers(),
    services.issuer.reachable(),
    services.queueDrains(),
  ]);
  const word = (well: boolean) => (well ? 'ok' : 'failed');
  const checks = { redis: word(redis), authority: word(authority), queue: word(queue) } as const;
  // Work that nobody takes is the workers' trouble: calls are taken on, kept, and answered 202.
  return redis && authority
    ? { status: 200, body: { status: 'ready', checks } }
    : { status: 503, body: { status: 'not_ready', checks } };
};
