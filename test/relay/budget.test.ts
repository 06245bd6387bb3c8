import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectForWaiting, untilReady } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { createBudget } from '../../src/relay/budget.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('budget', () => {
  let redis: Redis;
  before(async function () {
    this.timeout(WORLD_MS);
    redis = connectForWaiting((await world()).redis);
    await untilReady(redis);
  });
  after(() => redis.disconnect());

  /** Redis's own clock, ms: the one that the script goes by. */
  async function now(): Promise<number> {
    const [seconds, micros] = (await redis.time()) as unknown as [string, string];
    return Number(seconds) * 1000 + Number(micros) / 1000;
  }

  it('is never exceeded, by several takers together', async () => {
    const plan = { burst: 20, perSecond: 100 };
    const bucket = randomUUID();
    const takers = [createBudget(redis, plan, bucket), createBudget(redis, plan, bucket)];
    const times = await Promise.all(
      Array.from({ length: 120 }, async (_, i) => {
        await takers[i % 2]!.take(i % 3 === 0 ? 'bulk' : 'interactive');
        return now();
      }),
    );
    times.sort((a, b) => a - b);
    // A bucket of 20 that is refilled with 100 a second must hold a token for each call, whenever one looks.
    let tokens = plan.burst;
    let last = times[0]!;
    for (const time of times) {
      tokens = Math.min(plan.burst, tokens + ((time - last) / 1000) * plan.perSecond) - 1;
      last = time;
      expect(tokens).to.be.at.least(0);
    }
  });

  it('gives an interactive call the slot after next at the latest, however many bulk calls wait', async () => {
    const plan = { burst: 2, perSecond: 20 };
    const bucket = randomUUID();
    const budget = createBudget(redis, plan, bucket);
    const order: string[] = [];
    const bulk = Array.from({ length: 12 }, () => budget.take('bulk').then(() => order.push('bulk')));
    await Promise.race(bulk);
    const before = order.length;
    await budget.take('interactive').then(() => order.push('interactive'));
    expect(order.indexOf('interactive') - before).to.be.at.most(1);
    await Promise.all(bulk);
  });

  it('lets bulk have its turn in a flood of interactive calls', async () => {
    const plan = { burst: 2, perSecond: 100 };
    const budget = createBudget(redis, plan, randomUUID());
    let interactive = 0;
    let flooding = true;
    // Always more of them waiting than there are slots.
    const flood = Array.from({ length: 30 }, async () => {
      while (flooding) {
        await budget.take('interactive');
        interactive += 1;
      }
    });
    for (let i = 0; i < 3; i += 1) await budget.take('bulk');
    flooding = false;
    await Promise.all(flood);
    // Each kept slot lies behind those that were reserved before it: 30 here, and every tenth is kept.
    expect(interactive).to.be.below(400);
  });

  it('stands still while the authority asks for it', async () => {
    const budget = createBudget(redis, { burst: 50, perSecond: 100 }, randomUUID());
    const start = await now();
    await budget.pause(300);
    await Promise.all([budget.take('interactive'), budget.take('bulk')]);
    expect((await now()) - start).to.be.at.least(299);
  });

  it('keeps its clock in full precision', async () => {
    const bucket = randomUUID();
    await createBudget(redis, { burst: 1, perSecond: 1 }, bucket).take('interactive');
    const tat = Number(await redis.hget(keys.budget(bucket), 'tat'));
    expect(tat - (await now())).to.be.within(900, 1_000);
  });
});
