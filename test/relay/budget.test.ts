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

  /**
   * A bucket that was full at the start must have held a token for each call. That it holds no more than its burst is left out: the
   * test sees calls late when the machine is busy, many of them at once, but never early.
   */
  function expectNeverExceeded(times: number[], start: number, burst: number, perSecond: number): void {
    for (const [i, time] of times.sort((a, b) => a - b).entries())
      expect(burst + ((time - start) / 1000) * perSecond, `${burst} at once`).to.be.at.least(i + 1);
  }

  it('is never exceeded, by several takers together', async () => {
    const plan = planOf(20, 100);
    const bucket = randomUUID();
    const takers = [new Budget(redis(), plan, bucket), new Budget(redis(), plan, bucket)];
    const start = await now();
    const times = await Promise.all(
      Array.from({ length: 120 }, async (_, i) => {
        await takers[i % 2]!.take(i % 3 === 0 ? 'bulk' : 'interactive', 'users_write');
        return now();
      }),
    );
    expectNeverExceeded(times, start, 20, 100);
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
    // Of eleven that wait: two more when this process looks late, as it asks once more whether its slot is still good.
    expect(order.indexOf('interactive') - before).to.be.at.most(3);
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
    const slow = new Budget(redis(), planOf(20, 0.01), bucket);
    await slow.take('bulk', 'users_read');
    await slow.learn('users_read', { limit: 20, remaining: 0 });
    expect((await readBudget(redis(), bucket))[0]).to.include({ available: 0, burst: 20 });
    const budget = new Budget(redis(), planOf(20, 20), randomUUID());
    const start = await now();
    await budget.learn('users_read', { limit: 20, remaining: 0 });
    await budget.take('interactive', 'users_read');
    // Three are left in the bucket for calls that arrive bunched, so the fourth token is the first to be had: 4 × 50 ms.
    expect((await now()) - start).to.be.at.least(199);
  });

  it('does not believe that the bucket is fuller than what it knows of', async () => {
    const bucket = randomUUID();
    const budget = new Budget(redis(), planOf(10, 0.01), bucket);
    for (let i = 0; i < 5; i += 1) await budget.take('interactive', 'users_read');
    await budget.learn('users_read', { limit: 10, remaining: 9 });
    // Five, or one less where it is read by a clock that is behind that of Redis.
    expect((await readBudget(redis(), bucket))[0]!.available).to.be.within(4, 6);
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

  it('forgets the size that was reported when the plan is another one', async () => {
    const bucket = randomUUID();
    const before = new Budget(redis(), planOf(2, 2), bucket);
    await before.learn('users_read', { limit: 2, remaining: 2 });
    await before.take('interactive', 'users_read');
    const upgraded = new Budget(redis(), planOf(50, 16), bucket);
    await upgraded.take('interactive', 'users_read');
    expect((await readBudget(redis(), bucket))[0]).to.include({ burst: 50, reported: undefined });
    await upgraded.learn('users_read', { limit: 40, remaining: 39 });
    await upgraded.take('bulk', 'users_read');
    expect((await readBudget(redis(), bucket))[0]).to.include({ burst: 40, reported: 40 });
  });

  it('forgets the size that was reported when nothing has reported it for an hour', async () => {
    const bucket = randomUUID();
    const budget = new Budget(redis(), planOf(50, 16), bucket);
    const reportedBefore = async (ms: number) => {
      await redis().hset(keys.budget(bucket, 'all'), 'limited', (await now()) - ms);
      await budget.take('interactive', 'users_read');
      return (await readBudget(redis(), bucket))[0]?.reported;
    };
    await budget.learn('users_read', { limit: 2, remaining: 2 });
    expect(await reportedBefore(3_000_000)).to.equal(2);
    // A report of the same size says that it is still so.
    await budget.learn('users_read', { limit: 2, remaining: 2 });
    expect(Number(await redis().hget(keys.budget(bucket, 'all'), 'limited'))).to.be.above(
      (await now()) - 60_000,
    );
    expect(await reportedBefore(3_700_000)).to.equal(undefined);
    await budget.learn('users_read', { limit: 2, remaining: 2 });
    await redis().hset(keys.budget(bucket, 'all'), 'limited', (await now()) - 3_700_000);
    expect((await readBudget(redis(), bucket))[0]).to.include({ burst: 50, reported: undefined });
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
    const before = await now();
    await new Budget(redis(), planOf(1, 1), bucket).take('interactive', 'users_read');
    const tat = Number(await redis().hget(keys.budget(bucket, 'all'), 'tat'));
    expect(tat - 1_000).to.be.within(before - 0.01, (await now()) + 0.01);
  });

  describe('with the bucket of a group beside that of all', () => {
    const SLOW = 0.01;
    /** Calls to `organizations_write` are paid from both. */
    const both = (all: [burst: number, rate: number], group: [burst: number, rate: number]): Plan => ({
      all: { burst: all[0], perSecond: all[1], stepMs: 1 },
      groups: { organizations_write: { burst: group[0], perSecond: group[1], stepMs: 1 } },
    });
    /** What is left in each: whole tokens, as next to nothing comes back while a test runs. */
    const tokens = async (bucket: string) => {
      const at = await now();
      const left = async (name: 'all' | 'organizations_write') => {
        const fields = await redis().hgetall(keys.budget(bucket, name));
        const spent = Math.max(0, Number(fields['tat'] ?? 0) - at) / Number(fields['interval'] ?? 1);
        return [name, Math.round(Number(fields['burst']) - spent)] as const;
      };
      return Object.fromEntries([await left('all'), await left('organizations_write')]);
    };
    /** A call that nobody makes any more when its test is over. */
    const over = () => {
      const stop = new AbortController();
      return { signal: stop.signal, end: () => stop.abort(new Error('over')) };
    };

    for (const lane of ['interactive', 'bulk'] as const) {
      it(`never exceeds either, by several takers together: ${lane}`, async () => {
        const plan = both([20, 100], [10, 25]);
        const bucket = randomUUID();
        const takers = [new Budget(redis(), plan, bucket), new Budget(redis(), plan, bucket)];
        const times: Record<string, number[]> = { users_write: [], organizations_write: [] };
        const start = await now();
        await Promise.all(
          Array.from({ length: 80 }, async (_, i) => {
            const group = i % 4 === 0 ? 'organizations_write' : 'users_write';
            await takers[i % 2]!.take(lane, group);
            times[group]!.push(await now());
          }),
        );
        for (const [groups, burst, rate] of [
          [['users_write', 'organizations_write'], 20, 100],
          [['organizations_write'], 10, 25],
        ] as const) {
          const taken = groups.flatMap((group) => times[group]!);
          expectNeverExceeded(taken, start, burst, rate);
        }
      });

      it(`costs both nothing when the group's has no slot: ${lane}`, async () => {
        const bucket = randomUUID();
        const budget = new Budget(redis(), both([50, SLOW], [3, SLOW]), bucket);
        const { signal, end } = over();
        await budget.take(lane, 'organizations_write');
        await budget.learn('organizations_write', { limit: 3, remaining: 0 });
        const before = await tokens(bucket);
        const waiting = Array.from({ length: 5 }, () => budget.take(lane, 'organizations_write', signal));
        // Asked for behind them.
        await budget.take('interactive', 'users_read');
        expect(await tokens(bucket)).to.deep.equal({ ...before, all: before['all']! - 1 });
        end();
        for (const one of await Promise.allSettled(waiting)) expect(one.status).to.equal('rejected');
      });

      it(`lets calls of other groups go on while the group has no slot: ${lane}`, async () => {
        const budget = new Budget(redis(), both([100, 100], [2, SLOW]), randomUUID());
        const { signal, end } = over();
        const waiting = Array.from({ length: 10 }, () => budget.take(lane, 'organizations_write', signal));
        const done = Promise.allSettled(waiting);
        for (let i = 0; i < 60; i += 1)
          await budget.take(i % 2 ? 'bulk' : 'interactive', i % 3 ? 'users_read' : 'other');
        end();
        const ended = await done;
        expect(ended.filter(({ status }) => status === 'fulfilled').length).to.be.at.most(2);
      });
    }

    it("costs the group's nothing when that of all has no slot for bulk", async () => {
      const bucket = randomUUID();
      const budget = new Budget(redis(), both([4, SLOW], [10, SLOW]), bucket);
      const { signal, end } = over();
      await budget.take('bulk', 'organizations_write');
      const waiting = budget.take('bulk', 'organizations_write', signal);
      const outcome = Promise.allSettled([waiting]);
      await budget.take('interactive', 'users_read');
      expect((await tokens(bucket))['organizations_write']).to.equal(9);
      end();
      expect((await outcome)[0].status).to.equal('rejected');
    });

    for (const [scarce, plan] of [
      ['the group', both([1_000, 1_000], [4, 10])],
      ['all', both([4, 10], [1_000, 1_000])],
    ] as const) {
      it(`gives an interactive call its slot before bulk calls that wait: when it is the bucket of ${scarce}`, async () => {
        const budget = new Budget(redis(), plan, randomUUID());
        const order: string[] = [];
        const bulk = Array.from({ length: 8 }, () =>
          budget.take('bulk', 'organizations_write').then(() => order.push('bulk')),
        );
        await Promise.race(bulk);
        const before = order.length;
        await budget.take('interactive', 'organizations_write').then(() => order.push('interactive'));
        // Of seven; see above.
        expect(order.indexOf('interactive') - before).to.be.at.most(3);
        await Promise.all(bulk);
      });

      it(`lets bulk have its turn in a flood of interactive calls: when it is the bucket of ${scarce}`, async () => {
        const faster = both(
          ...((scarce === 'all'
            ? [
                [4, 100],
                [1_000, 1_000],
              ]
            : [
                [1_000, 1_000],
                [4, 100],
              ]) as Parameters<typeof both>),
        );
        const budget = new Budget(redis(), faster, randomUUID());
        let interactive = 0;
        let flooding = true;
        const flood = Array.from({ length: 12 }, async () => {
          while (flooding) {
            await budget.take('interactive', 'organizations_write');
            interactive += 1;
          }
        });
        for (let i = 0; i < 3; i += 1) await budget.take('bulk', 'organizations_write');
        flooding = false;
        await Promise.all(flood);
        expect(interactive).to.be.below(400);
      });
    }

    it('pauses the group alone when the authority names its limit', async () => {
      const bucket = randomUUID();
      const budget = new Budget(redis(), both([50, 100], [5, 100]), bucket);
      await budget.refused('organizations_write', 60_000, { isOfGroup: true });
      await Promise.all([budget.take('interactive', 'users_read'), budget.take('bulk', 'users_read')]);
      const states = await readBudget(redis(), bucket);
      expect(states.map(({ name, refused }) => [name, refused])).to.deep.equal([
        ['all', 0],
        ['organizations_write', 1],
      ]);
    });

    it('pauses both when it names none, and the one of all when the call has no other', async () => {
      for (const [group, paused] of [
        ['organizations_write', ['all', 'organizations_write']],
        ['users_read', ['all']],
      ] as const) {
        const bucket = randomUUID();
        // A group without a bucket of its own cannot be named by itself.
        const isOfGroup = group === 'users_read';
        await new Budget(redis(), both([50, 100], [5, 100]), bucket).refused(group, 60_000, { isOfGroup });
        const states = await readBudget(redis(), bucket);
        expect(states.filter(({ pausedUntil }) => pausedUntil).map(({ name }) => name)).to.deep.equal(paused);
      }
    });

    it('forgets slots that were reserved before either was refused', async () => {
      for (const isOfGroup of [true, false]) {
        const budget = new Budget(redis(), both([2, 10], [50, 50]), randomUUID());
        await budget.take('interactive', 'organizations_write');
        const start = await now();
        const reserved = budget.take('interactive', 'organizations_write');
        await budget.refused('organizations_write', 500, { isOfGroup });
        await reserved;
        expect((await now()) - start).to.be.at.least(499);
      }
    });

    for (const [report, all, group] of [
      [{ limit: 5, remaining: 0 }, 49, 0],
      [{ limit: 50, remaining: 0 }, 0, 4],
      // Of neither's size, or of both: a wrong guess costs the others nothing.
      [{ limit: 7, remaining: 0 }, 49, 0],
    ] as const)
      it(`learns what an answer reports of ${report.limit} tokens`, async () => {
        const bucket = randomUUID();
        const budget = new Budget(redis(), both([50, SLOW], [5, SLOW]), bucket);
        await budget.take('interactive', 'organizations_write');
        await budget.learn('organizations_write', report);
        expect(await tokens(bucket)).to.deep.equal({ all, organizations_write: group });
      });

    it('learns nothing of the one of all from a report of a size that both have', async () => {
      const bucket = randomUUID();
      const budget = new Budget(redis(), both([10, SLOW], [10, SLOW]), bucket);
      await budget.take('interactive', 'organizations_write');
      await budget.learn('organizations_write', { limit: 10, remaining: 0 });
      expect(await tokens(bucket)).to.deep.equal({ all: 9, organizations_write: 0 });
    });
  });
});
