import type { Operation } from '../operation.ts';

export const getBudget: Operation<'getBudget', 'readBudget' | 'readExchanges'> = async ({ services }) => {
  const [buckets, bill] = await Promise.all([services.readBudget(), services.readExchanges()]);
  const { made, keys, seconds, expectedPerMonth } = bill;
  return {
    status: 200,
    body: {
      buckets: buckets.map(({ name, burst, perSecond, available, pace, refused, pausedUntil }) => ({
        name,
        burst,
        available,
        pace,
        refused,
        per_second: perSecond,
        paused_until: pausedUntil,
      })),
      exchanges: {
        keys,
        made_this_month: made,
        seconds_per_exchange: seconds,
        expected_per_month: expectedPerMonth,
      },
    },
  };
};
