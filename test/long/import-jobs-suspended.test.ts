/** A tenant that is suspended while its import goes through import jobs. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { PLACES } from '../../src/imports/import-jobs/import-jobs-store.ts';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { openImportJobsQueue } from '../../src/redis/queues.ts';
import { until } from '../support/api-keys.ts';
import { operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { aTenant, type MadeTenant } from '../support/tenants.ts';
import {
  BY_JOBS,
  idsAtAuthority,
  idsOf,
  sendImport,
  toldRows,
  whenCompleted,
  whenNoneIsUnderWay,
} from '../support/user-imports.ts';
import { world, WORLD_MS } from '../support/world.ts';

const PATH = '/api/v2/jobs/users-imports';
const ROWS = 960;
/** Four files: each row is two kilobytes. */
const FILES = 4;

describe('an import by import jobs whose tenant is suspended', () => {
  let redis: Redis;
  let tenant: MadeTenant;
  let prefix: string;
  before(async function () {
    this.timeout(WORLD_MS);
    redis = connectForWaiting((await world()).redis);
    await whenNoneIsUnderWay();
  });
  after(() => redis.disconnect());
  beforeEach(async () => {
    tenant = await aTenant();
    prefix = `held-${randomUUID().slice(0, 8)}`;
    await (await world()).control.forgetCalls();
  });
  afterEach(async () => {
    const { control } = await world();
    await control.clearFaults();
    await control.change({ importUsersPerSecond: 2_000 });
  });

  const rows = () =>
    Array.from({ length: ROWS }, (_, i) => ({
      email: `${prefix}-${i}@import.example`,
      user_metadata: { note: 'x'.repeat(1_800) },
    }));
  const madeJobs = async () => (await (await world()).control.calls())[`POST ${PATH}`]?.['202'] ?? 0;
  const change = async (verb: 'suspend' | 'resume') =>
    expect((await call('POST', `${tenant.path}/${verb}`, { as: await operator() })).status).to.equal(200);
  const idOf = (path: string) => path.split('/').at(-1)!;

  /** Its people cannot ask any more. */
  const createdOf = async (path: string) => Number(await redis.hget(keys.userImport(idOf(path)), 'created'));

  /** Whoever has it in hand has done what there was to do. */
  async function untilItStands(path: string): Promise<void> {
    const queue = openImportJobsQueue(redis);
    await until(async () => /suspended/.test((await queue.getJob(idOf(path)))?.failedReason ?? ''));
    await queue.close();
  }

  async function goesOnToItsEnd(path: string): Promise<void> {
    await change('resume');
    await until(async () => (await call('GET', path, { as: tenant.key })).status === 200);
    const { counts } = await whenCompleted(path, tenant.key);
    expect(counts).to.deep.equal({ pending: 0, created: ROWS, failed: 0, skipped: 0, unknown: 0 });
    expect(await idsAtAuthority(prefix)).to.deep.equal(idsOf(await toldRows(path, tenant.key)));
    expect(await madeJobs()).to.equal(FILES);
  }

  it('has the jobs that run awaited and their rows told, and no other begun', async () => {
    const { control } = await world();
    await control.change({ importUsersPerSecond: 0 });
    const path = await sendImport(rows(), BY_JOBS, tenant.key);
    await until(async () => (await madeJobs()) === 2);
    await change('suspend');
    await control.change({ importUsersPerSecond: 2_000 });
    await untilItStands(path);
    const created = await createdOf(path);
    expect(created).to.be.above(0).and.below(ROWS);
    expect(await idsAtAuthority(prefix)).to.have.length(created);
    expect(await madeJobs()).to.equal(2);
    await goesOnToItsEnd(path);
  });

  it('begins none that waited for its slot of the budget meanwhile', async () => {
    const { control } = await world();
    await control.addFault({ method: 'POST', path: PATH, effect: { kind: 'rate_limit', retryAfter: 1 } });
    const path = await sendImport(rows(), BY_JOBS, tenant.key);
    const refused = async () => (await control.faults())[0]!.hits;
    await until(async () => (await refused()) > 0);
    await change('suspend');
    const before = await refused();
    await untilItStands(path);
    // One for each place was on its way already; the workers hear of it within a second, or later on a busy machine.
    expect((await refused()) - before).to.be.at.most(4 * PLACES);
    await control.clearFaults();
    expect([await madeJobs(), await createdOf(path)]).to.deep.equal([0, 0]);
    await goesOnToItsEnd(path);
  });
});
