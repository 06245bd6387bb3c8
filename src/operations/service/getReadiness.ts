import type { Operation } from '../operation.ts';

export const getReadiness: Operation<'getReadiness'> = async ({ services }) => {
  const [redis, authority] = await Promise.all([services.redisAnswers(), services.issuer.reachable()]);
  const word = (well: boolean) => (well ? 'ok' : 'failed');
  const checks = { redis: word(redis), authority: word(authority) } as const;
  return redis && authority
    ? { status: 200, body: { status: 'ready', checks } }
    : { status: 503, body: { status: 'not_ready', checks } };
};
