/**
 * What the relay makes of the authority's limit: how much of it is used while there is work, how long an interactive call waits
 * behind a backlog, how fair the imports are to each other, and what queue and wake-up cost. Beside it the naive way: a plain BullMQ
 * queue with its built-in limiter, one job a row.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Imports } from '../../src/imports/imports.ts';
import { parsePlan } from '../../src/plans.ts';
import { changeTenant } from '../../src/registry/tenants.ts';
import { openUserImportQueue } from '../../src/redis/queues.ts';
import { Budget } from '../../src/relay/budget.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { ControlClient } from '../../src/stand-in/control/control-client.ts';
import type { Deployment } from '../../src/start/deployment.ts';
import { readMemory } from '../../src/start/home.ts';
import type { StartedProcess } from '../../src/start/processes.ts';
import { jain, rowsOf, usedMemory } from './backlog.ts';
import { basic } from '../support/basic-credential.ts';
import { benchDeployment } from './bench-deployment.ts';
import { addedWhenIdle } from './idle-calls.ts';
import type { Benchmark, Measure } from './measure.ts';
import { runNaive } from './naive-relay.ts';
import { neighbourWaits } from './neighbour.ts';
import { quantile } from './quantile.ts';
import { refusals } from './refusals.ts';

/** Auth0's "100 RPS" tier: 50 at once, 50 a second. */
const PLAN = 'private-cloud';
const PER_SECOND = 50;
const LATENCY_MS = { minMs: 80, maxMs: 140 };
/** Until the burst is spent, and workers are under way. */
const SETTLE_MS = 4_000;
const WINDOW_MS = 20_000;
const WORKERS = [1, 2, 4];
const BACKLOGS = [100_000, 20_000, 5_000];
const SLOT_PROBES = 150;

export const relay: Benchmark = async () => {
  const { home, deployment, end } = await benchDeployment(PLAN, '80-140');
  const redis = new Redis(deployment.redis, { maxRetriesPerRequest: null });
  const queue = openUserImportQueue(redis);
  try {
    const control = new ControlClient(deployment.parts.standIn.controlUrl!);
    const seal = createSeal(sealKeys(readMemory(home).encryptionKeys));
    const imports = new Imports({ redis, queue, seal });
    const idle = await idleCalls(deployment, control);
    const withoutQueue = await idleCallsWithoutQueue(deployment, control);
    const ofQueue = idle.added - withoutQueue.added;
    const idleMs = idle.own + idle.added;
    const neighbour = await neighbourWaits({ deployment, redis, perSecond: PER_SECOND, idleMs });
    const memory = await rowMemory(redis, imports, deployment, seal);
    await control.change({ latencyMs: LATENCY_MS });
    await control.forgetCalls();
    const used: number[] = [];
    const workers: StartedProcess[] = [];
    for (const count of WORKERS) {
      while (workers.length + 1 < count)
        workers.push(await deployment.startWorker(`worker-${workers.length + 2}`));
      await delay(SETTLE_MS);
      used.push(await usedOf(control, imports, memory.importIds));
    }
    const fairness = jain(used.length > 0 ? lastShares : []);
    const waits = await slotWaits(redis);
    const refused = await refusals(control);
    // All of it stops, so that the naive way has the authority to itself.
    await Promise.all([deployment.parts.worker.stop(), ...workers.map((worker) => worker.stop())]);
    const naive = await runNaive({
      deployment,
      redis,
      control,
      latencyMs: LATENCY_MS,
      windowMs: WINDOW_MS,
      settleMs: SETTLE_MS,
      perSecond: PER_SECOND,
      sealedRow: memory.sealed,
    });
    const measures: Measure[] = [
      measure(
        'budget_used',
        Math.min(...used),
        '× the sustained rate',
        0.98,
        used,
        '1, 2 and 4 workers; the lowest counts',
      ),
      {
        ...measure('authority_429s', refused, 'refusals', 0, [refused], 'counted by the authority'),
        bound: 'exactly',
      },
      atMost('interactive_p99_slots', quantile(waits, 0.99), 'slots', 2, waits, 'behind 125,000 rows'),
      atMost(
        'neighbour_p99_slots',
        quantile(neighbour.slots, 0.99),
        'slots',
        2,
        neighbour.slots,
        'a tenant’s read while another one has 600 calls waiting',
      ),
      {
        ...measure(
          'neighbour_whole_p99_slots',
          quantile(neighbour.wholeWay, 0.99),
          'slots',
          0,
          neighbour.wholeWay,
          '',
        ),
        target: null,
        baseline: 'the whole way of that read, over what it takes when nothing waits',
      },
      measure('fairness_jain', fairness, '', 0.99, [fairness], '1: the same share for each of three tenants'),
      atMost(
        'idle_added_p50_ms',
        idle.added,
        'ms',
        5,
        [idle.added],
        `over the authority’s own ${idle.own.toFixed(0)} ms`,
      ),
      atMost(
        'idle_queue_p50_ms',
        ofQueue,
        'ms',
        5,
        [ofQueue],
        `of that: over the ${withoutQueue.added.toFixed(1)} ms that the same API adds without queue and worker`,
      ),
      atMost(
        'row_memory_ratio',
        memory.ratio,
        '× its encrypted size',
        1.5,
        [memory.ratio],
        'of a waiting row, in Redis',
      ),
      ...naive,
    ];
    return measures;
  } finally {
    await queue.close();
    redis.disconnect();
    await end();
  }
};

function measure(
  name: string,
  value: number,
  unit: string,
  target: number,
  runs: number[],
  baseline: string,
): Measure {
  return { name, value, unit, target, baseline, runs };
}
function atMost(
  name: string,
  value: number,
  unit: string,
  target: number,
  runs: number[],
  baseline: string,
): Measure {
  return { ...measure(name, value, unit, target, runs, baseline), bound: 'at most' };
}

function sealKeys(text: string) {
  const [id, key] = text.split(':') as [string, string];
  return { current: id, byId: new Map([[id, Buffer.from(key, 'base64')]]) };
}

function idleCalls(deployment: Deployment, control: ControlClient, api = deployment.api) {
  const { client_id, client_secret } = deployment.tenants[0]!.api_key;
  const headers = { authorization: basic(client_id, client_secret) };
  return addedWhenIdle(deployment, control, (userId) => fetch(`${api}/v1/users/${userId}`, { headers }));
}

/** What the API adds when it asks the authority itself; the rest of `idleCalls` is that of queue and wake-up. */
async function idleCallsWithoutQueue(deployment: Deployment, control: ControlClient) {
  const { client_id, client_secret } = readMemory(deployment.home).worker;
  const file = 'test/bench/servers/without-queue.ts';
  const env = { BENCH_CLIENT_ID: client_id, BENCH_CLIENT_SECRET: client_secret };
  const api = await deployment.startAsApi('without-queue', file, env);
  try {
    return await idleCalls(deployment, control, api.url);
  } finally {
    await api.stop();
  }
}

/** Three tenants with their backlogs; what the largest of them costs Redis. */
async function rowMemory(
  redis: Redis,
  imports: Imports,
  { tenants }: Deployment,
  seal: ReturnType<typeof createSeal>,
) {
  const importIds: string[] = [];
  let ratio = 0;
  let sealed = 0;
  const connection = `${tenants[0]!.id}-users`;
  // The largest last: the others are queued for the shortest time before it.
  for (const [i, count] of BACKLOGS.toReversed().entries()) {
    const rows = rowsOf(count, i);
    const before = await usedMemory(redis);
    await makeTenant(redis, `bench-${i}`, connection);
    const state = await imports.create({ tenantId: `bench-${i}`, connection }, rows);
    importIds.push(state.id);
    if (count === BACKLOGS[0]) {
      sealed = rows.slice(0, 1_000).reduce((sum, row) => sum + seal.seal(row, 'somewhere').length, 0) / 1_000;
      ratio = ((await usedMemory(redis)) - before) / count / sealed;
    }
  }
  return { importIds, ratio, sealed };
}

/** Of a tenant that is not there nothing is imported. */
async function makeTenant(redis: Redis, id: string, connection: string): Promise<void> {
  const tenant = {
    id,
    name: id,
    status: 'active',
    connection,
    created_at: new Date().toISOString(),
  } as const;
  if ((await changeTenant(redis, id, '', tenant)) !== 'done') throw new Error(`no tenant ${id}`);
}

let lastShares: number[] = [];

/** Users created in a window, by what the authority allows in it. */
async function usedOf(control: ControlClient, imports: Imports, ids: string[]): Promise<number> {
  const created = async () => (await control.calls())['POST /api/v2/users']?.['201'] ?? 0;
  const counts = () => Promise.all(ids.map(async (id) => (await imports.read(id))!.counts.created));
  const [before, sharesBefore, started] = [await created(), await counts(), performance.now()];
  await delay(WINDOW_MS);
  const [after, sharesAfter, ended] = [await created(), await counts(), performance.now()];
  lastShares = sharesAfter.map((count, i) => count - sharesBefore[i]!);
  if (after === before) throw new Error('Nothing was created: there is nothing to measure.');
  return (after - before) / (((ended - started) / 1000) * PER_SECOND);
}

/** How long interactive calls wait for a slot behind the backlog, in slots. They spend theirs as any call does. */
async function slotWaits(redis: Redis): Promise<number[]> {
  const budget = new Budget(redis, parsePlan(PLAN)!);
  const waits: number[] = [];
  for (let i = 0; i < SLOT_PROBES; i += 1) {
    const started = performance.now();
    await budget.take('interactive', 'users_read');
    waits.push(((performance.now() - started) / 1000) * PER_SECOND);
    await delay(50 + Math.random() * 100);
  }
  return waits;
}
