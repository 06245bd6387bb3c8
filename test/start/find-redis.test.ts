import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { findRedis, type RedisServer } from '../../src/start/find-redis.ts';

const run = promisify(execFile);

/** Packages may have to be fetched, and their lists before them. */
const FETCH_MS = 120_000;

describe('finding a Redis server', () => {
  let tools: string;
  const path = process.env['PATH'];

  beforeEach(async () => {
    tools = await mkdtemp(join(tmpdir(), 'trivium-tools-'));
  });

  afterEach(async () => {
    process.env['PATH'] = path;
    await rm(tools, { recursive: true });
  });

  const version = async ({ command, env }: RedisServer) =>
    (await run(command, ['--version'], { env })).stdout;

  /** Only where the system has none of its own is one fetched. */
  async function skipUnlessFetched(test: Mocha.Context): Promise<void> {
    for (const folder of path!.split(delimiter)) {
      for (const name of ['redis-server', 'valkey-server']) {
        if (await exists(join(folder, name))) test.skip();
      }
    }
  }

  it('takes the one on the PATH', async () => {
    await writeFile(join(tools, 'valkey-server'), '#!/bin/sh\necho Valkey server v=9.9.9\n', { mode: 0o755 });
    process.env['PATH'] = tools;
    const server = await findRedis(join(tools, 'none'));
    expect(server.command).to.equal(join(tools, 'valkey-server'));
    expect(await exists(join(tools, 'none'))).to.equal(false);
  });

  it('says what to install where none can be had', async () => {
    process.env['PATH'] = tools;
    const error = await findRedis(tools).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.message).to.match(/^No Redis found\. Set REDIS_URL, or install one: .*docker/);
    expect(error?.message).not.to.contain('\n');
  });

  it('fetches one into its own folder, once, also for two at a time, and leaves nothing else there', async function () {
    this.timeout(FETCH_MS);
    await skipUnlessFetched(this);
    const [first, second] = await Promise.all([findRedis(tools), findRedis(tools)]);
    expect(first.command).to.equal(join(tools, 'redis/usr/bin/redis-server'));
    expect(second).to.deep.equal(first);
    expect(await version(first)).to.match(/^Redis server v=\d/);
    expect(await readdir(tools)).to.deep.equal(['redis']);
    // Without apt-get it could not be fetched again.
    process.env['PATH'] = tools;
    expect((await findRedis(tools)).command).to.equal(first.command);
  });

  it('replaces one that does not run', async function () {
    this.timeout(FETCH_MS);
    await skipUnlessFetched(this);
    const bin = join(tools, 'redis/usr/bin');
    await mkdir(bin, { recursive: true });
    await mkdir(join(tools, 'redis/usr/lib'));
    await writeFile(join(bin, 'redis-server'), 'half a file', { mode: 0o755 });
    expect(await version(await findRedis(tools))).to.match(/^Redis server v=\d/);
  });
});

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
