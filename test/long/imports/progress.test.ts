/** How an import comes along: counts, rate and estimated end, asked for or told as server-sent events. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { until } from '../../support/api-keys.ts';
import { apiKey } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { accepted, ended, stateOf } from '../../support/imports.ts';
import { whenWorkersRest } from '../../support/user-imports.ts';
import { ownWorld } from '../../support/own-deployment.ts';
import { moveInto, world, WORLD_MS } from '../../support/world.ts';
import { watch } from '../../imports/event-stream.ts';
import { openRedis } from '../../imports/left-behind.ts';

const rows = (count: number) =>
  Array.from({ length: count }, () => ({ email: `${randomUUID()}@progress.example` }));

/** Import jobs have a pace of their own. */
const ONE_BY_ONE = { query: '?channel=row_by_row' };
/** Of the world's plan, `fast`. */
const PER_SECOND = 500;

describe('progress of an import', () => {
  let as: string;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    as = await apiKey('acme');
  });

  it('is told in counts that always make the total, with a rate and an end that are true', async () => {
    const path = await accepted(rows(3_000), ONE_BY_ONE);
    let state = await stateOf(path);
    const seen = new Map<string, number>();
    let asked = 0;
    await until(async () => {
      asked = Date.now();
      state = await stateOf(path);
      const { pending, created, failed, skipped, unknown } = state.counts;
      expect(pending + created + failed + skipped + unknown).to.equal(3_000);
      expect(created).to.be.at.least(seen.get('created') ?? 0);
      seen.set('created', created);
      return state.rows_per_second !== undefined && created > 800;
    });
    expect(state.status).to.equal('running');
    const answered = Date.now();
    // As fast as the plan allows, or slower where the machine is; faster for a moment after that stood still.
    expect(state.rows_per_second).to.be.within(1, PER_SECOND * 3);
    // The rest at this rate: how fast the machine will be, nobody knows.
    const left = (state.counts.pending / Math.min(state.rows_per_second, PER_SECOND)) * 1_000;
    const estimated = Date.parse(state.estimated_end_at);
    expect(estimated).to.be.within(asked + left / 2, answered + left * 2 + 1_000);
    const done = await ended(path);
    expect(Date.parse(done.completed_at)).to.be.above(asked - 1_000);
    expect(done).to.not.have.any.keys('rows_per_second', 'estimated_end_at');
  });

  it('ends later when others share the budget, and has no end while it is paused', async function () {
    this.timeout(2 * WORLD_MS);
    // At a rate that any machine keeps.
    const own = await ownWorld({ plan: '5,40' });
    const leave = moveInto(own);
    try {
      const path = await accepted(rows(3_000), ONE_BY_ONE);
      let alone = 0;
      await until(async () => (alone = await endIn(path)) > 0);
      const other = await apiKey('globex');
      const others = [];
      for (let n = 0; n < 3; n += 1) others.push(await accepted(rows(3_000), { ...ONE_BY_ONE, as: other }));
      // The view of all imports is a second old at the most.
      await until(async () => (await endIn(path)) > alone * 2);
      for (const one of others) await call('POST', `${one}/cancel`, { as: other });
      await until(async () => (await endIn(path)) < alone * 1.5);
      const { body } = await call('POST', `${path}/pause`, { as: await apiKey('acme') });
      expect(body).to.not.have.any.keys('estimated_end_at', 'rows_per_second');
    } finally {
      leave();
      await own.end();
    }
  });

  /** Milliseconds from now. */
  async function endIn(path: string): Promise<number> {
    const { estimated_end_at } = await stateOf(path);
    return Date.parse(estimated_end_at) - Date.now();
  }

  it('is told as events with growing ids, from where it is to its end', async () => {
    const path = await accepted(rows(3_000), ONE_BY_ONE);
    await call('POST', `${path}/pause`, { as });
    const watcher = await watch(path, as);
    await watcher.untilTold(({ state }) => state.status === 'paused');
    await call('POST', `${path}/resume`, { as });
    expect([watcher.status, watcher.headers.get('content-type')]).to.deep.equal([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    expect(watcher.headers.get('cache-control')).to.equal('no-store');
    await watcher.ended;
    const { told } = watcher;
    expect(watcher.retry).to.equal(2_000);
    expect(told.every(({ event }) => event === 'import')).to.equal(true);
    const ids = told.map(({ id }) => Number(id));
    expect(ids).to.deep.equal([...new Set(ids)].sort((a, b) => a - b));
    // Some rows together, however slow the machine is.
    expect(told.length).to.be.within(2, 3_000 / 5);
    expect(told.at(-1)!.state).to.deep.equal(await stateOf(path));
    expect(told.at(-1)!.state.counts.created).to.equal(3_000);
    const created = told.map(({ state }) => state.counts.created as number);
    expect(created).to.deep.equal([...created].sort((a, b) => a - b));
    // Whoever has seen that comes no more; whoever has not is told at once.
    const knows = await watch(path, as, { lastEventId: told.at(-1)!.id! });
    expect(knows.status).to.equal(204);
    const late = await watch(path, as, { lastEventId: told.at(-2)!.id! });
    await late.ended;
    expect(late.told).to.deep.equal([told.at(-1)]);
  });

  it('goes on for whoever comes back with the last id, at another process, with what is new only', async () => {
    const path = await accepted(rows(6_000), ONE_BY_ONE);
    await call('POST', `${path}/pause`, { as });
    const first = await watch(path, as);
    const { id } = await first.untilTold(({ state }) => state.status === 'paused');
    first.leave();
    // What was under way ends; then nothing changes.
    await whenWorkersRest();
    const settled = await watch(path, as);
    const { id: now } = await settled.untilTold(() => true);
    settled.leave();
    expect(Number(now)).to.be.at.least(Number(id));
    const { apis } = await world();
    const second = await watch(path, as, { lastEventId: now!, at: apis[1] });
    await call('POST', `${path}/cancel`, { as });
    await second.ended;
    expect(second.told.map(({ state }) => state.status)).to.deep.equal(['cancelled']);
  });

  it('costs one subscription and one connection, however many watch', async () => {
    const redis = await openRedis();
    const path = await accepted(rows(6_000), ONE_BY_ONE);
    await call('POST', `${path}/pause`, { as });
    const count = async () => {
      const [, subscribers] = (await redis.call('PUBSUB', 'NUMSUB', 'trivium:imports:told')) as [
        string,
        number,
      ];
      const clients = ((await redis.client('LIST')) as string).trim().split('\n').length;
      return { subscribers, clients };
    };
    try {
      const before = await count();
      const { apis } = await world();
      expect(before.subscribers).to.be.at.least(apis.length);
      const watchers = await Promise.all(
        Array.from({ length: 60 }, (_, n) => watch(path, as, { at: apis[n % 2]! })),
      );
      await Promise.all(watchers.map((watcher) => watcher.untilTold(() => true)));
      const { subscribers, clients } = await count();
      expect(subscribers).to.equal(before.subscribers);
      // Others come and go.
      expect(clients - before.clients).to.be.below(20);
      const reads = async () => {
        const stats = await redis.info('commandstats');
        return Number(/cmdstat_hgetall:calls=(\d+)/.exec(stats)?.[1] ?? 0);
      };
      const readsBefore = await reads();
      await call('POST', `${path}/cancel`, { as });
      await Promise.all(watchers.map((watcher) => watcher.ended));
      for (const { told } of watchers) expect(told.at(-1)!.state.status).to.equal('cancelled');
      // One for each process, those of the call itself and of the worker, and whatever that does besides.
      expect((await reads()) - readsBefore).to.be.below(50);
    } finally {
      redis.disconnect();
    }
  });
});
