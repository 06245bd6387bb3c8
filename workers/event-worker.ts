/**
 * Moves events from the outboxes to the audit logs, and removes expired ones. Runs in one worker process at a time, with failover: two at
 * once would only get in each other's way (`src/events/audit-log.ts`).
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { listAudited, trimLog } from '../src/events/audit-log.ts';
import type { ChainKeys } from '../src/events/chain.ts';
import { forwardEvents } from '../src/events/forward.ts';
import { createLogBound } from '../src/events/log-bound.ts';
import type { Log } from '../src/log.ts';
import { redisNow } from '../src/redis/clock.ts';
import { keys } from '../src/redis/keys.ts';
import { createLease } from '../src/redis/leases.ts';
import { LeaseLoop } from './lease-loop.ts';

interface Parts {
  redis: Redis;
  chain: ChainKeys;
  keepMs: number;
  /** Size limit of each log. */
  maxBytes: number;
  log: Log;
}

/** Poll interval: upper limit of the delay until an event is visible. */
const POLL_MS = 100;
const TRIM_MS = 3_600_000;

export function startEventWorker({ redis, chain, keepMs, maxBytes, log }: Parts): LeaseLoop {
  const bound = createLogBound(redis, chain, maxBytes);
  let trimmedAt = 0;

  async function trim(): Promise<void> {
    if (redisNow() - trimmedAt < TRIM_MS) return;
    trimmedAt = redisNow();
    for (const tenantId of await listAudited(redis)) {
      const events = await trimLog(redis, chain, tenantId, redisNow() - keepMs);
      if (events > 0) log.info({ tenant_id: tenantId, events }, 'old events removed');
    }
  }

  return new LeaseLoop({
    lease: createLease(redis, keys.forwarder),
    async turn() {
      if ((await forwardEvents(redis, chain, bound)) > 0) return;
      await trim();
      await delay(POLL_MS);
    },
    onError: (err) => log.warn({ err }, 'events not moved to the audit log; retried'),
  });
}
