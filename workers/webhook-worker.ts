/**
 * Delivers events to tenants' webhooks. One worker process finds due webhooks and queues a turn for each; any worker executes turns. A
 * webhook has one turn at a time with a few calls in it, so that a slow endpoint does not delay others.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Job, Queue } from 'bullmq';
import type { Log } from '../src/log.ts';
import { keys } from '../src/redis/keys.ts';
import type { Outages } from '../src/redis/outage.ts';
import { webhookJobOptions, type WebhookTicket } from '../src/redis/queues.ts';
import { createDispatcher } from '../src/webhooks/dispatch.ts';
import { takeDueWebhooks } from '../src/webhooks/webhook-store.ts';
import { createLease } from '../src/redis/leases.ts';
import { LeaseLoop } from './lease-loop.ts';
import { WatchedWorker, workerOptions } from './watched-worker.ts';
import { takeTurn, type TurnParts } from './webhook-turn.ts';

interface Parts extends TurnParts {
  queue: Queue<WebhookTicket>;
  /** Time until another worker takes over the turn of a worker that died, ms. */
  lockMs: number;
  outages: Outages;
  log: Log;
}

/** Concurrent turns of one worker, which mostly wait for endpoints. */
const CONCURRENCY = 200;
const LOOK_MS = 200;
const PAGE = 500;
/** A queued webhook is not queued again for this long; duplicates are impossible, but the attempts are avoided. */
const QUEUED_MS = 1_000;

export class WebhookWorker {
  readonly #parts: Parts;
  readonly #loop: LeaseLoop;
  readonly #worker: WatchedWorker<WebhookTicket>;
  #isStopping = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { redis, queue, lockMs, outages, log } = parts;
    const dispatcher = createDispatcher(redis);
    const options = workerOptions({ connection: redis, concurrency: CONCURRENCY, lockMs });
    const work = (job: Job<WebhookTicket>) => this.#work(job.data);
    this.#worker = new WatchedWorker({ queue, work, options, outages, log });
    this.#loop = new LeaseLoop({
      lease: createLease(redis, keys.webhookDispatcher),
      turn: async () => {
        await dispatcher.dispatch();
        await this.#queueTurns();
        await delay(LOOK_MS);
      },
      onError: (err) => log.warn({ err }, 'due webhooks not queued; retried'),
    });
  }

  async close(): Promise<void> {
    this.#isStopping = true;
    await Promise.all([this.#loop.close(), this.#worker.close()]);
  }

  async #queueTurns(): Promise<void> {
    const { redis, queue } = this.#parts;
    for (let found = PAGE; found === PAGE;) {
      // First: a turn that ends meanwhile reports anew when the next one is due.
      const due = await takeDueWebhooks(redis, PAGE, QUEUED_MS);
      found = due.length;
      if (found > 0) await queue.addBulk(due.map(turnOf));
    }
  }

  async #work(ticket: WebhookTicket): Promise<void> {
    try {
      await takeTurn(this.#parts, ticket, () => this.#isStopping);
    } catch (err) {
      const { webhookId, tenantId } = ticket;
      // Retried on a later pass: what was not recorded is still due.
      this.#parts.log.warn({ err, webhook: webhookId, tenant_id: tenantId }, 'turn of a webhook failed');
    }
  }
}

/** The job id prevents a webhook from being queued twice. */
function turnOf(entry: string) {
  const [tenantId = '', webhookId = ''] = entry.split(' ');
  return { name: 'turn', data: { tenantId, webhookId }, opts: { ...webhookJobOptions, jobId: webhookId } };
}
