import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { management } from '../support/authority.ts';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** Long enough for the locks of a dead worker to run out, and to be found. */
const RECOVERY_MS = 180_000;

describe('a worker that is killed', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('in the middle of an import costs no row and makes none twice', async function () {
    this.timeout(WORLD_MS + RECOVERY_MS);
    const { startWorker, control } = await world();
    const doomed = await startWorker('worker-doomed');
    const as = await apiKey('globex');
    const run = randomUUID().slice(0, 8);
    // So slow that there is something left to do when the worker is killed.
    await control.change({ latencyMs: 200 });
    // Several imports at once, so that both workers have slices of some in hand.
    const imports = await Promise.all(
      Array.from({ length: 4 }, async (_, n) => {
        const body = Array.from({ length: 200 }, (_row, i) => ({
          email: `k${n}-${i}-${run}@import.example`,
        }));
        const { headers } = await call('POST', '/v1/user-imports', { as, body });
        return headers.get('location')!;
      }),
    );
    const states = async () =>
      Promise.all(imports.map(async (path) => (await call('GET', path, { as })).body));
    const done = (all: { counts: { created: number } }[]) =>
      all.reduce((sum, { counts }) => sum + counts.created, 0);
    let seen = await states();
    while (done(seen) < 100) seen = await states();
    await doomed.stop('SIGKILL');
    await control.change({ latencyMs: 0 });
    expect(done(seen)).to.be.below(800);

    for (let all = await states(); all.some(({ status }) => status !== 'completed');) {
      await delay(200);
      all = await states();
    }
    for (const { counts } of await states()) {
      expect(counts).to.deep.equal({ pending: 0, created: 200, failed: 0, skipped: 0, unknown: 0 });
    }
    const sdk = await management();
    const emails: string[] = [];
    for (let page = 0; page < 9; page += 1) {
      const { data } = await sdk.users.list({
        q: `email:k*-${run}@import.example`,
        per_page: 100,
        page,
        sort: 'created_at:1',
      });
      emails.push(...data.map(({ email }) => email!));
    }
    expect(emails).to.have.length(800);
    expect(new Set(emails).size).to.equal(800);
  });
});
