/** Many audit logs are read as one: in order, each event once, and no more of them than is asked for. */
import { expect } from 'chai';
import { mergeLogs, type LogPosition, type LogRange } from '../../src/events/merge-logs.ts';
import { keys } from '../../src/redis/keys.ts';
import { redisAlone } from '../support/redis-alone.ts';

describe('merged audit logs', () => {
  const redis = redisAlone();
  const names = Array.from({ length: 40 }, (_, i) => `t${String(i).padStart(2, '0')}`);

  /** With many events in the same millisecond. */
  async function fill(perLog: (i: number) => number): Promise<LogPosition[]> {
    const all: LogPosition[] = [];
    for (const [i, tenantId] of names.entries())
      for (let n = 0; n < perLog(i); n += 1) {
        const id = `${1_000 + Math.floor((n * 7 + i) / 5)}-${n}`;
        await redis().xadd(keys.auditLog(tenantId), id, 'e', `${tenantId} ${n}`, 'h', '');
        all.push({ id, tenantId });
      }
    const [ms, count] = [(id: string) => Number(id.split('-')[0]), (id: string) => Number(id.split('-')[1])];
    return all.sort(
      (a, b) => ms(a.id) - ms(b.id) || count(a.id) - count(b.id) || (a.tenantId < b.tenantId ? -1 : 1),
    );
  }
  const range = (more: Partial<LogRange> = {}): LogRange => ({
    from: 0,
    before: undefined,
    newestFirst: false,
    after: undefined,
    ...more,
  });
  async function read(wanted: LogRange, limit = Infinity, tenants = names): Promise<LogPosition[]> {
    const found: LogPosition[] = [];
    if (limit === 0) return found;
    for await (const { id, tenantId } of mergeLogs(redis(), tenants, wanted)) {
      found.push({ id, tenantId });
      if (found.length === limit) break;
    }
    return found;
  }

  for (const newestFirst of [false, true])
    it(`are in order, ${newestFirst ? 'newest' : 'oldest'} first, and go on after any event`, async () => {
      const ascending = await fill((i) => (i === 3 ? 0 : 5 + (i % 4) * 20));
      const all = newestFirst ? ascending.toReversed() : ascending;
      expect(await read(range({ newestFirst }))).to.deep.equal(all);
      for (let at = 0; at < all.length; at += 97)
        expect(await read(range({ newestFirst, after: all[at] }), 30)).to.deep.equal(
          all.slice(at + 1, at + 31),
        );
      const within = all.filter(({ id }) => id >= '1010' && id < '1020');
      expect(await read(range({ newestFirst, from: 1_010, before: 1_020 }))).to.deep.equal(within);
      expect(await read(range({ newestFirst }), Infinity, ['t03'])).to.deep.equal([]);
      expect(await read(range({ newestFirst }), Infinity, [])).to.deep.equal([]);
    });

  it('cost one short read of each log for a page', async () => {
    const all = await fill(() => 100);
    await redis().config('RESETSTAT');
    expect(await read(range({ newestFirst: true }), 10)).to.deep.equal(all.slice(-10).reverse());
    const stats = await redis().info('commandstats');
    const calls = Number(/cmdstat_xrevrange:calls=(\d+)/.exec(stats)?.[1]);
    expect(calls).to.be.within(names.length, names.length + 10);
  });
});
