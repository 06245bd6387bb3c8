/**
 * `kill -9` of the worker that has an import job in hand, at each point of its way: before the authority made it, after it did and
 * before its id was known, while it runs, and while it is settled. What counts is what the authority has then.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { until } from '../support/api-keys.ts';
import { apiKey } from '../support/callers.ts';
import { idsAtAuthority, idsOf, sendImport, toldRows, whenCompleted } from '../support/user-imports.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** Long enough for the lock of a dead worker to run out, and to be found. */
const RECOVERY_MS = 90_000;
const ROWS = 300;
const MAKE = '/api/v2/jobs/users-imports';
const JOB = '/api/v2/jobs/{id}';

const points = {
  'before the job is made': { method: 'POST', path: MAKE, effect: { kind: 'hang', when: 'before' } },
  'after it is made, before its id is known': {
    method: 'POST',
    path: MAKE,
    effect: { kind: 'hang', when: 'after' },
  },
  'while it runs': { method: 'GET', path: JOB, effect: { kind: 'hang', when: 'before' } },
  'while its errors are read': {
    method: 'GET',
    path: `${JOB}/errors`,
    effect: { kind: 'hang', when: 'before' },
  },
} as const;

describe('a worker that is killed with an import job in hand', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  for (const [point, fault] of Object.entries(points))
    it(`${point}: each row has one outcome, and one user at most`, async function () {
      this.timeout(WORLD_MS + RECOVERY_MS);
      const { control, parts, startWorker } = await world();
      const as = await apiKey('acme');
      const prefix = `killed-${randomUUID().slice(0, 8)}`;
      const here = { email: `${prefix}-here@import.example` };
      await whenCompleted(await sendImport([here], '?channel=row_by_row', as), as);
      const [first] = await idsAtAuthority(prefix);
      await control.forgetCalls();
      await control.addFault({ ...fault, times: 1 });
      const rows = Array.from({ length: ROWS }, (_, i) => ({ email: `${prefix}-${i}@import.example` }));
      const path = await sendImport([...rows, here], '?channel=import_jobs', as);
      await until(async () => (await control.faults()).every(({ hits }) => hits === 1));
      await parts.worker.stop('SIGKILL');
      await control.clearFaults();
      parts.worker = await startWorker('worker');

      const { counts } = await whenCompleted(path, as);
      expect(counts).to.deep.equal({ pending: 0, created: ROWS, failed: 0, skipped: 1, unknown: 0 });
      expect(await idsAtAuthority(prefix)).to.deep.equal([...idsOf(await toldRows(path, as)), first].sort());
      const calls = await control.calls();
      expect(calls).to.not.have.property('POST /api/v2/jobs/verification-email');
      expect(calls).to.not.have.property('POST /api/v2/users');
    });
});
