/** From an account with nothing in it to a proved deployment: `trivium setup`, API and worker with its files, `trivium doctor`. */
import { expect } from 'chai';
import { join } from 'node:path';
import { API_FLAGS, WORKER_FLAGS } from '../../src/start/api-flags.ts';
import { anyFreePort } from '../../src/start/ports.ts';
import { startProcess, type StartedProcess } from '../../src/start/processes.ts';
import { redisServer, type RedisServer } from '../support/redis-server.ts';
import { WORLD_MS } from '../support/world.ts';
import { examined } from './doctor-desk.ts';
import { SetupAccount } from './setup-account.ts';

describe('trivium doctor after trivium setup', () => {
  let account: SetupAccount;
  let redis: RedisServer;
  const parts: StartedProcess[] = [];

  before(async function () {
    this.timeout(WORLD_MS);
    [account, redis] = await Promise.all([SetupAccount.start(), redisServer(['--appendonly', 'yes'])]);
  });
  after(async () => {
    for (const part of parts.reverse()) await part.stop();
    await redis.stop();
    await account.close();
  });

  it('finds that all is well, as the operator with the private key', async function () {
    this.timeout(WORLD_MS);
    const port = await anyFreePort();
    const audience = `http://localhost:${port}`;
    await account.run({ audience });
    const start = async (
      name: string,
      file: string,
      flags: readonly string[],
      env: Record<string, string>,
    ) => {
      const shared = { NODE_ENV: 'development', REDIS_URL: redis.url, ...env };
      const logFile = join(account.folder, `${name}.log`);
      parts.push(
        await startProcess({ name, file, build: process.env['TEST_BUILD'], flags, env: shared, logFile }),
      );
    };
    await start('api', 'src/api.ts', API_FLAGS, { ...account.environment('api.env'), PORT: String(port) });
    const plan = { AUTH0_PLAN: '100,500' };
    await start('worker', 'workers/main.ts', WORKER_FLAGS, {
      ...account.environment('workers.env'),
      ...plan,
    });
    const ended = await account.start(['doctor', '--json', '--folder', account.folder]).ended;
    const { code, codes, report } = examined(ended);
    expect(codes, JSON.stringify(report.findings)).to.deep.equal([]);
    expect(code).to.equal(0);
    expect(report.proved).to.include('a call is relayed to Auth0 and back');
    const clients = (await account.call('GET', 'clients?per_page=100')) as unknown as { name: string }[];
    expect(clients.map(({ name }) => name).sort()).to.deep.equal([
      'Set-up',
      'Trivium operator',
      'Trivium workers',
    ]);
  });
});
