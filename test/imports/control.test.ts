/** Cancel, pause and resume, while others import and call, on a plan so slow that there is always something left to do. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { until } from '../support/api-keys.ts';
import { call } from '../support/client.ts';
import { accepted, ended, rowsOf, stateOf } from '../support/imports.ts';
import { WORLD_MS } from '../support/world.ts';
import { busyDeployment, PER_SECOND, rowsFor, type BusyDeployment } from './busy-deployment.ts';

describe('an import under way, beside others', () => {
  let busy: BusyDeployment;
  let as: string;
  let other: string;
  before(async function () {
    this.timeout(WORLD_MS);
    busy = await busyDeployment();
    ({ as, other } = busy);
  });
  after(async () => {
    await busy?.end();
  });
  const act = (path: string, action: string) => call('POST', `${path}/${action}`, { as });
  const held = (name: string) => busy.held(name);

  it('is cancelled within a second, for good; what is done stays done and is listed', async () => {
    const name = randomUUID();
    const path = await accepted(rowsFor(name, 500), { as });
    await until(async () => (await busy.created(path)) >= 10);
    const answer = await act(path, 'cancel');
    expect([answer.status, answer.body.status]).to.deep.equal([200, 'cancelled']);
    expect(answer.body).to.have.property('completed_at');
    // The second that calls under way have to end.
    await busy.aSecond();
    const after = await held(name);
    expect(after.length).to.be.within(10, 499);
    // Others go on meanwhile, so its turn would have come.
    await busy.aSecond();
    expect(await held(name)).to.deep.equal(after);
    const listed = await rowsOf(path, '&status=created', as);
    expect(listed.map(({ user_id }) => user_id!).sort()).to.deep.equal(after);
    const { counts } = await stateOf(path, as);
    expect(counts).to.deep.equal({
      pending: 500 - after.length,
      created: after.length,
      failed: 0,
      skipped: 0,
      unknown: 0,
    });
    expect(await rowsOf(path, '&status=pending', as)).to.have.length(500 - after.length);
    // Once more is as good as once; anything else is too late.
    expect((await act(path, 'cancel')).body.status).to.equal('cancelled');
    for (const action of ['pause', 'resume']) {
      const { status, body } = await act(path, action);
      expect([status, body.code]).to.deep.equal([409, 'import_ended']);
    }
  });

  it('is paused and resumed, and ends with each row once', async () => {
    const name = randomUUID();
    const path = await accepted(rowsFor(name, 100), { as });
    await until(async () => (await busy.created(path)) >= 5);
    expect((await act(path, 'pause')).body.status).to.equal('paused');
    expect((await act(path, 'pause')).body.status).to.equal('paused');
    // From then on nothing changes while others get on.
    await busy.aSecond();
    const still = await busy.created(path);
    const ids = await held(name);
    await busy.aSecond();
    expect([await busy.created(path), await held(name)]).to.deep.equal([still, ids]);
    expect(ids).to.have.length(still);
    expect((await act(path, 'resume')).body.status).to.equal('running');
    expect((await act(path, 'resume')).body.status).to.equal('running');
    expect((await ended(path, as)).counts).to.include({ pending: 0, created: 100 });
    expect(await held(name)).to.deep.equal(
      (await rowsOf(path, '', as)).map(({ user_id }) => user_id!).sort(),
    );
    for (const action of ['pause', 'resume', 'cancel']) {
      const { status, body } = await act(path, action);
      expect([status, body.code]).to.deep.equal([409, 'import_ended']);
    }
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
    const before = await busy.created(other);
    const { status } = await call('POST', '/v1/users', {
      as,
      body: { email: `${randomUUID()}@control.example` },
    });
    expect(status).to.equal(201);
    // Of 20,000 that wait.
    expect((await busy.created(other)) - before).to.be.below(5 * PER_SECOND);
  });
});
