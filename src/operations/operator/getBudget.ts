import type { Operation } from '../operation.ts';

export const getBudget: Operation<'getBudget'> = async ({ services }) => {
  const buckets = await services.readBudget();
  return {
    status: 200,
    body: {
      buckets: buckets.map(({ name, burst, perSecond, available, pace, refused, pausedUntil }) => ({
        ...{ name, burst, available, pace, refused },
        per_second: perSecond,
        ...(pausedUntil === undefined ? {} : { paused_until: pausedUntil }),
      })),
    },
  };
};
