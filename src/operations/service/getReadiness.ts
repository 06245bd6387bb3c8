import type { Operation } from '../operation.ts';

export const getReadiness: Operation<'getReadiness'> = async ({ services }) => {
  const [redis, authority, queue] = await Promise.all([
    services.redisAnswers(),
    services.issuer.reachable(),
    services.queueDrains(),
  ]);
  const lacks = services.keyWatch.lacks();
  const word = (well: boolean): 'ok' | 'failed' => (well ? 'ok' : 'failed');
  const checks = {
    ...{ redis: word(redis), authority: word(authority), queue: word(queue) },
    ...(lacks !== 'nothing' && { keys: word(false) }),
  };
  // Work that nobody takes is the workers' trouble: calls are taken on, kept, and answered 202.
  // What was sealed long ago with a key that is gone must not take all processes down; what others seal now cannot be answered here.
  return redis && authority && lacks !== 'in use'
    ? { status: 200, body: { status: 'ready', checks } }
    : { status: 503, body: { status: 'not_ready', checks } };
};
