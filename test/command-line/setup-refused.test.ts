/** What `trivium setup` says and does where it cannot go on, or has to wait. */
import { expect } from 'chai';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { contentOf, SetupAccount } from './setup-account.ts';
import { TRIVIUM } from './trivium.ts';

/** `script` of util-linux runs a program at a terminal of its own; on Debian it is always there (bsdutils). */
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux');

describe('trivium setup that cannot go on', () => {
  let account: SetupAccount;

  beforeEach(async () => {
    account = await SetupAccount.start();
  });
  afterEach(() => account.close());

  it('names every scope that its token lacks, before it changes anything', async () => {
    account.token = await account.tokenWith('read:clients read:tenant_settings');
    const refusal = await account.run().catch(String);
    expect(refusal)
      .to.include('lacks read:resource_servers')
      .and.include('update:actions')
      .and.not.include('read:clients,');
    const calls = account.standIn.controls.calls();
    expect(JSON.stringify(calls)).to.not.include('/api/v2/');
  });

  it('changes nothing of an account that has another API of Trivium, unless that one is given up', async () => {
    await account.run();
    const other = { audience: 'https://api.other.example', folder: account.path('other') };
    const before = await contentOf(account, { ids: true });
    const refusal = await account.run(other).catch(String);
    expect(refusal).to.include('it is made for the API https://api.setup.example').and.include('--folder');
    expect((await account.checked(other)).ending).to.equal('drift');
    expect(await contentOf(account, { ids: true })).to.deep.equal(before);
    expect(existsSync(other.folder)).to.equal(false);
    expect((await account.checked()).ending).to.equal('done');

    const replaced = { ...other, replaceActions: true, newKeys: true };
    expect((await account.run(replaced)).ending).to.equal('done');
    expect(JSON.stringify(await contentOf(account))).to.include("const ns = 'https://api.other.example'");
  });

  it('says why there was no answer, and of what is no Auth0', async () => {
    const page = createServer((_request, response) => response.end('<!doctype html>')).listen(0, 'localhost');
    await once(page, 'listening');
    const { port } = page.address() as AddressInfo;
    const args = ['setup', '--domain', `http://localhost:${port}`, '--audience', 'https://api.setup.example'];
    const client = { AUTH0_ACCESS_TOKEN: '', AUTH0_SETUP_CLIENT_ID: 'any', AUTH0_SETUP_CLIENT_SECRET: 'any' };
    const run = async () => account.start([...args, '--folder', account.folder], client).ended;
    const wrong = await run();
    page.close();
    expect([wrong.code, wrong.stderr.trim()]).to.deep.equal([
      5,
      `http://localhost:${port}/oauth/token did not answer in JSON: is it the domain of an Auth0 account?`,
    ]);
    const none = await run();
    expect([none.code, none.stderr.split('\n')[0]]).to.deep.equal([
      5,
      `http://localhost:${port}/ did not answer (ECONNREFUSED).`,
    ]);
  });

  it('goes on after a refusal that was in the words of Auth0', async () => {
    const { controls } = account.standIn;
    const body = {
      statusCode: 403,
      error: 'Forbidden',
      message: 'Not in your plan.',
      errorCode: 'insufficient_entitlement',
    };
    controls.addFault({
      method: 'POST',
      path: '/api/v2/actions/actions',
      times: 1,
      effect: { kind: 'answer', status: 403, body },
    });
    const refusal = await account.run().catch(String);
    expect(refusal)
      .to.include('POST /api/v2/actions/actions with 403: Not in your plan. (insufficient_entitlement)')
      .and.include('change the plan');
    expect((await account.run()).ending).to.equal('done');
    expect((await account.checked()).ending).to.equal('done');
  });

  it('waits as long as Auth0 says, and sends nothing twice that was done', async () => {
    const { controls } = account.standIn;
    for (const method of ['GET', 'POST'])
      controls.addFault({
        method,
        path: '/api/v2/*',
        skip: 3,
        times: 1,
        effect: { kind: 'rate_limit', retryAfter: 1 },
      });
    const { ending, said } = await account.run();
    expect([ending, said.match(/waiting 1 s/g)?.length]).to.deep.equal(['done', 2]);
    expect((await account.checked()).ending).to.equal('done');
  });

  it('does not repeat a write whose answer was lost, and goes on from what it did', async () => {
    const { controls } = account.standIn;
    controls.addFault({
      method: 'POST',
      path: '/api/v2/clients',
      times: 1,
      effect: { kind: 'drop', when: 'after' },
    });
    expect(await account.run().catch(String)).to.include('it goes on where it stopped');
    expect((await account.run()).ending).to.equal('done');
    const kinds = [...account.standIn.store.clients.values()].map((one) => one.client_metadata?.['kind']);
    expect(kinds.filter(Boolean)).to.have.members(['trivium_worker', 'trivium_operator']);
  });

  it('keeps files of one account from another, and values that somebody has set', async () => {
    await account.run();
    appendFileSync(
      join(account.folder, 'api.env'),
      'REDIS_URL=redis://127.0.0.1:6379\nPUBLIC_URL=https://other.example\n',
    );
    const before = account.read('api.env');
    const { printed } = await account.run();
    expect(printed).to.include('PUBLIC_URL is set to something else').and.include('"changes":[]');
    expect(account.read('api.env')).to.equal(before);
    const other = await account.run({ domain: 'other.eu.auth0.com' }).catch(String);
    expect(other).to.include('Name another --folder for this account.');
  });

  it('writes no value that a shell would read as something else', async () => {
    const where = (name: string) => account.path(name);
    for (const name of [`a'; echo run; "`, `o'brien$HOME`, 'a\nREDIS_URL=b']) {
      const refused = await account.run({ folder: where(name) }).catch(String);
      expect(refused, name).to.include('cannot be written into an environment file');
      expect(existsSync(where(name))).to.equal(false);
    }
    expect(
      [...account.standIn.store.clients.values()].filter((one) => one.client_metadata?.['kind']),
    ).to.deep.equal([]);

    const folder = where(`O'Brien & sons`);
    expect((await account.run({ folder })).ending).to.equal('done');
    const file = join(folder, 'workers.env');
    const key = join(folder, 'workers.key.pem');
    const shell = execFileSync('sh', ['-c', '. "$1"; printf %s "$AUTH0_PRIVATE_KEY_FILE"', 'sh', file]);
    expect(String(shell)).to.equal(key);
    const print = 'process.stdout.write(process.env.AUTH0_PRIVATE_KEY_FILE)';
    expect(String(execFileSync(process.execPath, [`--env-file=${file}`, '--eval', print]))).to.equal(key);
    expect((await account.run({ folder })).printed).to.include('"changes":[]');
  });

  it('trusts no folder that others may write into', async () => {
    mkdirSync(account.folder);
    writeFileSync(join(account.folder, 'api.env'), 'AUTHORITY_URL=https://elsewhere.example/\n');
    chmodSync(account.folder, 0o777);
    const refused = await account.run().catch(String);
    expect(refused).to.include('may be written by every user');
  });

  it('asks for the token at a terminal, without showing it', async function () {
    if (!hasScript) this.skip();
    const options = `--domain ${account.standIn.url} --audience https://api.setup.example --folder "${account.folder}"`;
    const command = `"${process.execPath}" "${TRIVIUM}" setup ${options}`;
    const child = spawn('script', ['-qec', command, '/dev/null'], { env: { PATH: process.env['PATH'] } });
    const answers: [RegExp, string][] = [
      [/it is not shown\): $/, account.token],
      [/Do this\? \[y\/N\]: /, 'y'],
    ];
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      const [next] = answers;
      if (next?.[0].test(shown)) child.stdin.write(`${answers.shift()?.[1]}\r`);
    });
    const [code] = (await once(child, 'close')) as [number];
    expect([code, answers.length], shown).to.deep.equal([0, 0]);
    expect(shown).to.include('What comes next:').and.not.include(account.token.slice(-20));
    expect((await account.checked()).ending).to.equal('done');
  });

  it('refuses what would send the token elsewhere, or into an Action’s code', async () => {
    for (const domain of ['http://example.com', 'https://example.com/path', 'https://user@example.com'])
      expect(await account.run({ domain }).catch(String), domain).to.match(/--domain|unencrypted/);
    for (const audience of [
      "https://api.example.com/'",
      'https://a.example/`',
      'urn:api',
      'https://a.example/',
    ])
      expect(await account.run({ audience }).catch(String), audience).to.include('--audience must be a URL');
    expect(await contentOf(account)).to.have.nested.property('bindings[0].bindings').that.is.empty;
  });
});
