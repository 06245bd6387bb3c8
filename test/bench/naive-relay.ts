/** The naive way: a plain BullMQ queue with its built-in limiter, one job a row, interactive calls by priority. */
import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import type { ControlClient } from '../../src/stand-in/control/control-client.ts';
import type { Deployment } from '../../src/start/deployment.ts';
import { managementToken } from './management-token.ts';
import type { Measure } from './measure.ts';

interface Parts {
  deployment: Deployment;
  redis: Redis;
  control: ControlClient;
  windowMs: number;
  settleMs: number;
  perSecond: number;
}

/** More than it gets done; a hundred thousand jobs would only take longer to put there. */
const ROWS = 20_000;
const PROBES = 40;
const BASELINE = 'naive: BullMQ’s limiter, one job a row';

export async function runNaive(parts: Parts): Promise<Measure[]> {
  const { deployment, redis, control, windowMs, settleMs, perSecond } = parts;
  const token = await managementToken(deployment);
  const queue = new Queue('naive', { connection: redis });
  const worker = new Worker('naive', async (job) => work(job.data as { email?: string; probe?: number }), {
    connection: redis,
    concurrency: 50,
    limiter: { max: perSecond, duration: 1_000 },
  });
  const waits: number[] = [];
  async function work({ email, probe }: { email?: string; probe?: number }): Promise<void> {
    if (probe !== undefined) waits.push(((Date.now() - probe) / 1000) * perSecond);
    await fetch(new URL('api/v2/users', deployment.authority), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        connection: `${deployment.tenants[0]!.id}-users`,
        email: email ?? `probe-${probe}-${Math.random()}@import.example`,
        password: 'Correct-horse-7-battery',
        verify_email: false,
      }),
    });
  }
  try {
    const rows = Array.from({ length: ROWS }, (_, i) => ({
      name: 'row',
      data: { email: `naive-${i}@import.example` },
      opts: { priority: 10 },
    }));
    for (let i = 0; i < ROWS; i += 1_000) await queue.addBulk(rows.slice(i, i + 1_000));
    await delay(settleMs);
    await control.forgetCalls();
    const started = performance.now();
    for (let i = 0; i < PROBES; i += 1) {
      await queue.add('probe', { probe: Date.now() });
      await delay(windowMs / PROBES);
    }
    const seconds = (performance.now() - started) / 1000;
    const { '201': created = 0, '429': refused = 0 } = (await control.calls())['POST /api/v2/users'] ?? {};
    const told = (name: string, value: number, unit: string): Measure => ({
      ...{ name, value, unit, target: null, baseline: BASELINE, runs: [value] },
    });
    const p99 = [...waits].sort((a, b) => a - b).at(Math.ceil(waits.length * 0.99) - 1)!;
    return [
      told('naive_budget_used', created / (seconds * perSecond), '× the sustained rate'),
      told('naive_authority_429s', refused, 'refusals'),
      told('naive_interactive_p99_slots', p99, 'slots'),
    ];
  } finally {
    await worker.close(true);
    await queue.obliterate({ force: true });
    await queue.close();
  }
}
