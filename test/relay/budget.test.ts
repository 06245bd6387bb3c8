import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { keys } from '../../src/redis/keys.ts';
import { parsePlan, type Plan } from '../../src/plans.ts';
import { Budget, readBudget } from '../../src/relay/budget.ts';
import { redisAlone } from '../support/redis-alone.ts';

const planOf = (burst: number, perSecond: number): Plan => ({ all: { burst, perSecond, stepMs: 1 } });

describe('budget', () => {
  const redis = redisAlone();

  /** Redis's own clock, ms: the one that the script goes by. */
  async function now(): Promise<number> {
    const [seconds, micros] = (await redis().time()) as unknown as [string, string];
    return Number(seconds) * 1000 + Number(micros) / 1000;
  }

  it('is never exceeded, by several takers together', async () => {
    const plan = planOf(20, 100);
    const bucket = randomUUID();
    const takers = [new Budget(redis(), plan, bucket), new Budget(redis(), plan, bucket)];
    const times = await Promise.all(
      Array.from({ length: 120 }, async (_, i) => {
        await takers[i % 2]!.take(i % 3 === 0 ? 'bulk' : 'interactive', 'users_write');
        return now();
      }),
    );
    times.sort((a, b) => a - b);
    // A bucket of 20 that is refilled with 100 a second must hold a token for each call, whenever one looks.
    let tokens = 20;
    let last = times[0]!;
    for (const time of times) {
      tokens = Math.min(20, tokens + ((time - last) / 1000) * 100) - 1;
      last = time;
      expect(tokens).to.be.at.least(0);
    }
  });

  it('gives an interactive call the slot after next at the latest, however many bulk calls wait', async () => {
    const plan = planOf(2, 20);
    const bucket = randomUUID();
    const budget = new Budget(redis(), plan, bucket);
    const order: string[] = [];
    const bulk = Array.from({ length: 12 }, () =>
      budget.take('bulk', 'users_write').then(() => order.push('bulk')),
    );
    await Promise.race(bulk);
    const before = order.length;
    await budget.take('interactive', 'users_read').then(() => order.push('interactive'));
    expect(order.indexOf('interactive') - before).to.be.at.most(1);
    await Promise.all(bulk);
  });

  it('lets bulk have its turn in a flood of interactive calls', async () => {
    const plan = planOf(2, 100);
    const budget = new Budget(redis(), plan, randomUUID());
    let interactive = 0;
    let flooding = true;
    // Always more of them waiting than there are slots.
    const flood = Array.from({ length: 30 }, async () => {
      while (flooding) {
        await budget.take('interactive', 'users_read');
        interactive += 1;
      }
    });
    for (let i = 0; i < 3; i += 1) await budget.take('bulk', 'users_write');
    flooding = false;
    await Promise.all(flood);
    // Each kept slot lies behind those that were reserved before it: 30 here, and every tenth is kept.
    expect(interactive).to.be.below(400);
  });

  it('stands still while the authority asks for it', async () => {
    const budget = new Budget(redis(), planOf(50, 100), randomUUID());
    const start = await now();
    await budget.refused('users_read', 300);
    await Promise.all([budget.take('interactive', 'users_read'), budget.take('bulk', 'users_write')]);
    expect((await now()) - start).to.be.at.least(299);
  });

  it('believes the authority when somebody else has spent from the same bucket', async () => {
    const bucket = randomUUID();
    const budget = new Budget(redis(), planOf(20, 20), bucket);
    await budget.take('bulk', 'users_read');
    await budget.learn('users_read', { limit: 20, remaining: 0 });
    expect((await readBudget(redis(), bucket))[0]).to.include({ available: 0, burst: 20 });
    const start = await now();
    await budget.take('interactive', 'users_read');
    // Three are left in the bucket for calls that arrive bunched, so the fourth token is the first to be had: 4 × 50 ms.
    expect((await now()) - start).to.be.within(140, 400);
  });

  it('does not believe that the bucket is fuller than what it knows of', async () => {
    const bucket = randomUUID();
    const budget = new Budget(redis(), planOf(10, 1), bucket);
    for (let i = 0; i < 5; i += 1) await budget.take('interactive', 'users_read');
    await budget.learn('users_read', { limit: 10, remaining: 9 });
    expect((await readBudget(redis(), bucket))[0]!.available).to.be.within(5, 6);
  });

  it('takes a smaller bucket than the plan says for what it is', async () => {
    const bucket = randomUUID();
    const budget = new Budget(redis(), planOf(50, 10), bucket);
    await budget.learn('users_read', { limit: 4, remaining: 4 });
    const start = await now();
    for (let i = 0; i < 4; i += 1) await budget.take('interactive', 'users_read');
    // Four less two that are left in the bucket go at once, the others every 100 ms.
    expect((await now()) - start).to.be.at.least(150);
    expect((await readBudget(redis(), bucket))[0]!.burst).to.equal(4);
  });

  it('calls less often after a refusal, and counts many at once as one', async () => {
    const bucket = randomUUID();
    const budget = new Budget(redis(), planOf(50, 100), bucket);
    await Promise.all([1, 2, 3].map(() => budget.refused('users_read', 10)));
    const [state] = await readBudget(redis(), bucket);
    expect(state!.refused).to.equal(3);
    expect(state!.pace).to.be.within(0.66, 0.7);
  });

  it('forgets slots that were reserved before a refusal', async () => {
    const budget = new Budget(redis(), planOf(2, 10), randomUUID());
    await budget.take('interactive', 'users_read');
    const start = await now();
    const reserved = budget.take('interactive', 'users_read');
    await budget.refused('users_read', 500);
    await reserved;
    expect((await now()) - start).to.be.at.least(499);
  });

  it('has a bucket for each group of endpoints where the plan has', async () => {
    const plan = parsePlan('self-service')!;
    const bucket = randomUUID();
    const budget = new Budget(redis(), plan, bucket);
    await budget.refused('users_write', 60_000);
    await budget.take('interactive', 'users_read');
    const states = await readBudget(redis(), bucket);
    expect(states.map(({ name }) => name)).to.deep.equal(['users_read', 'users_write']);
    expect(states.map(({ pausedUntil }) => pausedUntil !== undefined)).to.deep.equal([false, true]);
  });

  it('keeps its clock in full precision', async () => {
    const bucket = randomUUID();
    await new Budget(redis(), planOf(1, 1), bucket).take('interactive', 'users_read');
    const tat = Number(await redis().hget(keys.budget(bucket, 'all'), 'tat'));
    expect(tat - (await now())).to.be.within(900, 1_000);
  });
});
