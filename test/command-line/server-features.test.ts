/** What the program does with features of the server that its contract may or may not have: each runs when it has. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { loadContract } from '../../src/contract/load-contract.ts';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { deskOf, type Desk } from './trivium.ts';

const created = loadContract().operations.get('createUserImport')!;
const hasDryRun = created.parameters.some(({ name }) => name === 'dry_run');
const hasCsv = created.body!.schemaPointers.has('text/csv');

const run = randomUUID().slice(0, 8);
const csv = `email;name\r\na-${run}@cli.example;"Ada; the ""first"" one"\r\nb-${run}@cli.example;Bob;more\r\n`;

describe('trivium import, with what the server may have', () => {
  let desk: Desk;

  before(async function () {
    // The server's part of user imports is merged after this one.
    if (!hasDryRun || !hasCsv) this.skip();
    this.timeout(WORLD_MS);
    await world();
    desk = await deskOf('globex');
  });
  after(() => desk?.clear());

  it('tries a CSV file, and then imports it', async () => {
    const file = desk.file('users.csv', csv);
    const dry = await desk.run(['import', file, '--dry-run']);
    expect(dry.stdout).to.match(
      /^Dry run: 2 rows, 1 valid, 1 wrong\.\n {2}row 2: The row has 3 cells.* \(line 3\)\n/,
    );
    expect([dry.code, desk.remembered()]).to.deep.equal([3, []]);
    const wet = await desk.run([
      'import',
      file,
      '--gzip',
      '--user-events',
      '--out',
      `${desk.folder}/results.csv`,
    ]);
    expect(wet.stdout).to.match(/completed: 2 rows, 1 created, 1 failed\./);
    const path = `/v1/user-imports/${/Import (\S+) completed/.exec(wet.stdout)![1]!}`;
    expect((await call('GET', path, { as: await apiKey('globex') })).body).to.include({ user_events: true });
    expect(wet.code).to.equal(3);
    const results = desk.read('results.csv').split(/\r?\n/);
    expect(results[0]).to.equal('row,status,email,user_id,code,message,pointer');
    expect(results[1]).to.match(new RegExp(`^1,created,a-${run}@cli\\.example,`));
  });
});
