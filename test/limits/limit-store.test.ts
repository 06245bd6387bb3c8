/** Limits as Redis counts them. */
import { expect } from 'chai';
import { admitAttempt, takeBackAttempt, takeRequests, type Attempts } from '../../src/limits/limit-store.ts';
import { Problem } from '../../src/problem.ts';
import { redisAlone } from '../support/redis-alone.ts';

describe('limits in Redis', () => {
  const redis = redisAlone();

  describe('attempts', () => {
    const attempts = (...limits: [key: string, limit: number][]): Attempts => ({
      windowMs: 60_000,
      limits: new Map(limits),
      refusal: 'too_many_failed_attempts',
    });
    const isRefused = async (...limits: [string, number][]) => {
      const error: unknown = await admitAttempt(redis(), attempts(...limits)).catch(
        (reason: unknown) => reason,
      );
      if (error === undefined) return false;
      expect(error).to.be.instanceOf(Problem).and.to.have.property('code', 'too_many_failed_attempts');
      expect(Number((error as Problem).parts.headers?.['Retry-After'])).to.be.within(1, 60);
      return true;
    };

    it('are refused from the limit on, also many at once', async () => {
      const all = await Promise.all(Array.from({ length: 10 }, () => isRefused(['a', 3])));
      expect(all.filter((refused) => !refused)).to.have.length(3);
      expect(await isRefused(['b', 3])).to.equal(false);
    });

    it('count at each counter, or at none', async () => {
      expect(await isRefused(['a', 1], ['b', 5])).to.equal(false);
      expect(await isRefused(['b', 5], ['a', 1])).to.equal(true);
      expect(await redis().mget('a', 'b')).to.deep.equal(['1', '1']);
    });

    it('are taken back where they were counted, and never below none', async () => {
      await isRefused(['a', 1], ['b', 1]);
      for (let i = 0; i < 3; i += 1) await takeBackAttempt(redis(), attempts(['a', 1], ['b', 1]));
      expect(await redis().mget('a', 'b')).to.deep.equal(['0', '0']);
      expect(await isRefused(['a', 1])).to.equal(false);
    });

    it('last for their window from the first one on', async () => {
      await isRefused(['a', 3]);
      await redis().pexpire('a', 50_000);
      await isRefused(['a', 3]);
      expect(await redis().pttl('a')).to.be.within(1, 50_000);
    });
  });

  describe('requests', () => {
    type Lot = [limit: number, wanted: number, minute?: number];
    async function take(tenant: Lot, caller: Lot) {
      const [minute, msLeft, ...lots] = (await takeRequests(redis(), {
        tenant: 'tenant',
        caller: 'caller',
        tenantLimit: tenant[0],
        tenantWanted: tenant[1],
        tenantMinute: tenant[2] ?? 0,
        callerLimit: caller[0],
        callerWanted: caller[1],
        callerMinute: caller[2] ?? 0,
      })) as number[];
      expect(msLeft).to.be.within(1, 60_000);
      return { minute: minute!, lots };
    }
    /** A minute may end within a test: then it is another minute's answer, and asked for again. */
    async function inOneMinute(work: () => Promise<Set<number>>): Promise<void> {
      for (let minutes = await work(); minutes.size > 1; minutes = await work()) await redis().flushall();
    }

    it('are given out until the limit, to tenant and caller each, and taken back', async () => {
      await inOneMinute(async () => {
        const taken = [await take([10, 8], [5, 8]), await take([10, 8], [5, 8])];
        const { minute } = taken[1]!;
        taken.push(await take([10, -3, minute], [5, -9, minute]), await take([10, 0], [5, 0]));
        const minutes = new Set(taken.map((one) => one.minute));
        if (minutes.size === 1)
          expect(taken.map(({ lots }) => lots)).to.deep.equal([
            [8, 2, 5, 0],
            [2, 0, 0, 0],
            [-3, 3, -5, 5],
            [0, 3, 0, 5],
          ]);
        return minutes;
      });
    });

    it('of an earlier minute are not taken back', async () => {
      await inOneMinute(async () => {
        const { minute } = await take([10, 8], [5, 2]);
        const late = await take([10, -8, minute - 1], [5, -2, minute - 1]);
        if (late.minute === minute) expect(late.lots).to.deep.equal([0, 2, 0, 3]);
        return new Set([minute, late.minute]);
      });
    });
  });
});
