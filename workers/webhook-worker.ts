/**
 * Tells tenants' endpoints of events. One worker finds out what is due and queues a turn for each endpoint that has something; any
 * worker takes a turn. An endpoint has one turn at a time and a few calls in it, so that a slow one holds up nobody else.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'bullmq';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../src/log.ts';
import { keys, QUEUE_PREFIX } from '../src/redis/keys.ts';
import type { WebhookTicket } from '../src/redis/queues.ts';
import type { Seal } from '../src/secrets/seal.ts';
import { deliver } from '../src/webhooks/deliver.ts';
import type { DeliveryRules } from '../src/webhooks/deliver.ts';
import { dispatchEvents } from '../src/webhooks/dispatch.ts';
import { nextDue, takeDue } from '../src/webhooks/due.ts';
import { readState, readWebhook } from '../src/webhooks/endpoint.ts';
import { createLease, LEASE_MS } from './lease.ts';

interface Parts {
  redis: Redis;
  queue: Queue<WebhookTicket>;
  seal: Seal;
  rules: DeliveryRules;
  log: Log;
}

/** Endpoints that one worker tells at once; most of that is waiting. */
const CONCURRENCY = 50;
/** Calls to one endpoint at once, and how long a turn is; then the others have theirs. */
const AT_ONCE = 5;
const TURN_MS = 5_000;
const LOOK_MS = 250;
const PAGE = 200;

export interface WebhookWorker {
  close(): Promise<void>;
}

export function startWebhookWorker({ redis, queue, seal, rules, log }: Parts): WebhookWorker {
  const lease = createLease(redis, keys.webhookDispatcher);
  let stopping = false;

  async function takeTurn({ tenantId, webhookId }: WebhookTicket): Promise<void> {
    const ends = Date.now() + TURN_MS;
    while (Date.now() < ends && !stopping) {
      const webhook = await readWebhook(redis, tenantId, webhookId);
      if (webhook?.status !== 'enabled') break;
      const due = await takeDue(redis, webhook, await readState(redis, webhookId), AT_ONCE);
      const goesOn = await Promise.all(due.map((member) => deliver(redis, seal, rules, webhook, member)));
      if (due.length === 0 || goesOn.includes(false)) break;
    }
    await putBack(tenantId, webhookId);
  }

  /** Taken off the list first: what becomes due meanwhile puts it there again. */
  async function putBack(tenantId: string, webhookId: string): Promise<void> {
    const entry = `${tenantId} ${webhookId}`;
    await redis.zrem(keys.webhooksDue, entry);
    const webhook = await readWebhook(redis, tenantId, webhookId);
    if (webhook?.status !== 'enabled') return;
    const next = await nextDue(redis, webhook, await readState(redis, webhookId));
    if (next !== undefined) await redis.zadd(keys.webhooksDue, next, entry);
  }

  async function queueTurns(): Promise<void> {
    const due = await redis.zrangebyscore(keys.webhooksDue, '-inf', Date.now(), 'LIMIT', 0, PAGE);
    for (const entry of due) {
      const [tenantId = '', webhookId = ''] = entry.split(' ');
      // One that has its turn, or waits for it, is not queued again.
      const options = { jobId: webhookId, removeOnComplete: true, removeOnFail: true };
      await queue.add('turn', { tenantId, webhookId }, options);
    }
  }

  async function run(): Promise<void> {
    while (!stopping) {
      try {
        if (!(await lease.isOurs())) await delay(LEASE_MS / 5);
        else {
          await dispatchEvents(redis);
          await queueTurns();
          await delay(LOOK_MS);
        }
      } catch (err) {
        log.warn({ err }, 'webhooks not looked through; tried again');
        await delay(LEASE_MS / 5);
      }
    }
    await lease.release();
  }

  const worker = new Worker<WebhookTicket>(queue.name, (job) => takeTurn(job.data), {
    connection: redis,
    prefix: QUEUE_PREFIX,
    concurrency: CONCURRENCY,
    // Whatever was not noted as delivered is sent again: at least once.
    maxStalledCount: 1_000_000,
    lockDuration: 30_000,
    stalledInterval: 10_000,
  });
  worker.on('error', (err) => log.error({ err }, 'webhook worker'));
  worker.on('failed', (_job, err) => log.warn({ err }, 'a turn of a webhook failed; it comes round again'));
  const running = run();
  return {
    async close() {
      stopping = true;
      await Promise.all([running, worker.close()]);
    },
  };
}
