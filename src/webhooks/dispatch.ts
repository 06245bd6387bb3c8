/** Takes events over from the audit logs: whatever is recorded and wanted by a webhook becomes due there. */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { readHead, readLog, readStreamId, type LogEntry, type RecordedEvent } from '../events/audit-log.ts';
import { redisNow } from '../redis/clock.ts';
import { dueMember, MAX_DUE, skippedEvent } from './due.ts';
import { isVerified, type Webhook } from './webhook.ts';
import { countDue, listWebhooks, listWebhookTenants, readState, takeOverEvents } from './webhook-store.ts';

const PAGE = 500;

/** The event by which a tenant has a webhook tried: it goes to that one, whatever it chose to be told of. */
const TEST_EVENT = 'webhook.tested';

export interface Dispatcher {
  /** Takes over what has come since the last time. */
  dispatch(): Promise<void>;
}

export function createDispatcher(redis: Redis): Dispatcher {
  /** How a tenant's log and webhooks stood when all of it had been taken over: most of the time nothing has changed since. */
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

/** @returns whether there was nothing left to take over */
async function takeOver(redis: Redis, webhook: Webhook): Promise<boolean> {
  const { id, tenant_id, status } = webhook;
  // Held back until its endpoint agrees; that is a change, after which it is looked at again.
  if (status === 'enabled' && !isVerified(webhook)) return true;
  const [{ cursor, cursorSeq }, waiting] = await Promise.all([readState(redis, id), countDue(redis, id)]);
  if (status === 'enabled' && waiting + PAGE > MAX_DUE) return false;
  const entries = await readLog(redis, tenant_id, { from: `(${cursor}`, to: '+', count: PAGE });
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) return true;
  // What comes while it is disabled is passed over; it can be replayed.
  const wanted = status === 'enabled' ? entries.filter((entry) => isWanted(webhook, entry)) : [];
  const skipped = cursorSeq === undefined ? 0 : Math.max(0, seqOf(first) - cursorSeq - 1);
  const event = skipped > 0 && status === 'enabled' ? skippedEvent(webhook, skipped) : '';
  const now = redisNow();
  // At once, also when its time lies ahead: Redis' own clock was put back, or another one stamped it once.
  const due = wanted.map(({ id: at }) => [Math.min(now, readStreamId(at)[0]), dueMember(at)] as const);
  const taken = { from: cursor, cursor: last.id, seq: seqOf(last), skipped: event, due };
  return (await takeOverEvents(redis, webhook, taken)) && entries.length < PAGE;
}

const seqOf = ({ text }: LogEntry): number => parseJson<RecordedEvent>(text).seq;

function isWanted({ id, event_types }: Webhook, { text }: LogEntry): boolean {
  const { type, target } = parseJson<RecordedEvent>(text);
  return type === TEST_EVENT ? target === id : event_types.includes(type);
}
