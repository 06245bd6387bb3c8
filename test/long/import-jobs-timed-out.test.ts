/**
 * Import jobs that do not end: the authority fails what takes two hours, and a little later we don't wait for it to say so. What
 * came of their rows is looked up, and the rest is finished without them.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { createBatches } from '../../src/imports/import-jobs/import-jobs-store.ts';
import type { Batch } from '../../src/imports/import-jobs/batches.ts';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { until } from '../support/api-keys.ts';
import { managementOf } from '../support/authority.ts';
import { apiKey } from '../support/callers.ts';
import { ownWorld, type OwnDeployment } from '../support/own-deployment.ts';
import {
  BY_JOBS,
  HASH,
  idsAtAuthority,
  idsOf,
  sendImport,
  toldRows,
  whenCompleted,
} from '../support/user-imports.ts';
import { moveInto, WORLD_MS } from '../support/world.ts';

const MAKE = 'POST /api/v2/jobs/users-imports';
const CREATE = 'POST /api/v2/users';
const LOOK_UP = 'GET /api/v2/users/{id}';
const HOUR_MS = 3_600_000;
const ROWS = 60;
const ENDS_MS = 240_000;

describe('an import job that does not end', () => {
  let own: OwnDeployment;
  let leave: () => void;
  let as: string;
  let prefix: string;
  before(async function () {
    this.timeout(WORLD_MS);
    const world = await ownWorld({ workerSettings: { WORKER_LOCK_SECONDS: '1' } });
    own = world;
    leave = moveInto(world);
    as = await apiKey('acme');
  });
  after(async function () {
    this.timeout(WORLD_MS);
    leave?.();
    await own?.end();
  });
  beforeEach(async () => {
    prefix = `long-${randomUUID().slice(0, 8)}`;
    await own.control.change({ importUsersPerSecond: 0 });
    await own.control.forgetCalls();
  });

  const rows = (hashes: number) =>
    Array.from({ length: ROWS }, (_, i) => ({
      email: `${prefix}-${i}@import.example`,
      // The last ones.
      ...(i >= ROWS - hashes && { password_hash: HASH }),
    }));
  const timesOf = async (what: string, status: string) => (await own.control.calls())[what]?.[status] ?? 0;

  async function endsExactly(path: string): Promise<void> {
    const { counts } = await whenCompleted(path, as);
    expect(counts).to.deep.equal({ pending: 0, created: ROWS, failed: 0, skipped: 0, unknown: 0 });
    expect(await idsAtAuthority(prefix)).to.deep.equal(idsOf(await toldRows(path, as)));
  }

  it('for two hours by the authority: it fails, with some of its users made', async function () {
    this.timeout(ENDS_MS);
    const hashes = 10;
    await own.control.change({ importUsersPerSecond: 2 });
    const path = await sendImport(rows(hashes), BY_JOBS, as);
    await until(async () => (await idsAtAuthority(prefix)).length > 0);
    await own.control.change({ importUsersPerSecond: 0 });
    const made = (await idsAtAuthority(prefix)).length;
    expect(made).to.be.below(ROWS - hashes);
    await own.control.advanceClock(2 * HOUR_MS);
    // Those with a hash go in another job: nothing else can be done with them.
    await until(async () => (await timesOf(MAKE, '202')) === 2);
    await own.control.change({ importUsersPerSecond: 2_000 });
    await endsExactly(path);
    expect((await own.control.calls())[LOOK_UP]).to.deep.equal({ '200': made, '404': ROWS - made });
    expect((await own.control.calls())[CREATE]).to.deep.equal({ '201': ROWS - hashes - made });
  });

  it('for longer than that, and nobody says so: it is not waited for any more', async function () {
    this.timeout(ENDS_MS);
    const path = await sendImport(rows(0), BY_JOBS, as);
    await until(async () => (await timesOf('GET /api/v2/jobs/{id}', '200')) > 0);
    await own.parts.worker.stop('SIGKILL');
    const job = await sentSoLongAgo(path, 2.5 * HOUR_MS);
    own.parts.worker = await own.startWorker('worker');
    await endsExactly(path);
    expect((await own.control.calls())[LOOK_UP]).to.deep.equal({ '404': ROWS });
    expect((await own.control.calls())[CREATE]).to.deep.equal({ '201': ROWS });
    // It goes on after all, and changes nothing.
    await own.control.change({ importUsersPerSecond: 2_000 });
    await until(async () => (await managementOf(own).jobs.get(job)).status === 'completed');
    await endsExactly(path);
  });

  it('has its rows in another one, though the first was refused for the rate twice: it was not sent then', async function () {
    this.timeout(ENDS_MS);
    const { control } = own;
    const [method, path] = MAKE.split(' ') as [string, string];
    await control.addFault({ method, path, times: 2, effect: { kind: 'rate_limit' } });
    await control.addFault({
      method: 'GET',
      path: '/api/v2/jobs/{id}',
      times: 1,
      effect: { kind: 'answer', status: 200, body: { status: 'failed' } },
    });
    const sent = await sendImport(rows(ROWS), BY_JOBS, as);
    await until(async () => (await timesOf(MAKE, '202')) === 2);
    await control.change({ importUsersPerSecond: 2_000 });
    await endsExactly(sent);
    expect((await control.faults()).map(({ hits }) => hits)).to.deep.equal([2, 1]);
    await control.clearFaults();
  });

  /** What stands there when the workers were away for so long. @returns the authority's id of the job */
  async function sentSoLongAgo(path: string, ms: number): Promise<string> {
    const id = path.split('/').at(-1)!;
    const redis = connectForWaiting(own.redis);
    try {
      const [batch] = await createBatches(redis).list(id);
      const older: Batch = { ...batch!, sentMs: batch!.sentMs! - ms };
      await redis.hset(keys.userImportBatches(id), older.number, JSON.stringify(older));
      return older.job!;
    } finally {
      redis.disconnect();
    }
  }
});
