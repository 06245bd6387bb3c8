/** The naive way: a plain BullMQ queue with its built-in limiter, one job a row, interactive calls by priority. */
import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import type { ControlClient } from '../../src/stand-in/control/control-client.ts';
import type { Deployment } from '../../src/start/deployment.ts';
import { jain, rowsOf, usedMemory } from './backlog.ts';
import { addedWhenIdle } from './idle-calls.ts';
import { managementToken } from './management-token.ts';
import type { Measure } from './measure.ts';
import { naiveNeighbourWaits } from './naive-neighbour.ts';
import { quantile } from './quantile.ts';

interface Parts {
  deployment: Deployment;
  redis: Redis;
  control: ControlClient;
  latencyMs: { minMs: number; maxMs: number };
  windowMs: number;
  settleMs: number;
  perSecond: number;
  /** Size of a sealed row, bytes. */
  sealedRow: number;
}

/** As the relay's, a third of them: none is done by the end. */
const BACKLOGS = [32_000, 6_400, 1_600];
const PROBES = 40;
const BASELINE = 'naive: BullMQ’s limiter, one job a row';

type NaiveJob = { email: string; group?: number; asked?: number };

export async function runNaive(parts: Parts): Promise<Measure[]> {
  const { deployment, redis, control, latencyMs, windowMs, settleMs, perSecond, sealedRow } = parts;
  const idle = await idleCalls(parts);
  const neighbour = await naiveNeighbourWaits(deployment, redis, perSecond);
  await control.change({ latencyMs });
  const token = await managementToken(deployment);
  const queue = new Queue('naive', { connection: redis });
  const memory = await fill(queue, redis);
  const waits: number[] = [];
  const shares = BACKLOGS.map(() => 0);
  const worker = new Worker<NaiveJob>('naive', ({ data }) => work(data), {
    connection: redis,
    concurrency: 50,
    limiter: { max: perSecond, duration: 1_000 },
  });
  async function work({ email, group, asked }: NaiveJob): Promise<void> {
    if (asked !== undefined) waits.push(((Date.now() - asked) / 1000) * perSecond);
    const answer = await fetch(new URL('api/v2/users', deployment.authority), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        connection: `${deployment.tenants[0]!.id}-users`,
        email,
        password: 'Correct-horse-7-battery',
        verify_email: false,
      }),
    });
    if (answer.ok && group !== undefined) shares[group]! += 1;
  }
  try {
    await delay(settleMs);
    await control.forgetCalls();
    shares.fill(0);
    const started = performance.now();
    for (let i = 0; i < PROBES; i += 1) {
      const asked = Date.now();
      await queue.add('probe', { email: `probe-${i}@import.example`, asked });
      await delay(windowMs / PROBES);
    }
    const seconds = (performance.now() - started) / 1000;
    const { '201': created = 0, '429': refused = 0 } = (await control.calls())['POST /api/v2/users'] ?? {};
    const told = (name: string, value: number, unit: string): Measure => ({
      name,
      value,
      unit,
      target: null,
      baseline: BASELINE,
      runs: [value],
    });
    return [
      told('naive_budget_used', created / (seconds * perSecond), '× the sustained rate'),
      told('naive_authority_429s', refused, 'refusals'),
      told('naive_interactive_p99_slots', quantile(waits, 0.99), 'slots'),
      { ...told('naive_neighbour_p99_slots', quantile(neighbour, 0.99), 'slots'), runs: neighbour },
      told('naive_fairness_jain', jain(shares), ''),
      told('naive_idle_added_p50_ms', idle.added, 'ms'),
      told('naive_row_memory_ratio', memory / sealedRow, '× its encrypted size'),
    ];
  } finally {
    await worker.close(true);
    await queue.obliterate({ force: true });
    await queue.close();
  }
}

/** An HTTP server that puts each request on a queue, and a worker: in processes of their own, as the relay's are. */
async function idleCalls({ deployment, control, perSecond }: Parts) {
  const env = { BENCH_TOKEN: await managementToken(deployment), BENCH_PER_SECOND: String(perSecond) };
  const worker = await deployment.startAsApi('naive-worker', 'test/bench/servers/naive-relay-worker.ts', env);
  const front = await deployment.startAsApi('naive-front', 'test/bench/servers/naive-relay-front.ts', env);
  try {
    return await addedWhenIdle(deployment, control, (id) => fetch(new URL(`users/${id}`, front.url)));
  } finally {
    await Promise.all([front.stop(), worker.stop()]);
  }
}

/** The largest last, as with the relay. @returns what one of its rows costs Redis, bytes */
async function fill(queue: Queue, redis: Redis): Promise<number> {
  let bytes = 0;
  for (const [group, count] of [...BACKLOGS.entries()].reverse()) {
    const before = await usedMemory(redis);
    const rows = rowsOf(count, `naive-${group}`).map(({ user }) => ({
      name: 'row',
      data: { ...user, group },
      opts: { priority: 10 },
    }));
    for (let i = 0; i < count; i += 1_000) await queue.addBulk(rows.slice(i, i + 1_000));
    bytes = ((await usedMemory(redis)) - before) / count;
  }
  return bytes;
}
