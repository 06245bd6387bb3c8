/** Takes events over from the audit logs: schedules each recorded event at the webhooks that subscribe to it. */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { readHead, readLog, readStreamId, type LogEntry, type RecordedEvent } from '../events/audit-log.ts';
import { redisNow } from '../redis/clock.ts';
import { dueMember, MAX_DUE, skippedEvent } from './due.ts';
import { isVerified, type Webhook } from './webhook.ts';
import { countDue, listWebhooks, listWebhookTenants, readState, takeOverEvents } from './webhook-store.ts';

const PAGE = 500;

/** Event of a webhook test: goes to the tested webhook, whatever types it subscribes to. */
const TEST_EVENT = 'webhook.tested';

export interface Dispatcher {
  /** Takes over events since the last call. */
  dispatch(): Promise<void>;
}

export function createDispatcher(redis: Redis): Dispatcher {
  /** State of a tenant's log and webhooks when everything had been taken over: usually nothing has changed since. */
  let done = new Map<string, string>();

  async function marks(): Promise<[tenantId: string, mark: string][]> {
    const tenants = await listWebhookTenants(redis);
    return Promise.all(
      tenants.map(async ([tenantId, changes]): Promise<[string, string]> => {
        const { recorded } = await readHead(redis, tenantId);
        return [tenantId, `${changes} ${recorded.join('-')}`];
      }),
    );
  }

  return {
    async dispatch() {
      const stillDone = new Map<string, string>();
      for (const [tenantId, mark] of await marks()) {
        let isDone = done.get(tenantId) === mark;
        if (!isDone) {
          isDone = true;
          for (const webhook of await listWebhooks(redis, tenantId))
            if (!(await takeOver(redis, webhook))) isDone = false;
        }
        if (isDone) stillDone.set(tenantId, mark);
      }
      done = stillDone;
    },
  };
}

/** @returns whether everything has been taken over */
async function takeOver(redis: Redis, webhook: Webhook): Promise<boolean> {
  const { id, tenant_id, status } = webhook;
  // Held back until the endpoint is verified; that is a change, after which it is checked again.
  if (status === 'enabled' && !isVerified(webhook)) return true;
  const [{ cursor, cursorSeq }, waiting] = await Promise.all([readState(redis, id), countDue(redis, id)]);
  if (status === 'enabled' && waiting + PAGE > MAX_DUE) return false;
  const entries = await readLog(redis, tenant_id, { from: `(${cursor}`, to: '+', count: PAGE });
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) return true;
  // Events during a disabled phase are skipped; they can be replayed.
  const wanted = status === 'enabled' ? entries.filter((entry) => isWanted(webhook, entry)) : [];
  const skipped = cursorSeq === undefined ? 0 : Math.max(0, seqOf(first) - cursorSeq - 1);
  const event = skipped > 0 && status === 'enabled' ? skippedEvent(webhook, skipped) : '';
  const now = redisNow();
  // Immediately, even if its time is in the future: Redis's clock was set back, or another clock stamped it.
  const due = wanted.map(({ id: at }) => [Math.min(now, readStreamId(at)[0]), dueMember(at)] as const);
  const taken = { from: cursor, cursor: last.id, seq: seqOf(last), skipped: event, due };
  return (await takeOverEvents(redis, webhook, taken)) && entries.length < PAGE;
}

const seqOf = ({ text }: LogEntry): number => parseJson<RecordedEvent>(text).seq;

function isWanted({ id, event_types }: Webhook, { text }: LogEntry): boolean {
  const { type, target } = parseJson<RecordedEvent>(text);
  return type === TEST_EVENT ? target === id : event_types.includes(type);
}
