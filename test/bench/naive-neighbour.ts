/** The naive way: one plain BullMQ queue, first in, first out. How long one tenant's read waits behind another one's 600 calls, in slots. */
import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Deployment } from '../../src/start/deployment.ts';
import { managementToken } from './management-token.ts';

const WAITING = 600;
const PROBES = 2;

export async function naiveNeighbourWaits(
  deployment: Deployment,
  redis: Redis,
  perSecond: number,
): Promise<number[]> {
  const headers = { authorization: `Bearer ${await managementToken(deployment)}` };
  const [busy, neighbour] = deployment.tenants.map(({ users }) => encodeURIComponent(users[0]!.user_id));
  const queue = new Queue<{ id: string }>('naive-neighbour', { connection: redis });
  const waits: number[] = [];
  const worker = new Worker<{ id: string; asked?: number }>(
    queue.name,
    async ({ data: { id, asked } }) => {
      if (asked !== undefined) waits.push(((Date.now() - asked) / 1000) * perSecond);
      await (await fetch(new URL(`api/v2/users/${id}`, deployment.authority), { headers })).text();
    },
    { connection: redis, concurrency: 50, limiter: { max: perSecond, duration: 1_000 } },
  );
  try {
    for (let i = 1; i <= PROBES; i += 1) {
      await queue.addBulk(Array.from({ length: WAITING }, () => ({ name: 'call', data: { id: busy! } })));
      await queue.add('probe', { id: neighbour!, asked: Date.now() } as { id: string });
      await new Promise<void>((resolve) => {
        const look = setInterval(() => {
          if (waits.length < i) return;
          clearInterval(look);
          resolve();
        }, 50);
      });
    }
    return waits;
  } finally {
    await worker.close(true);
    await queue.obliterate({ force: true });
    await queue.close();
  }
}
