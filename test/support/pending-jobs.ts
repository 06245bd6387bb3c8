/** A deployment whose bounds of pending jobs are small, and where these wait for as long as a test wants: it has no worker until then. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectForWaiting, untilReady } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import type { StartedProcess } from '../../src/start/processes.ts';
import { newApiKey, until, type NewKey } from './api-keys.ts';
import { apiKey, demoUser, user } from './callers.ts';
import { call, type Answer } from './client.ts';
import { ownWorld, type OwnDeployment } from './own-deployment.ts';
import { moveInto, WORLD_MS } from './world.ts';

export const PER_CALLER = 6;
export const PER_TENANT = 10;
export const BYTES = 20_000;

export const respondAsync = { prefer: 'respond-async' };

export const times = (count: number, status: number): number[] => Array.from({ length: count }, () => status);

export class PendingJobs {
  deployment!: OwnDeployment;
  redis!: Redis;
  key!: string;
  other!: NewKey;
  /** Of the user who is changed. */
  path!: string;
  worker: StartedProcess | undefined;
  private moveOut: (() => void) | undefined;

  async start(): Promise<void> {
    const own = await ownWorld({
      apiSettings: {
        PENDING_JOBS_PER_CALLER: String(PER_CALLER),
        PENDING_JOBS_PER_TENANT: String(PER_TENANT),
        PENDING_BYTES_PER_TENANT: String(BYTES),
      },
    });
    this.deployment = own;
    this.moveOut = moveInto(own);
    this.redis = connectForWaiting(own.redis);
    await untilReady(this.redis);
    this.key = await apiKey('acme');
    this.other = await newApiKey('acme', { scopes: ['read:users', 'update:users', 'read:tenant'] });
    // Known to the API before the worker goes.
    for (const as of [this.key, this.other.as, await apiKey('globex')])
      await call('GET', '/v1/users?email=a@b.example', { as });
    await user('acme');
    this.path = `/v1/users/${encodeURIComponent((await demoUser('acme', 'member')).user_id)}`;
    this.worker = own.parts.worker;
  }

  async end(): Promise<void> {
    this.redis?.disconnect();
    this.moveOut?.();
    await this.deployment?.end();
  }

  /** Without a worker, what was accepted waits. */
  async rest(): Promise<void> {
    await this.worker?.stop();
    this.worker = undefined;
  }

  /** Everything that waits ends. */
  async work(): Promise<void> {
    this.worker ??= await this.deployment.startWorker(`worker-${randomUUID()}`, { WORKER_LOCK_SECONDS: '1' });
    await until(async () => (await this.redis.keys(`${keys.relayPrefix}fair:pending*`)).length === 0);
  }

  change(as: string, name: string = randomUUID(), headers: Record<string, string> = {}): Promise<Answer> {
    return call('PATCH', this.path, { as, body: { name }, headers: { ...respondAsync, ...headers } });
  }

  async changes(as: string, count: number): Promise<number[]> {
    const statuses: number[] = [];
    for (let i = 0; i < count; i += 1) statuses.push((await this.change(as)).status);
    return statuses;
  }
}

/** Starts one for the tests of this block, each of which begins without a worker and ends with nothing waiting. */
export function pendingJobs(): PendingJobs {
  const pending = new PendingJobs();
  before(async function () {
    this.timeout(WORLD_MS);
    await pending.start();
  });
  after(async function () {
    this.timeout(WORLD_MS);
    await pending.end();
  });
  beforeEach(() => pending.rest());
  afterEach(() => pending.work());
  return pending;
}
