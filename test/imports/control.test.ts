/** Cancel, pause and resume, while others import and call, on a plan so slow that there is always something left to do. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../support/api-keys.ts';
import { managementOf } from '../support/authority.ts';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { accepted, ended, rowsOf, stateOf } from '../support/imports.ts';
import { ownWorld } from '../support/own-deployment.ts';
import type { OwnDeployment } from '../support/own-deployment.ts';
import { moveInto, WORLD_MS } from '../support/world.ts';

/** Calls at once, and calls a second. */
const PER_SECOND = 40;
const SLOW_PLAN = `5,${PER_SECOND}`;

const rowsFor = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({ email: `${name}-${i}@control.example` }));

describe('an import under way, beside others', () => {
  let own: OwnDeployment;
  let leave: () => void;
  let as: string;
  let stranger: string;
  before(async function () {
    this.timeout(WORLD_MS);
    const mine = await ownWorld({ plan: SLOW_PLAN });
    own = mine;
    leave = moveInto(mine);
    as = await apiKey('acme');
    stranger = await apiKey('globex');
    // Two more that want their share all the time.
    for (const who of [as, stranger])
      await accepted(rowsFor(randomUUID(), 20_000), { as: who, query: '?channel=row_by_row' });
  });
  after(async function () {
    this.timeout(60_000);
    leave?.();
    await own?.end();
  });

  const act = (path: string, action: string) => call('POST', `${path}/${action}`, { as });
  const created = async (path: string) => (await stateOf(path, as)).counts.created as number;
  /** Ids of its users, as the authority has them. */
  async function held(name: string): Promise<string[]> {
    const ids: string[] = [];
    for (let page = 0; ; page += 1) {
      const q = `email:${name}-*@control.example`;
      const { data } = await managementOf(own).users.list({ q, per_page: 100, page });
      ids.push(...data.map(({ user_id }) => user_id!));
      if (data.length < 100) return ids.sort();
    }
  }

  it('is cancelled within a second, for good; what is done stays done and is listed', async function () {
    this.timeout(60_000);
    const name = randomUUID();
    const path = await accepted(rowsFor(name, 500), { as });
    await until(async () => (await created(path)) >= 10);
    const answer = await act(path, 'cancel');
    expect([answer.status, answer.body.status]).to.deep.equal([200, 'cancelled']);
    expect(answer.body).to.have.property('completed_at');
    // The second that calls under way have to end.
    await delay(1_000);
    const after = await held(name);
    expect(after.length).to.be.within(10, 499);
    // Others go on meanwhile, so its turn would have come.
    const marks = await call('GET', '/v1/user-imports?limit=100', { as });
    const other = `/v1/user-imports/${marks.body.imports.at(-1).id}`;
    const before = await created(other);
    await until(async () => (await created(other)) >= before + 30);
    expect(await held(name)).to.deep.equal(after);
    const listed = await rowsOf(path, '&status=created', as);
    expect(listed.map(({ user_id }) => user_id!).sort()).to.deep.equal(after);
    const { counts } = await stateOf(path, as);
    expect(counts).to.deep.equal({
      ...{ pending: 500 - after.length, created: after.length, failed: 0, skipped: 0, unknown: 0 },
    });
    expect(await rowsOf(path, '&status=pending', as)).to.have.length(500 - after.length);
    // Once more is as good as once; anything else is too late.
    expect((await act(path, 'cancel')).body.status).to.equal('cancelled');
    for (const action of ['pause', 'resume']) {
      const { status, body } = await act(path, action);
      expect([status, body.code]).to.deep.equal([409, 'import_ended']);
    }
  });

  it('is paused and resumed, again and again, and ends with each row once', async function () {
    this.timeout(120_000);
    const name = randomUUID();
    const path = await accepted(rowsFor(name, 120), { as });
    for (const least of [5, 30, 60]) {
      await until(async () => (await created(path)) >= least);
      expect((await act(path, 'pause')).body.status).to.equal('paused');
      expect((await act(path, 'pause')).body.status).to.equal('paused');
      // Whatever was under way has ended; from then on nothing changes while others get on.
      await delay(1_000);
      const still = await created(path);
      const ids = await held(name);
      await delay(500);
      expect([await created(path), await held(name)]).to.deep.equal([still, ids]);
      expect(ids).to.have.length(still);
      const resumed = await act(path, 'resume');
      expect(resumed.body.status).to.equal('running');
      expect((await act(path, 'resume')).body.status).to.equal('running');
    }
    const { counts } = await ended(path, as);
    expect(counts).to.include({ pending: 0, created: 120 });
    expect(await held(name)).to.deep.equal(
      (await rowsOf(path, '', as)).map(({ user_id }) => user_id!).sort(),
    );
    for (const action of ['pause', 'resume', 'cancel']) {
      const { status, body } = await act(path, action);
      expect([status, body.code]).to.deep.equal([409, 'import_ended']);
    }
  });

  it('goes on soon when it is resumed while its last calls before the pause are still under way', async function () {
    this.timeout(60_000);
    // Long enough that a slice is still in a worker's hands when the import is resumed.
    const latencyMs = 400;
    const underWay = 2 * PER_SECOND * (latencyMs / 1_000);
    const path = await accepted(rowsFor(randomUUID(), 1_000), { as });
    await own.control.change({ latencyMs });
    try {
      for (const pauseMs of [0, 50, 150, 300]) {
        await until(async () => (await created(path)) > 0);
        await act(path, 'pause');
        const before = await created(path);
        await delay(pauseMs);
        await act(path, 'resume');
        const resumed = Date.now();
        await until(async () => (await created(path)) > before + underWay);
        // Not only when somebody looks through all imports, every half minute.
        expect(Date.now() - resumed, `after ${pauseMs} ms`).to.be.below(15_000);
      }
    } finally {
      await own.control.change({ latencyMs: 0 });
    }
    await act(path, 'cancel');
  });

  it('is paused before its first row, resumed as what it was, and cancelled while it is paused', async () => {
    const path = await accepted(rowsFor(randomUUID(), 50), { as });
    await act(path, 'pause');
    const { body } = await act(path, 'resume');
    expect(body.status).to.equal(body.started_at === undefined ? 'queued' : 'running');
    await act(path, 'pause');
    expect((await act(path, 'cancel')).body.status).to.equal('cancelled');
    const { imports } = (await call('GET', '/v1/user-imports?limit=1', { as })).body;
    expect(imports[0]).to.include({ id: path.split('/').at(-1), status: 'cancelled' });
  });

  it('leaves single calls their time: none waits for a backlog', async () => {
    const started = Date.now();
    const { status } = await call('POST', '/v1/users', {
      as,
      body: { email: `${randomUUID()}@control.example` },
    });
    expect(status).to.equal(201);
    expect(Date.now() - started).to.be.below(5_000);
  });
});
