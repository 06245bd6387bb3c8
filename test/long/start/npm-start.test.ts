import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { DevJson } from '../../../src/start/dev-json.ts';
import { accessToken } from '../../../src/start/sign-in.ts';
import { basic } from '../../support/callers.ts';
import { isAlive, runProgram, type RunningProgram } from '../../start/program.ts';

/** Redis may have to be fetched before the first start. */
const FIRST_START_MS = 240_000;
/** Some seconds, and as many more as a busy machine makes of them. */
const SECOND_START_MS = 180_000;
const STOP_MS = 120_000;

describe('npm start', () => {
  let home: string;
  let running: RunningProgram | undefined;

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'trivium-start-'));
  });

  /** What a failed test left would fail the next one, too. */
  async function stop(): Promise<void> {
    if (!running || !isAlive(running.pid)) return;
    running.kill('SIGTERM');
    await running.ended;
  }

  after(async function () {
    this.timeout(STOP_MS);
    await stop();
    await rm(home, { recursive: true, force: true });
  });

  const start = (env: Record<string, string> = {}) =>
    runProgram('src/start/main.ts', { TRIVIUM_HOME: home, PORT: '0', AUTHORITY_PORT: '0', ...env });

  async function ready(): Promise<RunningProgram> {
    running = start();
    await running.untilSaid(/Trivium is ready/);
    // The last of its words.
    await running.untilSaid(/Ctrl-C/);
    return running;
  }

  const devJson = async () => JSON.parse(await readFile(join(home, 'dev.json'), 'utf8')) as DevJson;

  function callAsTenant(dev: DevJson, path: string, init: RequestInit = {}): Promise<Response> {
    const { client_id, client_secret } = dev.tenants[0]!.api_key;
    const headers = { authorization: basic(client_id, client_secret), 'content-type': 'application/json' };
    return fetch(dev.api + path, { ...init, headers });
  }

  let first: DevJson;
  let userId: string;

  it('starts everything, and writes down where it is and who may call', async function () {
    this.timeout(FIRST_START_MS);
    const program = await ready();
    first = await devJson();
    expect(first).to.have.all.keys('api', 'authority', 'audience', 'redis', 'tenants', 'operator');
    expect(first.api).to.match(/^http:\/\/localhost:\d+$/);
    expect(first.authority).to.match(/^http:\/\/localhost:\d+\/$/);
    expect(first.audience).to.equal(first.api);
    expect(first.redis).to.match(/^redis:\/\/127\.0\.0\.1:\d+$/);
    expect(first.operator).to.have.all.keys('client_id', 'client_secret');
    expect(first.tenants.map(({ id }) => id)).to.deep.equal(['acme', 'globex', 'hooli']);
    // They share the web app, and their users live in one database; the third one is an organization besides.
    expect(new Set(first.tenants.map(({ spa_client_id }) => spa_client_id)).size).to.equal(1);
    for (const tenant of first.tenants) {
      const more = tenant.id === 'hooli' ? ['organization'] : [];
      const keys = ['id', 'spa_client_id', 'spa_redirect_uri', 'api_key', 'users', ...more];
      expect(tenant).to.have.all.keys(...keys);
      expect(tenant.api_key).to.have.all.keys('client_id', 'client_secret');
      expect(tenant.users.map(({ roles }) => roles)).to.deep.equal([['admin'], ['member']]);
      for (const user of tenant.users) expect(user).to.have.all.keys('email', 'password', 'roles', 'user_id');
    }
    for (const word of ['-- user acme', '-- app acme', 'curl -u', '-- user hooli', 'npm run demo'])
      expect(program.said()).to.contain(word);
  });

  it('is not taken for what another folder has written about the same address', async () => {
    const other = await mkdtemp(join(tmpdir(), 'trivium-other-'));
    try {
      await copyFile(join(home, 'dev.json'), join(other, 'dev.json'));
      const token = (env: Record<string, string>) => runProgram('src/start/token.ts', env, ['user', 'acme']);
      const right = token({ TRIVIUM_HOME: home });
      expect([await right.ended, right.said()]).to.deep.equal([0, right.said().match(/^ey.+\n$/)?.[0]]);
      const wrong = token({ TRIVIUM_HOME: other });
      expect(await wrong.ended).to.equal(1);
      expect(wrong.said()).to.contain(`Nothing is running in ${other}`);
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });

  it('lets in the users of each tenant, by the web app that they share', async () => {
    for (const tenant of first.tenants)
      for (const user of tenant.users) {
        const { id, spa_client_id: clientId, spa_redirect_uri: redirectUri, organization } = tenant;
        const { authority, audience } = first;
        const wanted = { authority, audience, clientId, redirectUri, organization, scope: 'openid', ...user };
        const headers = {
          authorization: `Bearer ${await accessToken(wanted)}`,
          origin: new URL(redirectUri).origin,
        };
        const response = await fetch(`${first.api}/v1/me`, { headers });
        expect(await response.json()).to.include({ tenant_id: id, user_id: user.user_id });
        expect(response.headers.get('access-control-allow-origin')).to.equal(headers.origin);
      }
  });

  it('lets nobody else read what it wrote', async () => {
    expect((await stat(home)).mode & 0o077).to.equal(0);
    for (const file of ['dev.json', 'memory.json', 'seed.json', 'logs/api.log'])
      expect((await stat(join(home, file))).mode & 0o077, file).to.equal(0);
  });

  it('made the API key, which creates a user', async () => {
    const response = await callAsTenant(first, '/v1/users', {
      method: 'POST',
      body: JSON.stringify({ email: 'ada@acme.example', name: 'Ada' }),
    });
    expect(response.status).to.equal(201);
    userId = ((await response.json()) as { user_id: string }).user_id;
  });

  it('is checked by the doctor, which says so in one line', async function () {
    this.timeout(SECOND_START_MS);
    await running!.untilSaid(/trivium doctor/);
    expect(running!.said()).to.match(/^Checked by trivium doctor: all is well \(\d+ proofs\)\.$/m);
  });

  it('refuses to start twice in one folder, and leaves the first alone', async () => {
    const second = start();
    expect(await second.ended).to.equal(1);
    expect(second.said()).to.contain(`Trivium already runs in ${home}`);
    expect((await fetch(`${first.api}/readyz`)).status).to.equal(200);
  });

  it('ends all of it on Ctrl-C, with 0', async function () {
    this.timeout(STOP_MS);
    const started = running!.descendants();
    expect(started).to.have.length.of.at.least(4);
    running!.kill('SIGINT');
    expect(await running!.ended).to.equal(0);
    await untilGone(started);
  });

  it('is ready soon the second time, at the same addresses, with all data', async function () {
    this.timeout(SECOND_START_MS);
    await ready();
    expect(await devJson()).to.deep.equal(first);
    const response = await callAsTenant(first, `/v1/users/${encodeURIComponent(userId)}`);
    expect(await response.json()).to.include({ user_id: userId, email: 'ada@acme.example', name: 'Ada' });
  });

  it('says which part ended by itself, and ends the others', async function () {
    this.timeout(STOP_MS);
    const started = running!.descendants();
    const [, port] = /:(\d+)$/.exec(first.redis)!;
    const redis = started.find((pid) => commandOf(pid).includes(`:${port}`));
    process.kill(redis!, 'SIGKILL');
    expect(await running!.ended).to.equal(1);
    expect(running!.said()).to.contain(`redis ended; its log is ${home}/`);
    await untilGone(started);
  });

  it('leaves nothing behind when it is killed, and starts again', async function () {
    this.timeout(2 * SECOND_START_MS + STOP_MS);
    await ready();
    const started = running!.descendants();
    running!.kill('SIGKILL');
    await untilGone(started);
    // Redis went last: what the others had still to write down, they did.
    for (const part of ['api', 'worker'])
      expect(await readFile(join(home, 'logs', `${part}.log`), 'utf8')).to.not.contain('ECONNREFUSED');
    await ready();
    expect((await callAsTenant(first, `/v1/users/${encodeURIComponent(userId)}`)).status).to.equal(200);
    running!.kill('SIGTERM');
    expect(await running!.ended).to.equal(0);
  });

  it('does not take another port than the one asked for', async function () {
    this.timeout(STOP_MS + SECOND_START_MS);
    await stop();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const program = start({ PORT: String(port) });
    const code = await program.ended;
    server.close();
    expect(code).to.equal(1);
    expect(program.said().trim()).to.equal(`PORT: port ${port} is taken`);
  });
});

function commandOf(pid: number): string {
  return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
}

async function untilGone(pids: number[]): Promise<void> {
  for (const pid of pids) while (isAlive(pid)) await delay(20);
}
