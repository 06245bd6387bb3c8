import { expect } from 'chai';
import { anyFreePort } from '../../../src/start/ports.ts';
import { world, WORLD_MS } from '../../support/world.ts';
import { deskOf, type Desk } from '../../command-line/trivium.ts';

describe('trivium import, when it cannot be', () => {
  let desk: Desk;
  let file: string;

  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    desk = await deskOf('acme');
    file = desk.file('users.ndjson', '{"email":"a@cli.example"}\n');
  });
  after(() => desk.clear());

  const cases: [string, () => string[], Record<string, string>, number, RegExp][] = [
    ['no arguments', () => [], {}, 1, /Usage: trivium/],
    ['no file', () => ['import'], {}, 1, /missing required argument 'file'/],
    ['an option nobody knows', () => ['import', file, '--secret', 'x'], {}, 1, /unknown option '--secret'/],
    [
      'a file that is not there',
      () => ['import', `${file}x`, '--format', 'csv'],
      {},
      1,
      /^There is no file .*users\.ndjsonx\.$/m,
    ],
    ['a folder', () => ['import', desk.folder, '--format', 'csv'], {}, 1, /is not a file/],
    ['a name that says no format', () => ['import', '/dev/null'], {}, 1, /Give --format csv, ndjson or json/],
    ['standard input of no format', () => ['import', '-'], {}, 1, /Give --format/],
    ['results of no format', () => ['import', file, '--out', 'results.xls'], {}, 1, /--out must end in/],
    ['no key', () => ['import', file], { TRIVIUM_CLIENT_SECRET: '' }, 1, /^The key is missing/],
    ['no address', () => ['import', file], { TRIVIUM_URL: '' }, 1, /^Where is the API\?/],
    [
      'an address with a password',
      () => ['import', file, '--url', 'http://:secret@localhost:1'],
      {},
      1,
      /must be the address/,
    ],
    ['no http address', () => ['import', file, '--url', 'ftp://x'], {}, 1, /must be the address/],
    ['results of a dry run', () => ['import', file, '--dry-run', '--out', 'x.csv'], {}, 1, /leave out --out/],
    ['a key in the clear', () => ['import', file, '--url', 'http://api.example.com'], {}, 1, /unencrypted/],
    [
      'a host that is not there',
      () => ['import', file, '--url', 'https://nowhere.invalid'],
      {},
      5,
      /could not be reached \(ENOTFOUND|EAI_AGAIN\)/,
    ],
  ];
  for (const [about, args, env, code, words] of cases) {
    it(`${about}: says so, and ends with ${code}`, async () => {
      const ended = await desk.run(args(), env);
      expect(ended.stderr).to.match(words);
      expect([ended.code, ended.stdout]).to.deep.equal([code, '']);
    });
  }

  it('tells a refused key from everything else, with the request id and what to do, and never shows it', async () => {
    const ended = await desk.run(['import', file], { TRIVIUM_CLIENT_SECRET: 'not-the-secret' });
    expect(ended.code).to.equal(2);
    expect(ended.stderr).to.match(/API key refused \(invalid_api_key, 401\)\n/);
    expect(ended.stderr).to.match(/\n {2}What to do: Check the key\./);
    expect(ended.stderr).to.match(/\n {2}Request id: \S+\n/);
    expect(ended.stderr)
      .not.to.include('not-the-secret')
      .and.not.to.match(/Uploaded/);
  });

  it('says that all is uploaded when it is there, and not when it was read', async () => {
    const port = await anyFreePort();
    const large = desk.file('some.ndjson', `{"email":"${'x'.repeat(1_000)}@cli.example"}\n`.repeat(300));
    for (const args of [['--url', `http://127.0.0.1:${port}`], []])
      for (const gzip of ['--gzip', '--no-gzip']) {
        const env = { TRIVIUM_CLIENT_SECRET: 'not-the-secret' };
        const { code, stderr } = await desk.run(['import', large, ...args, gzip], env);
        expect(code).to.equal(args.length > 0 ? 5 : 2);
        expect(stderr).to.not.include('100 %');
        if (code === 5) expect(stderr, 'nobody was there').to.not.include('Uploaded');
      }
    const { stderr } = await desk.run(['import', large, '--dry-run']);
    expect(stderr.match(/Uploaded 100 %/g), stderr).to.have.length(1);
  });

  it('hears a refusal that comes long before the end of the file', async () => {
    const large = desk.file('large.ndjson', `{"email":"${'x'.repeat(1_000)}@cli.example"}\n`.repeat(50_000));
    const before = desk.remembered();
    const ended = await desk.run(['import', large], { TRIVIUM_CLIENT_SECRET: 'not-the-secret' });
    expect(ended.stderr).to.include('API key refused (invalid_api_key, 401)');
    expect(ended.code).to.equal(2);
    expect(desk.remembered(), 'nothing was begun').to.deep.equal(before);
  });

  it('shows what a problem document says of the file', async () => {
    const empty = await desk.run(['import', desk.file('empty.ndjson', ' \n')]);
    expect(empty.code).to.equal(2);
    expect(empty.stderr).to.match(
      /Nothing to import \(empty_import, 422\)\n {2}What to do: Send at least one row\./,
    );
  });

  it('says what to do when nobody listens', async () => {
    const port = await anyFreePort();
    const ended = await desk.run(['import', file, '--url', `http://127.0.0.1:${port}`]);
    expect(ended.code).to.equal(5);
    expect(ended.stderr).to.match(
      /could not be reached \(ECONNREFUSED\)\.\n.*Is --url .* right.*\n.*run the same command again/,
    );
  });

  it('knows when it talks to something else', async () => {
    const { authority } = await world();
    const ended = await desk.run(['import', file, '--url', authority]);
    expect(ended.code).to.equal(2);
    expect(ended.stderr).to.match(/The server answered 404 .*\nIs --url .* the address of the API\?/);
  });
});
