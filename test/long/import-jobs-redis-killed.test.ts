/**
 * `kill -9` of Redis while import jobs are in hand at the authority, which goes on with them meanwhile. Afterwards each row has one
 * outcome, the authority has exactly the `created` ones, and was never asked for a third job.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { openImportJobsQueue } from '../../src/redis/queues.ts';
import { gatedDeployment, type GatedDeployment } from '../faults/gated-deployment.ts';
import { until } from '../support/api-keys.ts';
import { apiKey } from '../support/callers.ts';
import {
  BY_JOBS,
  idsAtAuthority,
  idsOf,
  sendImport,
  toldRows,
  whenCompleted,
} from '../support/user-imports.ts';
import { moveInto, WORLD_MS } from '../support/world.ts';

const MAKE = 'POST /api/v2/jobs/users-imports';
const ROWS = 800;
/** Four files: each row is two kilobytes and more. */
const rowsOf = (prefix: string) =>
  Array.from({ length: ROWS }, (_, i) => ({
    email: `${prefix}-${i}@import.example`,
    user_metadata: { note: 'x'.repeat(2_200) },
  }));
/** A file takes a second or two. */
const USERS_PER_SECOND = 150;
/** The workers' locks have run out by then. */
const LONGER_THAN_LOCKS_MS = 2_500;
const KILLED_MS = 360_000;

describe('Redis is killed with import jobs in hand', () => {
  let gated: GatedDeployment;
  let leave: () => void;
  let as: string;
  let prefix: string;
  before(async function () {
    this.timeout(WORLD_MS);
    gated = await gatedDeployment();
    const { deployment } = gated;
    leave = moveInto({ ...deployment, apis: [deployment.api, deployment.api] });
    as = await apiKey('acme');
  });
  after(async function () {
    this.timeout(WORLD_MS);
    leave?.();
    await gated?.end();
  });
  beforeEach(async () => {
    prefix = `redis-${randomUUID().slice(0, 8)}`;
    const { control } = gated.deployment;
    await control.change({ importUsersPerSecond: 0 });
    await control.forgetCalls();
  });

  const madeJobs = async () => (await gated.deployment.control.calls())[MAKE]?.['202'] ?? 0;
  const goOn = () => gated.deployment.control.change({ importUsersPerSecond: USERS_PER_SECOND });

  async function endsExactly(path: string): Promise<void> {
    const { counts } = await whenCompleted(path, as);
    expect(counts).to.deep.equal({ pending: 0, created: ROWS, failed: 0, skipped: 0, unknown: 0 });
    const told = await toldRows(path, as);
    expect(told.map(({ row }) => row)).to.deep.equal(Array.from({ length: ROWS }, (_, i) => i + 1));
    expect(await idsAtAuthority(prefix)).to.deep.equal(idsOf(told));
    const calls = await gated.deployment.control.calls();
    expect(calls).to.not.have.property('POST /api/v2/users');
    // The authority refuses a third job, so that a refusal is how it counts one too many.
    expect(calls[MAKE]).to.deep.equal({ '202': 4 });
  }

  const points = {
    'as a batch is planned, which nobody learns': [/"sent":0/, 'unanswered'],
    'before it is written down that one is sent': [/"sent":1/, false],
    'before the id of its job is written down': [/"job":"job_/, false],
    'as outcomes are written down, which nobody learns': [/trivium:imports:told/, 'unanswered'],
  } as const;
  for (const [point, [command, pass]] of Object.entries(points))
    it(point, async function () {
      this.timeout(KILLED_MS);
      await goOn();
      // From then on Redis knows the scripts, and a command is done when it is sent for the first time.
      await whenCompleted(
        await sendImport([{ email: `first-of-${prefix}@import.example` }], BY_JOBS, as),
        as,
      );
      await gated.deployment.control.forgetCalls();
      const held = gated.gate.holdAt(command, pass);
      const path = await sendImport(rowsOf(prefix), BY_JOBS, as);
      await held;
      await gated.kill.Redis();
      await endsExactly(path);
    });

  it('while its jobs run, and is back at once', async function () {
    this.timeout(KILLED_MS);
    const path = await sendImport(rowsOf(prefix), BY_JOBS, as);
    await until(async () => (await madeJobs()) === 2);
    await gated.deployment.killRedis();
    await goOn();
    await gated.deployment.restartRedis();
    await endsExactly(path);
  });

  it('while its jobs run, for longer than locks last: who had the import is alive, and so is who takes it up', async function () {
    this.timeout(KILLED_MS);
    const { deployment } = gated;
    const second = await deployment.startWorker('worker-2', { WORKER_LOCK_SECONDS: '1' });
    const path = await sendImport(rowsOf(prefix), BY_JOBS, as);
    await until(async () => (await madeJobs()) === 2);
    await deployment.killRedis();
    await delay(LONGER_THAN_LOCKS_MS);
    await deployment.restartRedis();
    // Only then there is a place for the third file, that both have in hand.
    await untilTakenUp(path);
    await goOn();
    await endsExactly(path);
    await second.stop();
  });

  /** The queued job was found without a lock, and somebody has it again. */
  async function untilTakenUp(path: string): Promise<void> {
    const redis = connectForWaiting(gated.deployment.redis);
    const queue = openImportJobsQueue(redis);
    try {
      await until(async () => {
        const job = await queue.getJob(path.split('/').at(-1)!);
        return job !== undefined && job.stalledCounter > 0 && (await job.isActive());
      });
    } finally {
      await queue.close();
      redis.disconnect();
    }
  }
});
