/** Where a tenant wants to be told, of what, and how that goes. In the registry's slot, so that its changes are told with them. */
import type { ChainableCommander, Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { tellIn } from '../registry/changes.ts';
import type { Seal } from '../secrets/seal.ts';

export interface Webhook {
  id: string;
  tenant_id: string;
  url: string;
  event_types: string[];
  /** One event after the other, each only when the one before has arrived or was given up. */
  is_ordered: boolean;
  status: 'enabled' | 'disabled';
  /** Why it was disabled: by its tenant, by the endpoint itself (410), or because nothing arrived for days. */
  disabled_because?: 'asked' | 'gone' | 'failing';
  created_at: string;
  /** Sealed: the newest first, and the ones before while they are still good. */
  secrets: string;
}

export interface WebhookSecret {
  /** `whsec_…`, as Standard Webhooks has it. */
  secret: string;
  /** ISO 8601; left out: no end. */
  expires_at?: string;
}

/** How it stands with an endpoint; changes with each delivery. */
export interface WebhookState {
  /** ms since 1970. */
  failingSince: number | undefined;
  /** Of an ordered one: nothing is sent before, ms since 1970. */
  retryAt: number;
  /** Id in the audit log's stream up to which events were taken over. */
  cursor: string;
}

const placeOf = (id: string): string => `webhook:${id}:secrets`;

export const sealSecrets = (seal: Seal, id: string, secrets: WebhookSecret[]): string =>
  seal.seal(secrets, placeOf(id));

/** Those that are good at this time. */
export function openSecrets(seal: Seal, { id, secrets }: Webhook, now = Date.now()): WebhookSecret[] {
  return seal
    .open<WebhookSecret[]>(secrets, placeOf(id))
    .filter(({ expires_at }) => expires_at === undefined || Date.parse(expires_at) > now);
}

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

/**
 * @param event tells of it, as text
 * @param also what else is written with it
 */
export async function saveWebhook(
  redis: Redis,
  webhook: Webhook,
  event: string | undefined,
  also: (writes: ChainableCommander) => void = () => undefined,
): Promise<void> {
  const { tenant_id, id } = webhook;
  const writes = redis
    .multi()
    .hset(keys.webhooks(tenant_id), id, JSON.stringify(webhook))
    .sadd(keys.webhookTenants, tenant_id);
  also(writes);
  if (event !== undefined) tellIn(writes, event);
  await writes.exec();
}

export async function removeWebhook(redis: Redis, { tenant_id, id }: Webhook, event: string): Promise<void> {
  const writes = redis
    .multi()
    .hdel(keys.webhooks(tenant_id), id)
    .del(keys.webhookState(id), keys.webhookDue(id), keys.webhookTries(id), keys.webhookLog(id));
  tellIn(writes, event);
  await writes.exec();
}

export async function readState(redis: Redis, id: string): Promise<WebhookState> {
  const [failing, retry, cursor] = await redis.hmget(keys.webhookState(id), 'failing_since', 'retry_at', 'cursor');
  return {
    failingSince: failing ? Number(failing) : undefined,
    retryAt: Number(retry ?? 0),
    cursor: cursor ?? '0-0',
  };
}
