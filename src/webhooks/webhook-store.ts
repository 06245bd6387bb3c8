/**
 * Webhooks in Redis: definition, state, pending events and delivery log of each. In the registry's slot, so that the
 * events that record changes are written in the same transaction.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { Delivery, DeliveryNote, TakenOver, Webhook, WebhookState, Writing } from './webhook.ts';

export type WebhookId = Pick<Webhook, 'tenant_id' | 'id'>;

/** Length of a webhook's delivery log. */
export const LOG_LENGTH = 500;

const file = (name: string) => new URL(`./${name}.lua`, import.meta.url);
const scripts = {
  change: defineScript({
    file: file('change-webhook'),
    keys: ['webhooks', 'tenants', 'outbox', 'allDue', 'state', 'due', 'tries', 'log'],
    args: [
      'tenantId',
      'id',
      'from',
      'becomes',
      'event',
      'limit',
      'tellFrom',
      'triesAtOnce',
      'passOver',
      'nowMs',
      'verification',
      'verificationMs',
      'replayTo',
    ],
  }),
  takeOver: defineScript({
    file: file('take-over'),
    keys: ['webhooks', 'allDue', 'state', 'due', 'outbox'],
    args: ['tenantId', 'id', 'from', 'cursor', 'seq', 'now', 'skipped', '...events'],
  }),
  reschedule: defineScript({
    file: file('reschedule-webhook'),
    keys: ['webhooks', 'allDue', 'state', 'due'],
    args: ['tenantId', 'id', 'notBefore'],
  }),
  dropDue: defineScript({
    file: file('drop-due'),
    keys: ['due', 'tries', 'outbox'],
    args: ['event', '...lost'],
  }),
  noteDelivery: defineScript({
    file: file('note-delivery'),
    keys: ['webhooks', 'state', 'due', 'tries', 'log'],
    args: ['id', 'event', 'delivery', 'logLength', 'now', 'result', 'nextAt', 'pausedUntil', 'askedUntil'],
  }),
  noteVerification: defineScript({
    file: file('note-verification'),
    keys: ['webhooks', 'state', 'log', 'outbox'],
    args: ['id', 'verification', 'delivery', 'logLength', 'nextAt', 'event'],
  }),
};

/** All keys of one webhook. */
const placesOf = ({ tenant_id, id }: WebhookId) => ({
  tenantId: tenant_id,
  id,
  webhooks: keys.webhooks(tenant_id),
  allDue: keys.webhooksDue,
  state: keys.webhookState(id),
  due: keys.webhookDue(id),
  tries: keys.webhookTries(id),
  log: keys.webhookLog(id),
  outbox: keys.registryOutbox,
});

/** Oldest first. */
export async function listWebhooks(redis: Redis, tenantId: string): Promise<Webhook[]> {
  const all = await redis.hvals(keys.webhooks(tenantId));
  return all
    .map((text) => parseJson<Webhook>(text))
    .sort((a, b) => a.created_at.localeCompare(b.created_at) || a.id.localeCompare(b.id));
}

export async function readWebhook(redis: Redis, tenantId: string, id: string): Promise<Webhook | undefined> {
  const text = await redis.hget(keys.webhooks(tenantId), id);
  return text === null ? undefined : parseJson<Webhook>(text);
}

const VERIFICATION_FIELDS = ['verification', 'verification_tries', 'verification_at'] as const;

export async function readState(redis: Redis, id: string): Promise<WebhookState> {
  const pauses = ['failing_since', 'paused_until', 'asked_until'] as const;
  const [failing, paused, asked, cursor, seq, verification, tries, nextAt] = await redis.hmget(
    keys.webhookState(id),
    ...pauses,
    ...(['cursor', 'cursor_seq', ...VERIFICATION_FIELDS] as const),
  );
  return {
    failingSince: failing ? Number(failing) : undefined,
    pausedUntil: Math.max(Number(paused ?? 0), Number(asked ?? 0)),
    cursor: cursor ?? '0-0',
    cursorSeq: seq ? Number(seq) : undefined,
    verification:
      verification && nextAt
        ? { id: verification, tries: Number(tries ?? 0), nextAt: Number(nextAt) }
        : undefined,
  };
}

/**
 * How long events are held back for an unverified endpoint; afterwards it gets only events from its next verification
 * on.
 */
export const VERIFICATION_MS = 3_600_000;

/**
 * @property was undefined: it is new
 * @property becomes undefined: it is deleted, with all its keys
 */
export async function writeWebhook(
  redis: Redis,
  webhook: WebhookId,
  { was, becomes }: { was?: Webhook; becomes?: Webhook },
  {
    event,
    limit = 0,
    from = '',
    passOver = '',
    triesAtOnce = false,
    verifies = false,
    replayTo = '',
  }: Writing,
): Promise<'done' | 'changed meanwhile' | 'too many' | 'replay in progress'> {
  const text = (one: Webhook | undefined) => (one ? JSON.stringify(one) : '');
  const done = await scripts.change(redis, {
    ...placesOf(webhook),
    tenants: keys.webhookTenants,
    from: text(was),
    becomes: text(becomes),
    event,
    limit,
    tellFrom: from,
    triesAtOnce: triesAtOnce ? '1' : '',
    passOver,
    nowMs: redisNow(),
    verification: verifies ? randomUUID() : '',
    verificationMs: VERIFICATION_MS,
    replayTo,
  });
  if (done === 1) return 'done';
  return done === 2 ? 'too many' : done === 3 ? 'replay in progress' : 'changed meanwhile';
}

/**
 * Read-modify-write with optimistic locking.
 * @param change returns undefined to change nothing
 * @returns the new value; undefined when it was deleted or nothing changed; `replay in progress`: nothing changed
 */
export async function changeWebhook(
  redis: Redis,
  webhook: WebhookId,
  change: (was: Webhook) => Webhook | undefined,
  writing: Writing,
): Promise<Webhook | 'replay in progress' | undefined> {
  for (;;) {
    const was = await readWebhook(redis, webhook.tenant_id, webhook.id);
    const becomes = was && change(was);
    if (!becomes) return undefined;
    const written = await writeWebhook(redis, webhook, { was, becomes }, writing);
    if (written === 'done') return becomes;
    if (written === 'replay in progress') return written;
  }
}

/** @param event as text; '' when it is recorded elsewhere */
export async function removeWebhook(redis: Redis, webhook: WebhookId, event: string): Promise<void> {
  for (;;) {
    const was = await readWebhook(redis, webhook.tenant_id, webhook.id);
    if (!was || (await writeWebhook(redis, webhook, { was }, { event })) === 'done') return;
  }
}

/** For a tenant that is being deleted. */
export async function removeWebhooksOf(redis: Redis, tenantId: string): Promise<void> {
  for (const webhook of await listWebhooks(redis, tenantId)) await removeWebhook(redis, webhook, '');
  await redis.del(keys.webhookVerifications(tenantId));
}

/** Tenants that have webhooks, each with a number that increases with every change of them. */
export async function listWebhookTenants(redis: Redis): Promise<[tenantId: string, changes: string][]> {
  return Object.entries(await redis.hgetall(keys.webhookTenants));
}

/**
 * Webhooks of all tenants that are scheduled for now, `<tenant> <id>`, at most `count`; each is hidden for `againMs`.
 */
export async function takeDueWebhooks(redis: Redis, count: number, againMs: number): Promise<string[]> {
  const now = redisNow();
  const due = await redis.zrangebyscore(keys.webhooksDue, '-inf', now, 'LIMIT', 0, count);
  if (due.length > 0)
    await redis.zadd(keys.webhooksDue, 'XX', ...due.flatMap((entry) => [now + againMs, entry]));
  return due;
}

export const countDue = (redis: Redis, id: string): Promise<number> => redis.zcard(keys.webhookDue(id));

/**
 * Pending events of a webhook by time of their next attempt. @param until ms since 1970; absent: all @param count at
 * most
 */
export function listDue(
  redis: Redis,
  id: string,
  until: number | '+inf' = '+inf',
  count = -1,
): Promise<string[]> {
  return redis.zrangebyscore(keys.webhookDue(id), '-inf', until, 'LIMIT', 0, count);
}

/** Number of attempts of an event. */
export async function countTries(redis: Redis, id: string, event: string): Promise<number> {
  return Number((await redis.hget(keys.webhookTries(id), event)) ?? 0);
}

/** @returns false when the webhook was deleted, or its cursor set back meanwhile */
export async function takeOverEvents(
  redis: Redis,
  webhook: WebhookId,
  { due, ...taken }: TakenOver,
): Promise<boolean> {
  const events = due.flat();
  return (await scripts.takeOver(redis, { ...placesOf(webhook), ...taken, now: redisNow(), events })) === 1;
}

/** Removes pending events that have left the audit log. @param event records that */
export async function dropDue(
  redis: Redis,
  webhook: WebhookId,
  event: string,
  lost: readonly string[],
): Promise<void> {
  await scripts.dropDue(redis, { ...placesOf(webhook), event, lost });
}

/** Reschedules it after its round. @param notBefore when its host may be called again, ms since 1970 */
export async function rescheduleWebhook(
  redis: Redis,
  tenantId: string,
  id: string,
  notBefore: number,
): Promise<void> {
  await scripts.reschedule(redis, { ...placesOf({ tenant_id: tenantId, id }), notBefore });
}

/** @returns since when no delivery has succeeded, ms since 1970; 0 when one has, or the webhook was deleted */
export async function noteDelivery(redis: Redis, webhook: WebhookId, note: DeliveryNote): Promise<number> {
  const { delivery, nextAt, askedUntil } = note;
  const since = await scripts.noteDelivery(redis, {
    ...placesOf(webhook),
    ...note,
    delivery: JSON.stringify(delivery),
    logLength: LOG_LENGTH,
    result: delivery.result,
    nextAt: nextAt ?? '',
    askedUntil: askedUntil ?? '',
  });
  return Number(since);
}

/** @param nextAt ms since 1970; undefined: no further attempt. @param event reports the failure; '' none */
export async function noteVerification(
  redis: Redis,
  webhook: WebhookId,
  { delivery, nextAt, event }: { delivery: Delivery; nextAt: number | undefined; event: string },
): Promise<void> {
  await scripts.noteVerification(redis, {
    ...placesOf(webhook),
    verification: delivery.event_id,
    delivery: JSON.stringify(delivery),
    logLength: LOG_LENGTH,
    nextAt: nextAt ?? '',
    event,
  });
}

/** Newest first. */
export async function listDeliveries(redis: Redis, id: string, count: number): Promise<Delivery[]> {
  const found = await redis.lrange(keys.webhookLog(id), 0, count - 1);
  return found.map((text) => parseJson<Delivery>(text));
}
