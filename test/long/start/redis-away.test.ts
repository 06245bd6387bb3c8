/** API and workers that find no Redis when they start: they wait, and say for what. */
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from '../../../src/start/ports.ts';
import { until } from '../../support/api-keys.ts';
import { redisServer } from '../../support/redis-server.ts';
import { world, WORLD_MS } from '../../support/world.ts';

const SECRET = 'Sw0rdfish';

describe('a process that starts while Redis', () => {
  before(async function () {
    this.timeout(2 * WORLD_MS);
    await world();
  });

  /** @param starting of the process, with this Redis */
  async function whileAway(
    name: string,
    starting: (url: string, name: string) => Promise<{ url: string; stop(): Promise<void> }>,
  ): Promise<void> {
    const { home } = await world();
    const port = await anyFreePort();
    const started = starting(`redis://user:${SECRET}@127.0.0.1:${port}`, name);
    const log = () => readFile(join(home, 'logs', `${name}.log`), 'utf8').catch(() => '');
    await until(async () => (await log()).includes('waiting for it'));
    const [first] = (await log()).split('\n').map((line) => JSON.parse(line || '{}'));
    expect(first).to.include({ code: 'ECONNREFUSED', redis: `127.0.0.1:${port}` });
    // There now, and it refuses the password, and then all writes.
    const server = await redisServer([], { port, folder: await mkdtemp(join(tmpdir(), 'trivium-redis-')) });
    await server.admin.replicaof('127.0.0.1', 1);
    await server.admin.acl('SETUSER', 'user', 'on', `>${SECRET}`, '+@all', '~*', '&*');
    await server.admin.replicaof('NO', 'ONE');
    const process = await started;
    await until(async () => (await log()).includes('accepts writes again'));
    expect((await log()).match(/waiting for it/g)).to.have.length(1);
    // Away again, in the middle of its work.
    await server.kill();
    await until(async () => (await log()).match(/waiting for it/g)?.length === 2);
    await process.stop();
    await rm(server.folder, { recursive: true, force: true });
    const text = await log();
    expect(text).to.not.include(SECRET);
    // One line for each outage, and nothing but lines of the log.
    expect(text.match(/waiting for it/g)).to.have.length(2);
    for (const line of text.trim().split('\n')) expect(() => JSON.parse(line), line).to.not.throw();
  }

  it('is away: an API waits for it', async function () {
    this.timeout(2 * WORLD_MS);
    const { startApi } = await world();
    await whileAway('api-early', (REDIS_URL, name) => startApi(name, { REDIS_URL, STOP_DELAY_SECONDS: '0' }));
  });

  it('is away: a worker waits for it', async function () {
    this.timeout(2 * WORLD_MS);
    const { startWorker } = await world();
    await whileAway('worker-early', (REDIS_URL, name) => startWorker(name, { REDIS_URL }));
  });

  for (const file of [
    'src/api.ts',
    'workers/main.ts',
    'workers/reconcile-command.ts',
    'src/start/verify-audit.ts',
  ])
    it(`has an address that is none: ${file} ends, and does not repeat it`, async function () {
      this.timeout(2 * WORLD_MS);
      const child = spawn(process.execPath, ['--disable-proto=delete', '--import', 'tsx', file], {
        env: { PATH: process.env['PATH'], REDIS_URL: `redis://:${SECRET}#1@127.0.0.1:6379` },
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (part: Buffer) => (said += String(part)));
      const [code] = (await once(child, 'close')) as [number];
      expect(code).to.equal(1);
      expect(said)
        .to.match(/^REDIS_URL must be redis:/m)
        .and.not.include(SECRET);
      expect(said).to.not.match(/^\s+at /m);
    });
});
