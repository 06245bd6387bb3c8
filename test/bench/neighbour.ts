/**
 * How long a read by one tenant waits while another one has 600 calls waiting, in slots of the budget: from its job's making until it
 * is taken with its slot, as Redis sees both; and the whole way of its request, less what the same read takes when nothing waits.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { keys } from '../../src/redis/keys.ts';
import type { Deployment } from '../../src/start/deployment.ts';
import { basic } from '../support/basic-credential.ts';

const WAITING = 600;
const AT_ONCE = 50;
const PROBES = 120;

interface Parts {
  deployment: Deployment;
  redis: Redis;
  perSecond: number;
  /** What the same read takes when nothing waits, ms. */
  idleMs: number;
}

export interface NeighbourWaits {
  slots: number[];
  /** What a busy machine adds is in it. */
  wholeWay: number[];
}

export async function neighbourWaits({
  deployment,
  redis,
  perSecond,
  idleMs,
}: Parts): Promise<NeighbourWaits> {
  const [busy, neighbour] = deployment.tenants as [Deployment['tenants'][0], Deployment['tenants'][0]];
  const pending = () => redis.zcard(`${keys.relayPrefix}fair:pending:tenant/${busy.id}`);
  const patch = async (n: number) => {
    const { status } = await fetch(addressOf(deployment, busy), {
      method: 'PATCH',
      headers: { ...credential(busy), 'content-type': 'application/json', prefer: 'respond-async' },
      body: JSON.stringify({ name: `Busy ${n}` }),
    });
    if (status !== 202) throw new Error(`patch: ${status}`);
  };
  const fill = async () => {
    const missing = WAITING + AT_ONCE - (await pending());
    for (let i = 0; i < missing; i += AT_ONCE)
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, missing - i) }, (_, n) => patch(i + n)));
  };
  const watch = await watchTurns(redis, `tenant/${neighbour.id}`);
  const waits: number[] = [];
  for (let i = 0; i < PROBES; i += 1) {
    // Filled up now and then, so that a probe seldom stands behind what fills up.
    if (i % 10 === 0) await fill();
    await delay(20 + Math.random() * 80);
    const started = performance.now();
    const answer = await fetch(addressOf(deployment, neighbour), { headers: credential(neighbour) });
    if (answer.status !== 200) throw new Error(`read: ${answer.status}`);
    await answer.text();
    waits.push((Math.max(0, performance.now() - started - idleMs) / 1000) * perSecond);
  }
  watch.end();
  while ((await pending()) > 0) await delay(200);
  const slots = watch.waitsMs.map((ms) => (ms / 1000) * perSecond);
  if (slots.length !== PROBES) throw new Error(`${slots.length} turns of ${PROBES} were seen`);
  return { slots, wholeWay: waits };
}

/** By what the relay's scripts write: a job's flow when it is made, and its ticket when it is taken. */
async function watchTurns(redis: Redis, flow: string): Promise<{ waitsMs: number[]; end: () => void }> {
  const monitor = await redis.monitor();
  const record = keys.relayJob('');
  const made = new Map<string, number>();
  const waitsMs: number[] = [];
  monitor.on('monitor', (seconds: string, [command = '', key = '', ...written]: string[]) => {
    if (command.toUpperCase() !== 'HSET' || !key.startsWith(record)) return;
    if (written.includes(flow)) made.set(key, Number(seconds) * 1000);
    const since = written[0] === 'turn' ? made.get(key) : undefined;
    if (since !== undefined) waitsMs.push(Number(seconds) * 1000 - since);
  });
  return { waitsMs, end: () => monitor.disconnect() };
}

const addressOf = ({ api }: Deployment, { users }: Deployment['tenants'][0]): string =>
  `${api}/v1/users/${encodeURIComponent(users[0]!.user_id)}`;

const credential = ({ api_key }: Deployment['tenants'][0]) => ({
  authorization: basic(api_key.client_id, api_key.client_secret),
});
