import type { Operation } from '../operation.ts';
import { presentBucket } from './present-bucket.ts';

export const getBudget: Operation<'getBudget', 'readBudget' | 'readExchanges'> = async ({ services }) => {
  const [buckets, bill] = await Promise.all([services.readBudget(), services.readExchanges()]);
  const { made, keys, seconds, expectedPerMonth } = bill;
  return {
    status: 200,
    body: {
      buckets: buckets.map(presentBucket),
      exchanges: {
        keys,
        made_this_month: made,
        seconds_per_exchange: seconds,
        expected_per_month: expectedPerMonth,
      },
    },
  };
};
