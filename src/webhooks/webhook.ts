/** Where a tenant wants to be told, of what, and how that goes. In the registry's slot, so that its changes are told with them. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { Seal } from '../secrets/seal.ts';

export interface Webhook {
  id: string;
  tenant_id: string;
  url: string;
  event_types: string[];
  /** One event after the other, each only when the one before has arrived or was given up. */
  is_ordered: boolean;
  status: 'enabled' | 'disabled';
  /** Why it was disabled: by its tenant, by itself (410), or because nothing arrived for days. */
  disabled_because?: 'asked' | 'gone' | 'failing';
  created_at: string;
  /** When the endpoint answered the challenge at this URL, ISO 8601; left out: it has not, and no event is sent to it. */
  verified_at?: string;
  /** Sealed: the newest first, and the ones before while they are still good. */
  secrets: string;
}

export interface WebhookSecret {
  /** `whsec_…`, as Standard Webhooks has it. */
  secret: string;
  /** ISO 8601; left out: no end. */
  expires_at?: string;
}

/** How it stands with a webhook; changes with each delivery. */
export interface WebhookState {
  /** Nothing has arrived since, ms since 1970. */
  failingSince: number | undefined;
  /** Nothing is sent before, ms since 1970. */
  pausedUntil: number;
  /** Id in the audit log's stream up to which events were taken over. */
  cursor: string;
  /** `seq` of the last of those; undefined: not known, since a replay has set the cursor back. */
  cursorSeq: number | undefined;
  /** The verification that is under way; undefined: none is. */
  verification: { id: string; tries: number; nextAt: number } | undefined;
}

/** Whether events may be sent to it. */
export const isVerified = ({ verified_at }: Webhook): boolean => verified_at !== undefined;

const placeOf = (id: string): string => `webhook:${id}:secrets`;

export const sealSecrets = (seal: Seal, id: string, secrets: WebhookSecret[]): string =>
  seal.seal(secrets, placeOf(id));

/** Those that are good at this time, the newest first. */
export function openSecrets(seal: Seal, { id, secrets }: Webhook, now = redisNow()): WebhookSecret[] {
  return seal
    .open<WebhookSecret[]>(secrets, placeOf(id))
    .filter(({ expires_at }) => expires_at === undefined || Date.parse(expires_at) > now);
}

/** Oldest first. */
export async function listWebhooks(redis: Redis, tenantId: string): Promise<Webhook[]> {
  const all = await redis.hvals(keys.webhooks(tenantId));
  return all
    .map((text) => JSON.parse(text) as Webhook)
    .sort((a, b) => a.created_at.localeCompare(b.created_at) || a.id.localeCompare(b.id));
}

export async function readWebhook(redis: Redis, tenantId: string, id: string): Promise<Webhook | undefined> {
  const text = await redis.hget(keys.webhooks(tenantId), id);
  return text === null ? undefined : (JSON.parse(text) as Webhook);
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

export interface Writing {
  /** As text; tells of the change, in the same transaction. */
  event: string;
  /** How many a tenant may have. */
  limit?: number;
  /** Id in the audit log's stream: events behind it are told, also those that were told before. */
  from?: string;
  /** Id in the audit log's stream: if it was disabled, events up to there came meanwhile and are passed over. */
  passOver?: string;
  /** What failed before is forgotten, and it is tried at once. */
  triesAtOnce?: boolean;
  /** A verification begins, unless it is verified. */
  verifies?: boolean;
  /** `from` is a replay: there is one at a time, up to this id in the audit log's stream. */
  replayTo?: string;
}

/** How long events are held back for an endpoint that has not agreed yet; afterwards it is told of what happens from its next verification on. */
export const VERIFICATION_MS = 3_600_000;

const changeScript = defineScript({
  file: new URL('./change-webhook.lua', import.meta.url),
  keys: ['webhooks', 'tenants', 'outbox', 'allDue', 'stateKey', 'due', 'tries', 'log'],
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
});

/**
 * @param was undefined: it is new
 * @param becomes undefined: it goes, with all that belongs to it
 */
export async function writeWebhook(
  redis: Redis,
  was: Webhook | undefined,
  becomes: Webhook | undefined,
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
  const { tenant_id, id } = (was ?? becomes)!;
  const text = (webhook: Webhook | undefined) => (webhook ? JSON.stringify(webhook) : '');
  const done = await changeScript(redis, {
    webhooks: keys.webhooks(tenant_id),
    tenants: keys.webhookTenants,
    outbox: keys.registryOutbox,
    allDue: keys.webhooksDue,
    stateKey: keys.webhookState(id),
    due: keys.webhookDue(id),
    tries: keys.webhookTries(id),
    log: keys.webhookLog(id),
    tenantId: tenant_id,
    id,
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
 * Changes it from what it is at that moment.
 * @param change undefined: nothing is to be changed
 * @returns as it is now; undefined when it is gone or nothing was changed; `replay in progress`: nothing was changed
 */
export async function changeWebhook(
  redis: Redis,
  { tenant_id, id }: Pick<Webhook, 'tenant_id' | 'id'>,
  change: (webhook: Webhook) => Webhook | undefined,
  writing: Writing,
): Promise<Webhook | 'replay in progress' | undefined> {
  for (;;) {
    const was = await readWebhook(redis, tenant_id, id);
    const becomes = was && change(was);
    if (!becomes) return undefined;
    const written = await writeWebhook(redis, was, becomes, writing);
    if (written === 'done') return becomes;
    if (written === 'replay in progress') return written;
  }
}

/** @param event as text; '' when something else tells of it */
export async function removeWebhook(
  redis: Redis,
  { tenant_id, id }: Pick<Webhook, 'tenant_id' | 'id'>,
  event: string,
): Promise<void> {
  for (;;) {
    const was = await readWebhook(redis, tenant_id, id);
    if (!was || (await writeWebhook(redis, was, undefined, { event })) === 'done') return;
  }
}

/** Of a tenant that goes. */
export async function forgetWebhooksOf(redis: Redis, tenantId: string): Promise<void> {
  for (const webhook of await listWebhooks(redis, tenantId)) await removeWebhook(redis, webhook, '');
  await redis.del(keys.webhookVerifications(tenantId));
}
