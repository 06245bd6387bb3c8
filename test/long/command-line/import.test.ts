import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { world, WORLD_MS } from '../../support/world.ts';
import { deskOf, type Desk } from '../../command-line/trivium.ts';

const run = randomUUID().slice(0, 8);
const emails = (name: string, rows: number) =>
  Array.from({ length: rows }, (_, row) => `${name}-${row}-${run}@cli.example`);
const ndjson = (users: object[]) => users.map((user) => `${JSON.stringify(user)}\n`).join('');
const users = (name: string, rows: number) => emails(name, rows).map((email) => ({ email }));

describe('trivium import', () => {
  let desk: Desk;

  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    desk = await deskOf('acme');
  });
  after(() => desk.clear());
  afterEach(() => expect(desk.remembered(), 'nothing is left to take up').to.deep.equal([]));

  it('waits for the end, says it by its exit code, and brings what became of each row', async () => {
    const [first, ...rest] = users('mixed', 20);
    const rows = [first!, ...rest, first!, { email: '=1+1', name: 'A formula' }];
    const file = desk.file('users.ndjson', ndjson(rows));
    const out = `${desk.folder}/results.csv`;
    const { code, stdout, stderr } = await desk.run(['import', file, '--out', out]);
    expect(code).to.equal(3);
    expect(stdout).to.match(/^Import \S+ completed: 22 rows, 20 created, 2 failed/);
    expect(stdout.trim().split('\n')).to.have.length(1);
    expect(stderr)
      .to.match(/^Uploading .*users\.ndjson/)
      .and.to.include('has 22 rows')
      .and.not.to.include('\u001b');
    const lines = desk.read('results.csv').trim().split('\r\n');
    expect(lines).to.have.length(23);
    expect(lines[0]).to.equal('row,status,email,user_id,code,message,pointer');
    expect(lines[1]).to.match(new RegExp(`^1,created,mixed-0-${run}@cli\\.example,auth0\\|\\w+,,,$`));
    expect(lines[22], 'no spreadsheet takes it for a formula').to.match(
      /^22,failed,'=1\+1,,invalid_body,.*,\/email$/,
    );
    expect(desk.modeOf(out), 'for its owner only').to.equal('600');
    const secret = desk.env['TRIVIUM_CLIENT_SECRET']!;
    expect(stdout + stderr + lines.join()).not.to.include(secret);
  });

  it('brings results as NDJSON, more than one page of them', async () => {
    const file = desk.file('users.json', JSON.stringify(users('pages', 1_100)));
    const { code } = await desk.run(['import', file, '--gzip', '--out', `${desk.folder}/results.ndjson`]);
    expect(code).to.equal(0);
    const rows = desk
      .read('results.ndjson')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map(({ row, status, email }) => [row, status, email])).to.deep.equal(
      emails('pages', 1_100).map((email, index) => [index + 1, 'created', email]),
    );
  });

  it('takes standard input, packed or not', async () => {
    for (const [name, pack] of [
      ['plain', (text: string) => Buffer.from(text)],
      ['packed', gzipSync],
    ] as const) {
      const input = pack(ndjson(users(name, 3)));
      const { code, stdout } = await desk.run(['import', '-', '--format', 'ndjson', '--wait'], {}, input);
      expect([code, stdout]).to.deep.equal([0, stdout]);
      expect(stdout).to.match(/completed: 3 rows, 3 created\.\n$/);
    }
  });

  it('takes a file that is packed already', async () => {
    const file = desk.file('users.ndjson.gz', gzipSync(ndjson(users('gz', 3))));
    const { code, stdout } = await desk.run(['import', file, '--wait', '--gzip']);
    expect(code).to.equal(0);
    expect(stdout).to.include('3 created');
  });

  it('does not wait unless asked to; the same command then follows that import', async () => {
    const file = desk.file('later.ndjson', ndjson(users('later', 50)));
    const accepted = await desk.run(['import', file]);
    expect(accepted.code).to.equal(0);
    const id = /^Import (\S+) /.exec(accepted.stdout)![1]!;
    const [memory] = desk.remembered();
    if (memory) {
      expect(desk.modeOf(memory)).to.equal('600');
      const kept = JSON.parse(desk.read(memory.slice(desk.folder.length)));
      expect(Object.keys(kept)).to.have.members([
        'url',
        'file',
        'fingerprint',
        'idempotency_key',
        'import_id',
        'started_at',
      ]);
      expect(kept.import_id).to.equal(id);
    }
    const followed = await desk.run(['import', file, '--wait']);
    expect(followed.stdout).to.match(new RegExp(`^Import ${id} completed: 50 rows, 50 created\\.`));
    expect(followed.code).to.equal(0);
    // Its end was told: from here on the same command is a new one.
    const again = await desk.run(['import', file, '--wait']);
    expect(again.stdout)
      .to.match(/completed: 50 rows, 0 created, 50 skipped\./)
      .and.not.to.include(id);
    expect(again.code).to.equal(0);
  });
});
