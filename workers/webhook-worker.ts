/**
 * Tells tenants' webhooks of events. One worker finds out what is due and queues a turn for each webhook that has something; any
 * worker takes a turn. A webhook has one turn at a time and a few calls in it, so that a slow one holds up nobody else.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../src/log.ts';
import { keys } from '../src/redis/keys.ts';
import type { Outages } from '../src/redis/outage.ts';
import { webhookJobOptions, type WebhookTicket } from '../src/redis/queues.ts';
import type { Seal } from '../src/secrets/seal.ts';
import type { DeliveryRules } from '../src/webhooks/deliver.ts';
import { createDispatcher } from '../src/webhooks/dispatch.ts';
import type { HostPace } from '../src/webhooks/host-pace.ts';
import { takeDueWebhooks } from '../src/webhooks/webhook-store.ts';
import { createLease, LEASE_MS } from '../src/redis/leases.ts';
import { WatchedWorker, workerOptions } from './watched-worker.ts';
import { takeTurn } from './webhook-turn.ts';

interface Parts {
  redis: Redis;
  queue: Queue<WebhookTicket>;
  seal: Seal;
  rules: DeliveryRules;
  pace: HostPace;
  /** How soon the turn of a worker that died is taken up by another one, ms. */
  lockMs: number;
  outages: Outages;
  log: Log;
}

/** Webhooks that one worker tells at once. Nearly all of that is waiting for endpoints. */
const CONCURRENCY = 200;
const LOOK_MS = 200;
const PAGE = 500;
/** So long one that was queued is not queued again; it can't be twice, but it need not be tried. */
const QUEUED_MS = 1_000;

export interface WebhookWorker {
  close(): Promise<void>;
}

export function startWebhookWorker({
  redis,
  queue,
  seal,
  rules,
  pace,
  lockMs,
  outages,
  log,
}: Parts): WebhookWorker {
  const lease = createLease(redis, keys.webhookDispatcher);
  const dispatcher = createDispatcher(redis);
  let stopping = false;

  async function queueTurns(): Promise<void> {
    for (let found = PAGE; found === PAGE;) {
      // First: a turn that ends in between says again when the next one is due.
      const due = await takeDueWebhooks(redis, PAGE, QUEUED_MS);
      found = due.length;
      if (found > 0) await queue.addBulk(due.map(turnOf));
    }
  }

  async function run(): Promise<void> {
    while (!stopping) {
      try {
        if (!(await lease.isOurs())) await delay(LEASE_MS / 5);
        else {
          await dispatcher.dispatch();
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

  const options = workerOptions({ connection: redis, concurrency: CONCURRENCY, lockMs });
  const work = async ({ data }: { data: WebhookTicket }) => {
    try {
      await takeTurn({ redis, seal, rules, pace }, data, () => stopping);
    } catch (err) {
      // It comes round again: what was not noted is still due.
      log.warn({ err, webhook: data.webhookId, tenant_id: data.tenantId }, 'turn of a webhook failed');
    }
  };
  const worker = new WatchedWorker({ queue, work, options, outages, log });
  const running = run();
  return {
    async close() {
      stopping = true;
      await Promise.all([running, worker.close()]);
    },
  };
}

/** One that has its turn, or waits for it, is not queued again: its id says so. */
function turnOf(entry: string) {
  const [tenantId = '', webhookId = ''] = entry.split(' ');
  return { name: 'turn', data: { tenantId, webhookId }, opts: { ...webhookJobOptions, jobId: webhookId } };
}
