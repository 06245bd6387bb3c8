/** One attempt to deliver an event to a webhook, and its consequences. */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { readLog, type RecordedEvent } from '../events/audit-log.ts';
import { systemEvent } from '../events/event.ts';
import { CLOCK_TOLERANCE_MS, redisNow, redisTimestamp } from '../redis/clock.ts';
import type { Seal } from '../secrets/seal.ts';
import { dropLost, streamIdOf } from './due.ts';
import { send, type SendRules, type Sent } from './send.ts';
import { signatureFields } from './sign.ts';
import { openSecrets, type Delivery, type Webhook } from './webhook.ts';
import { changeWebhook, countTries, noteDelivery, readState } from './webhook-store.ts';

export interface DeliveryRules extends SendRules {
  /** Delay after each failed attempt; after the last one, the event is given up. */
  retryMs: readonly number[];
  /** A webhook whose deliveries have all failed for this long is disabled. */
  disableAfterMs: number;
}

/** 410 Gone: the endpoint unsubscribes (Standard Webhooks). */
export const GONE = 410;
/** A failing endpoint can hold up the worker, so its pause is this share of the time since its last success. */
const PAUSE_SHARE = 0.1;
const MAX_PAUSE_MS = 300_000;
/** Longest `Retry-After` honored: an event is not attempted for longer either. */
export const MAX_ASKED_MS = 86_400_000;

/** @param retryAfterMs what `Retry-After` says @returns how long nothing is sent, ms */
export const askedDelay = (retryAfterMs: number): number =>
  Math.min(retryAfterMs, MAX_ASKED_MS) + CLOCK_TOLERANCE_MS;

export async function deliver(
  redis: Redis,
  seal: Seal,
  rules: DeliveryRules,
  webhook: Webhook,
  member: string,
): Promise<void> {
  const event = await readEvent(redis, webhook, member);
  if (!event) {
    // The event is past the audit log's retention, and so are all before it.
    await dropLost(redis, webhook);
    return;
  }
  const attempt = 1 + (await countTries(redis, webhook.id, member));
  const { retryAfterMs, ...outcome } = await sendSigned(seal, rules, webhook, event);
  const isDelivered = outcome.status !== undefined && outcome.status >= 200 && outcome.status < 300;
  const waitMs = rules.retryMs[attempt - 1];
  const askedUntil = retryAfterMs === undefined ? undefined : redisNow() + askedDelay(retryAfterMs);
  const nextAt =
    isDelivered || waitMs === undefined
      ? undefined
      : Math.max(redisNow() + jittered(waitMs), askedUntil ?? 0);
  const failingSince = await note(
    redis,
    webhook,
    member,
    { nextAt, askedUntil },
    {
      event_id: event.id,
      type: event.type,
      attempt,
      time: redisTimestamp(),
      ...outcome,
      result: isDelivered ? 'delivered' : nextAt === undefined ? 'given_up' : 'failed',
      next_at: nextAt === undefined ? undefined : new Date(nextAt).toISOString(),
    },
  );
  if (isDelivered) return;
  if (outcome.status === GONE) await disable(redis, webhook, 'gone');
  else if (redisNow() - failingSince >= rules.disableAfterMs) await disable(redis, webhook, 'failing');
}

async function readEvent(
  redis: Redis,
  { tenant_id }: Webhook,
  member: string,
): Promise<RecordedEvent | undefined> {
  const id = streamIdOf(member);
  const [entry] = await readLog(redis, tenant_id, { from: id, to: id, count: 1 });
  return entry && parseJson<RecordedEvent>(entry.text);
}

function sendSigned(seal: Seal, rules: SendRules, webhook: Webhook, event: RecordedEvent): Promise<Sent> {
  const body = messageOf(event);
  const secrets = openSecrets(seal, webhook).map(({ secret }) => secret);
  return send(webhook.url, body, signatureFields(event.id, redisNow(), body, secrets), rules);
}

/** A thin payload: ids and what happened. Receivers fetch more from the API, which checks their permissions. */
function messageOf({ type, time, ...event }: RecordedEvent): string {
  const { id, seq, tenant_id, principal, operation, target, outcome, status, code, count } = event;
  const { details, request_id } = event;
  const what = { operation, target, outcome, status, code, count, details, request_id };
  return JSON.stringify({ type, timestamp: time, data: { id, seq, tenant_id, principal, ...what } });
}

/** Jitter, so that simultaneous failures are not retried simultaneously. */
const jittered = (ms: number): number => Math.ceil(ms * (0.8 + 0.4 * Math.random()));

/**
 * @param nextAt next attempt, ms since 1970. @param askedUntil end of the endpoint's `Retry-After`, ms since 1970
 * @returns since when no delivery has succeeded, ms since 1970
 */
async function note(
  redis: Redis,
  webhook: Webhook,
  member: string,
  { nextAt, askedUntil }: { nextAt: number | undefined; askedUntil: number | undefined },
  delivery: Delivery,
): Promise<number> {
  const now = redisNow();
  const { failingSince = now } = await readState(redis, webhook.id);
  const pausedUntil = now + Math.min(MAX_PAUSE_MS, Math.round((now - failingSince) * PAUSE_SHARE));
  const since = await noteDelivery(redis, webhook, {
    event: member,
    delivery,
    now,
    // With ordered delivery the event keeps its place, and all others wait for it.
    nextAt: webhook.is_ordered ? undefined : nextAt,
    pausedUntil: webhook.is_ordered ? (nextAt ?? now) : pausedUntil,
    askedUntil,
  });
  return since || now;
}

async function disable(redis: Redis, webhook: Webhook, why: 'gone' | 'failing'): Promise<void> {
  const event = systemEvent('webhook.disabled', webhook.tenant_id, webhook.id);
  // The failure concerns this URL: the tenant may have changed it meanwhile.
  const isMeant = ({ status, url }: Webhook) => status === 'enabled' && url === webhook.url;
  await changeWebhook(
    redis,
    webhook,
    (now) => (isMeant(now) ? { ...now, status: 'disabled', disabled_because: why } : undefined),
    { event },
  );
}
