/** An authority that refuses us, whatever the rows say: the import waits for the operator, and no row pays for it. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../support/api-keys.ts';
import { accepted, ended, rowsOf } from '../../support/imports.ts';
import { world, WORLD_MS } from '../../support/world.ts';

const ROWS = 5;
const refusals: [name: string, status: number, body: object][] = [
  [
    'several custom domains',
    409,
    { errorCode: 'custom_domain_conflict', message: 'The tenant has multiple …' },
  ],
  ['a conflict that it does not explain', 409, { errorCode: 'some_conflict', message: 'x' }],
  [
    'a scope that we lack',
    403,
    { errorCode: 'insufficient_scope', message: 'expected any of: create:users' },
  ],
  ['a connection that is gone', 400, { errorCode: 'inexistent_connection', message: 'x' }],
  ['a full account', 403, { errorCode: 'too_many_entities', message: 'x' }],
  ['a plan that lacks it', 403, { errorCode: 'insufficient_entitlement', message: 'x' }],
];

describe('an import that the authority refuses because of', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  for (const [name, status, body] of refusals)
    for (const channel of ['row_by_row', 'import_jobs'])
      it(`${name} waits, says so in the log, and creates its users afterwards (${channel})`, async () => {
        const { control, home } = await world();
        const path = channel === 'row_by_row' ? '/api/v2/users' : '/api/v2/jobs/users-imports';
        const effect = { kind: 'answer', status, body: { statusCode: status, ...body } } as const;
        const seen = (await readFile(join(home, 'logs', 'worker.log'), 'utf8')).split('\n').length - 1;
        const fault = await control.addFault({ method: 'POST', path, effect });
        const run = randomUUID().slice(0, 8);
        const rows = Array.from({ length: ROWS }, (_, i) => ({ email: `r${i}-${run}@refused.example` }));
        const at = await accepted(rows, { query: `?channel=${channel}` });
        await until(async () => (await control.faults()).some(({ hits }) => hits >= 2));
        expect((await rowsOf(at)).map((row) => row.status)).to.deep.equal(Array(ROWS).fill('pending'));
        const { errorCode: error_code } = body as { errorCode: string };
        await until(async () => {
          const log = await readFile(join(home, 'logs', 'worker.log'), 'utf8');
          const lines = log.split('\n').slice(seen);
          return lines.some((line) => line.includes('an import waits') && line.includes(error_code));
        });
        await control.removeFault(fault.id);
        expect((await ended(at)).counts).to.include({ created: ROWS, skipped: 0, failed: 0 });
      });
});
