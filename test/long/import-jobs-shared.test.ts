/** Two workers, three imports of two tenants: never more than the two jobs that the account may have, and each gets its turn. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { apiKey } from '../support/callers.ts';
import { until } from '../support/api-keys.ts';
import { call } from '../support/client.ts';
import { idsAtAuthority, idsOf, sendImport, toldRows } from '../support/user-imports.ts';
import { world, WORLD_MS } from '../support/world.ts';

const ROWS = 900;
const rows = (prefix: string) =>
  Array.from({ length: ROWS }, (_, i) => ({
    email: `${prefix}-${i}@import.example`,
    // Five files: each row is two kilobytes and more.
    user_metadata: { note: 'x'.repeat(2_200) },
  }));

describe('import jobs of several imports', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('share the two places of the account, over workers, while a worker is killed', async function () {
    this.timeout(360_000);
    const { control, parts, startWorker } = await world();
    const second = await startWorker('worker-second');
    const run = randomUUID().slice(0, 8);
    const owners = ['acme', 'acme', 'globex'] as const;
    const keys = await Promise.all(owners.map((tenant) => apiKey(tenant)));
    // A file takes two seconds: long enough that all three want places at once.
    await control.change({ importUsersPerSecond: 110 });
    await control.forgetCalls();
    const paths: string[] = [];
    for (const [i, as] of keys.entries())
      paths.push(await sendImport(rows(`shared-${run}-${i}`), '?channel=import_jobs', as));
    const states = () =>
      Promise.all(paths.map(async (path, i) => (await call('GET', path, { as: keys[i]! })).body));
    const created = async () => (await states()).map(({ counts }) => counts.created as number);
    // None waits for another one's end.
    let counts: number[] = [];
    await until(async () => (counts = await created()).every((count) => count > 0));
    expect(Math.max(...counts)).to.be.below(ROWS);
    await parts.worker.stop('SIGKILL');
    parts.worker = await startWorker('worker');
    await until(async () => (await states()).every(({ status }) => status === 'completed'));
    await second.stop();
    await control.change({ importUsersPerSecond: 2_000 });

    for (const [i, path] of paths.entries()) {
      const told = await toldRows(path, keys[i]!);
      expect(told.filter(({ status }) => status === 'created')).to.have.length(ROWS);
      expect(await idsAtAuthority(`shared-${run}-${i}-`)).to.deep.equal(idsOf(told));
    }
    // The authority refuses a third job, so that a refusal is how it counts one too many.
    const calls = await control.calls();
    expect(Object.values(calls).flatMap((statuses) => statuses['429'] ?? [])).to.deep.equal([]);
  });
});
