/** One try to tell an endpoint of one event, and what follows from how it went. */
import type { Redis } from 'ioredis';
import { readLog } from '../events/audit-log.ts';
import type { RecordedEvent } from '../events/audit-log.ts';
import { systemEvent } from '../events/event.ts';
import { keys } from '../redis/keys.ts';
import type { Seal } from '../secrets/seal.ts';
import { streamIdOf } from './due.ts';
import { openSecrets, readState, readWebhook, saveWebhook } from './endpoint.ts';
import type { Webhook } from './endpoint.ts';
import { send } from './send.ts';
import type { SendOutcome } from './send.ts';
import { signatureFields } from './sign.ts';

export interface Delivery extends Partial<SendOutcome> {
  event_id: string;
  type: string;
  attempt: number;
  /** ISO 8601. */
  time: string;
  result: 'delivered' | 'failed' | 'given_up';
  /** ISO 8601; when it failed and is tried again. */
  next_at?: string;
}

export interface DeliveryRules {
  /** How long after each try the next one is made; after the last one it is given up. */
  retryMs: readonly number[];
  /** An endpoint that failed for so long, and never did otherwise, is disabled. */
  disableAfterMs: number;
  allowsLoopback: boolean;
}

/** So many tries are shown of an endpoint. */
const LOG_LENGTH = 500;
const GONE = 410;

/** @returns false when nothing more goes to this endpoint for now */
export async function deliver(
  redis: Redis,
  seal: Seal,
  rules: DeliveryRules,
  webhook: Webhook,
  member: string,
): Promise<boolean> {
  const { id, tenant_id, url } = webhook;
  const streamId = streamIdOf(member);
  const [entry] = await readLog(redis, tenant_id, { from: streamId, to: streamId, count: 1 });
  if (!entry) {
    // Its time in the log is over.
    await redis.zrem(keys.webhookDue(id), member);
    return true;
  }
  const event = JSON.parse(entry.text) as RecordedEvent;
  const attempt = await redis.hincrby(keys.webhookTries(id), member, 1);
  const body = messageOf(event);
  const secrets = openSecrets(seal, webhook).map(({ secret }) => secret);
  const fields = signatureFields(event.id, Date.now(), body, secrets);
  const outcome = await send(url, { body, fields }, rules.allowsLoopback);
  const isDelivered = outcome.status !== undefined && outcome.status >= 200 && outcome.status < 300;
  const waitMs = rules.retryMs[attempt - 1];
  const nextAt = isDelivered || waitMs === undefined ? undefined : Date.now() + jittered(waitMs);
  const delivery: Delivery = {
    ...{ event_id: event.id, type: event.type, attempt, time: new Date().toISOString() },
    ...outcome,
    result: isDelivered ? 'delivered' : nextAt === undefined ? 'given_up' : 'failed',
    ...(nextAt === undefined ? {} : { next_at: new Date(nextAt).toISOString() }),
  };
  await note(redis, webhook, member, delivery, nextAt);
  if (isDelivered) return true;
  await disableIfHopeless(redis, rules, webhook, outcome);
  return !webhook.is_ordered || nextAt === undefined;
}

/** Thin: ids and what happened. Whoever needs more asks the API, which looks whether they may have it. */
function messageOf({ type, time, ...event }: RecordedEvent): string {
  const { id, seq, tenant_id, principal, operation, target, outcome, request_id } = event;
  const data = { id, seq, tenant_id, principal, operation, target, outcome, request_id };
  return JSON.stringify({ type, timestamp: time, data });
}

/** Receivers that failed together are not asked again together. */
const jittered = (ms: number): number => ms * (0.8 + 0.4 * Math.random());

async function note(
  redis: Redis,
  { id, is_ordered }: Webhook,
  member: string,
  delivery: Delivery,
  nextAt: number | undefined,
): Promise<void> {
  const writes = redis
    .multi()
    .lpush(keys.webhookLog(id), JSON.stringify(delivery))
    .ltrim(keys.webhookLog(id), 0, LOG_LENGTH - 1);
  if (nextAt === undefined) writes.zrem(keys.webhookDue(id), member).hdel(keys.webhookTries(id), member);
  else if (!is_ordered) writes.zadd(keys.webhookDue(id), 'XX', nextAt, member);
  writes.hset(keys.webhookState(id), 'retry_at', is_ordered ? Math.ceil(nextAt ?? 0) : 0);
  if (delivery.result === 'delivered') writes.hdel(keys.webhookState(id), 'failing_since');
  else writes.hsetnx(keys.webhookState(id), 'failing_since', Date.now());
  await writes.exec();
}

async function disableIfHopeless(
  redis: Redis,
  { disableAfterMs }: DeliveryRules,
  { tenant_id, id }: Webhook,
  { status }: SendOutcome,
): Promise<void> {
  const { failingSince = Date.now() } = await readState(redis, id);
  const isGone = status === GONE;
  if (!isGone && Date.now() - failingSince < disableAfterMs) return;
  // As it is now: its tenant may have changed it meanwhile.
  const webhook = await readWebhook(redis, tenant_id, id);
  if (webhook?.status !== 'enabled') return;
  const disabled_because = isGone ? 'gone' : 'failing';
  const event = systemEvent('webhook.disabled', tenant_id, id);
  await saveWebhook(redis, { ...webhook, status: 'disabled', disabled_because }, event);
}

export async function listDeliveries(redis: Redis, id: string, count: number): Promise<Delivery[]> {
  const found = await redis.lrange(keys.webhookLog(id), 0, count - 1);
  return found.map((text) => JSON.parse(text) as Delivery);
}
