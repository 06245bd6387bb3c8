/** How counts of usage reach Redis. */
import { expect } from 'chai';
import { periodOf, startOf } from '../../src/events/usage-periods.ts';
import { readUsage } from '../../src/events/read-usage.ts';
import { UsageCounter } from '../../src/events/usage.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { keys } from '../../src/redis/keys.ts';
import { until } from '../support/api-keys.ts';
import { redisAlone } from '../support/redis-alone.ts';

/** More than are sent together. */
const TENANTS = Array.from({ length: 250 }, (_, i) => `tenant-${i}`);
const REFUSED = 'tenant-20';

describe('usage', () => {
  const redis = redisAlone();
  const requestsOf = async (tenantId: string) => {
    const [from, before] = [startOf('day', redisNow()), redisNow() + 1];
    const query = { interval: 'day', from, before, clientId: undefined } as const;
    return (await readUsage(redis(), tenantId, query)).totals.requests;
  };

  it('counts once for each of many tenants, also when Redis refuses that of one for a while', async function () {
    this.timeout(60_000);
    const losses: unknown[] = [];
    const counter = new UsageCounter(redis(), (error) => losses.push(error));
    const count = () => {
      for (const tenantId of TENANTS)
        counter.request({ tenantId, kind: 'tenant', clientId: 'client' }, 200, 1);
    };
    const hour = keys.usage(REFUSED, 'hour', periodOf('hour', redisNow()));
    await redis().set(hour, 'no hash');
    count();
    await until(async () => (await requestsOf('tenant-0')) === 1);
    count();
    await until(async () => (await requestsOf('tenant-0')) === 2 || (await requestsOf('tenant-19')) === 2);
    expect(await requestsOf(REFUSED)).to.equal(0);
    await redis().del(hour);
    await counter.close();
    const counted = await Promise.all(TENANTS.map(requestsOf));
    expect(counted.filter((requests) => requests !== 2)).to.deep.equal([]);
    expect(losses).to.deep.equal([]);
  });
});
