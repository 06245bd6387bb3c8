/** Imports that are paused and resumed many times, and at the worst moment. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { busyDeployment, PER_SECOND, rowsFor, type BusyDeployment } from '../imports/busy-deployment.ts';
import { until } from '../support/api-keys.ts';
import { call } from '../support/client.ts';
import { accepted, ended, rowsOf } from '../support/imports.ts';
import { WORLD_MS } from '../support/world.ts';

describe('an import that is steered a lot, beside others', () => {
  let busy: BusyDeployment;
  let as: string;
  before(async function () {
    this.timeout(WORLD_MS);
    busy = await busyDeployment();
    ({ as } = busy);
  });
  after(async () => {
    await busy?.end();
  });
  const act = (path: string, action: string) => call('POST', `${path}/${action}`, { as });

  it('is paused and resumed, again and again, and ends with each row once', async function () {
    this.timeout(360_000);
    const name = randomUUID();
    const path = await accepted(rowsFor(name, 240), { as });
    for (const least of [5, 30, 60]) {
      await until(async () => (await busy.created(path)) >= least);
      expect((await act(path, 'pause')).body.status).to.equal('paused');
      expect((await act(path, 'pause')).body.status).to.equal('paused');
      // Whatever was under way has ended; from then on nothing changes while others get on.
      await busy.aSecond();
      const still = await busy.created(path);
      const ids = await busy.held(name);
      await busy.aSecond();
      expect([await busy.created(path), await busy.held(name)]).to.deep.equal([still, ids]);
      expect(ids).to.have.length(still);
      const resumed = await act(path, 'resume');
      expect(resumed.body.status).to.equal('running');
      expect((await act(path, 'resume')).body.status).to.equal('running');
    }
    const { counts } = await ended(path, as);
    expect(counts).to.include({ pending: 0, created: 240 });
    expect(await busy.held(name)).to.deep.equal(
      (await rowsOf(path, '', as)).map(({ user_id }) => user_id!).sort(),
    );
    for (const action of ['pause', 'resume', 'cancel']) {
      const { status, body } = await act(path, action);
      expect([status, body.code]).to.deep.equal([409, 'import_ended']);
    }
  });

  it('goes on soon when it is resumed while its last calls before the pause are still under way', async () => {
    // Long enough that a slice is still in a worker's hands when the import is resumed.
    const latencyMs = 400;
    const underWay = 2 * PER_SECOND * (latencyMs / 1_000);
    const path = await accepted(rowsFor(randomUUID(), 1_000), { as });
    await busy.own.control.change({ latencyMs });
    try {
      for (const pauseMs of [0, 50, 150, 300]) {
        await until(async () => (await busy.created(path)) > 0);
        await act(path, 'pause');
        const before = await busy.created(path);
        await delay(pauseMs);
        await act(path, 'resume');
        const ofOther = await busy.created(busy.other);
        await until(async () => (await busy.created(path)) > before + underWay);
        // Not only when somebody looks through all imports, every half minute.
        const meanwhile = (await busy.created(busy.other)) - ofOther;
        expect(meanwhile, `after ${pauseMs} ms`).to.be.below(8 * PER_SECOND);
      }
    } finally {
      await busy.own.control.change({ latencyMs: 0 });
    }
    await act(path, 'cancel');
  });
});
