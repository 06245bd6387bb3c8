import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { anyFreePort } from '../../../src/start/ports.ts';
import { ControlClient } from '../../../src/stand-in/control/control-client.ts';
import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import type { UserProfile } from '../../../src/stand-in/store/records.ts';
import { until } from '../../support/api-keys.ts';
import {
  account,
  AUDIENCE,
  callManagement,
  CONNECTION,
  PASSWORD,
  postToken,
} from '../../stand-in/account.ts';

const MAIN = new URL('../../../src/stand-in/main.ts', import.meta.url);
/** A process that loads TypeScript takes a while to come up on a busy machine. */
const SLOW_MS = 180_000;

interface Running {
  child: ChildProcess;
  /** As much of a stand-in as the calls in account.ts look at. */
  standIn: StandIn;
  controlUrl: string | undefined;
  output: () => string;
}

describe('stand-in: program', function () {
  this.timeout(SLOW_MS);
  let folder: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  function spawn(environment: Record<string, string>): { child: ChildProcess; output: () => string } {
    let output = '';
    const child = fork(MAIN, {
      execArgv: ['--import', 'tsx'],
      env: { PATH: process.env['PATH'], NODE_ENV: 'development', ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.stdout?.on('data', (chunk: Buffer) => (output += String(chunk)));
    child.stderr?.on('data', (chunk: Buffer) => (output += String(chunk)));
    children.push(child);
    return { child, output: () => output };
  }

  async function start(environment: Record<string, string> = {}): Promise<Running> {
    const { child, output } = spawn({ AUTHORITY_PORT: '0', ...environment });
    const exited = once(child, 'exit').then(() => Promise.reject(new Error(output())));
    const [message] = (await Promise.race([once(child, 'message'), exited])) as [
      { type: string; url: string; controlUrl?: string },
    ];
    exited.catch(() => undefined);
    expect(message.type).to.equal('ready');
    // What it printed comes another way, and perhaps later.
    await until(() => output().includes('Local stand-in for Auth0'));
    await until(() => message.controlUrl === undefined || output().includes(message.controlUrl));
    const { url, controlUrl } = message;
    return { child, output, controlUrl, standIn: { url } as StandIn };
  }

  async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
    const exited = once(child, 'exit');
    child.kill(signal);
    return ((await exited) as [number | null])[0];
  }

  function seedFile(): string {
    const path = join(folder, 'seed.json');
    const seed = account();
    const url = 'http://localhost:4321/';
    seed.client_grants?.push({ client_id: 'operator', audience: `${url}api/v2/`, scope: '*' });
    writeFileSync(path, JSON.stringify(seed));
    return path;
  }

  /** A fixed issuer, so that its tokens stay good over restarts on different ports. */
  const issuer = 'http://localhost:4321/';

  async function token({ standIn }: Running): Promise<string> {
    const { body } = await postToken(standIn, {
      grant_type: 'client_credentials',
      client_id: 'operator',
      client_secret: 'operator-secret-1',
      audience: `${issuer}api/v2/`,
    });
    return String(body['access_token']);
  }

  /** It says its issuer, which is not where it listens here: the port stands in the line that it prints. */
  async function startKept(environment: Record<string, string>): Promise<Running> {
    const running = await start({ AUTHORITY_URL: issuer, ...environment });
    const port = /\(port (\d+)/.exec(running.output())?.[1];
    return { ...running, standIn: { url: `http://localhost:${port}/` } as StandIn };
  }

  it('says what it is, answers on both loopback addresses, and stops on SIGTERM', async () => {
    const { child, standIn, output } = await start();
    expect(output()).to.include('Local stand-in for Auth0').and.include(standIn.url);
    const { port } = new URL(standIn.url);
    for (const host of ['localhost', '127.0.0.1'])
      expect((await fetch(`http://${host}:${port}/.well-known/jwks.json`)).status).to.equal(200);
    expect(await end(child, 'SIGTERM')).to.equal(0);
  });

  it('names everything that is wrong with its environment, and exits 1', async () => {
    const { child, output } = spawn({
      NODE_ENV: 'production',
      AUTHORITY_PORT: '70000',
      AUTHORITY_URL: 'localhost/',
      STAND_IN_PLAN: 'generous',
      STAND_IN_LATENCY_MS: 'slow',
      STAND_IN_SEED: join(folder, 'none.json'),
      STAND_IN_CONTROL_PORT: 'any',
      STAND_IN_SEARCH_DELAY_MS: '-1',
      STAND_IN_LOGIN_DATABASES: 'two',
      STAND_IN_TLS_KEY: MAIN.pathname,
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).to.equal(1);
    for (const name of [
      'NODE_ENV',
      'AUTHORITY_PORT',
      'AUTHORITY_URL',
      'STAND_IN_PLAN',
      'STAND_IN_LATENCY_MS',
      'STAND_IN_SEED',
      'STAND_IN_CONTROL_PORT',
      'STAND_IN_SEARCH_DELAY_MS',
      'STAND_IN_LOGIN_DATABASES',
      'STAND_IN_TLS_KEY',
    ])
      expect(output()).to.match(new RegExp(`^stand-in: ${name} `, 'm'));
  });

  it('has its controls at a port of their own, if asked for', async () => {
    const { child, controlUrl, output } = await start({ STAND_IN_CONTROL_PORT: '0' });
    expect(output()).to.contain(`Faults, clock and settings can be changed at ${controlUrl}`);
    expect(await new ControlClient(controlUrl!).faults()).to.deep.equal([]);
    expect(await end(child, 'SIGTERM')).to.equal(0);
    expect((await start()).controlUrl).to.equal(undefined);
  });

  it('keeps everything over a restart: users, keys, sessions, logs; a seed does not set it back', async () => {
    const environment = { STAND_IN_STORE: join(folder, 'state.jsonl'), STAND_IN_SEED: seedFile() };
    const first = await startKept(environment);
    const before = await token(first);
    await callManagement(first.standIn, before, 'PATCH', 'users/auth0%7Cann', { name: 'Renamed' });
    await callManagement(first.standIn, before, 'DELETE', 'clients/web');
    expect(await end(first.child, 'SIGTERM')).to.equal(0);
    expect(statSync(environment.STAND_IN_STORE).mode & 0o777).to.equal(0o600);

    const second = await startKept(environment);
    const ann = await callManagement<UserProfile>(second.standIn, before, 'GET', 'users/auth0%7Cann');
    expect(ann.status).to.equal(200);
    expect(ann.body.name).to.equal('Renamed');
    const logs = await callManagement<object[]>(second.standIn, before, 'GET', 'logs?q=type:seccft');
    expect(logs.body).to.have.length(1);
    await end(second.child, 'SIGTERM');
  });

  it('loses nothing that it acknowledged when it is killed, not even with half a line at the end', async () => {
    const environment = { STAND_IN_STORE: join(folder, 'state.jsonl'), STAND_IN_SEED: seedFile() };
    const first = await startKept(environment);
    const operator = await token(first);
    const acknowledged: string[] = [];
    const writing = Array.from({ length: 4 }, async (_, writer) => {
      for (let index = 0; ; index += 1) {
        const user_id = `w${writer}-${index}`;
        const { status } = await callManagement(first.standIn, operator, 'POST', 'users', {
          connection: CONNECTION,
          email: `${user_id}@example.com`,
          password: PASSWORD,
          user_id,
        });
        if (status === 201) acknowledged.push(`auth0|${user_id}`);
        if (acknowledged.length === 200) first.child.kill('SIGKILL');
      }
    });
    // Each writer fails when the process is gone.
    await Promise.allSettled(writing);
    expect(acknowledged.length).to.be.at.least(200);
    appendFileSync(environment.STAND_IN_STORE, '{"t":"users","k":"auth0|half","v":{"prof');

    const second = await startKept(environment);
    const ids = new Set<string>();
    for (let page = 0; page < 10; page += 1) {
      const { body } = await callManagement<UserProfile[]>(
        second.standIn,
        operator,
        'GET',
        `users?per_page=100&page=${page}&fields=user_id`,
      );
      for (const { user_id: id } of body) ids.add(id);
    }
    expect(acknowledged.filter((id) => !ids.has(id))).to.deep.equal([]);
    expect(ids.has('auth0|half')).to.equal(false);
    // And what is written after the torn line is whole.
    const next = await callManagement(second.standIn, operator, 'POST', 'users', {
      connection: CONNECTION,
      email: 'afterwards@example.com',
      password: PASSWORD,
      user_id: 'afterwards',
    });
    expect(next.status).to.equal(201);
    await end(second.child, 'SIGKILL');
    const third = await startKept(environment);
    expect(
      (await callManagement(third.standIn, operator, 'GET', 'users/auth0%7Cafterwards')).status,
    ).to.equal(200);
  });

  it('can be started again on its port and go on as the same authority', async () => {
    const environment = { STAND_IN_STORE: join(folder, 'a-folder/'), STAND_IN_SEED: seedFile() };
    // Below the ports of connections, one of which could take it meanwhile.
    const first = await start({ ...environment, AUTHORITY_PORT: String(await anyFreePort()) });
    const key = {
      grant_type: 'client_credentials',
      client_id: 'key',
      client_secret: 'key-secret',
      audience: AUDIENCE,
    };
    expect((await postToken(first.standIn, key)).status).to.equal(200);
    const keys = await (await fetch(`${first.standIn.url}.well-known/jwks.json`)).text();
    await end(first.child, 'SIGINT');
    const second = await start({ ...environment, AUTHORITY_PORT: new URL(first.standIn.url).port });
    expect(second.standIn.url).to.equal(first.standIn.url);
    expect(await (await fetch(`${second.standIn.url}.well-known/jwks.json`)).text()).to.equal(keys);
  });
});
