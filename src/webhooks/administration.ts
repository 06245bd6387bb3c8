/** A tenant's own webhooks. Webhooks of another tenant do not exist here. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { PendingEvent } from '../events/event.ts';
import { readHead } from '../events/audit-log.ts';
import { redisNow, redisTimestamp } from '../redis/clock.ts';
import type { Seal } from '../secrets/seal.ts';
import { newSecret } from './sign.ts';
import { openSecrets, sealSecrets, type Delivery, type Webhook, type Writing } from './webhook.ts';
import {
  changeWebhook,
  countDue,
  listDeliveries,
  listWebhooks,
  readState,
  readWebhook,
  removeWebhook,
  writeWebhook,
} from './webhook-store.ts';

/** A webhook with its state. */
export interface ShownWebhook extends Webhook {
  failingSince: number | undefined;
  /** Events not yet delivered to it. */
  pending: number;
}

type Named = Pick<Webhook, 'tenant_id' | 'id'>;
type Changes = Partial<Pick<Webhook, 'event_types'>> & { url?: string; status?: 'enabled' | 'disabled' };

interface WebhookWithSecret {
  webhook: ShownWebhook;
  secret: string;
}

/** Each webhook gets every event separately. */
export const WEBHOOKS_PER_TENANT = 20;

/** Each change records its event; undefined: the webhook does not exist. */
export class Webhooks {
  readonly #redis: Redis;
  readonly #seal: Seal;

  constructor(redis: Redis, seal: Seal) {
    this.#redis = redis;
    this.#seal = seal;
  }

  async list(tenantId: string): Promise<ShownWebhook[]> {
    const all = await listWebhooks(this.#redis, tenantId);
    return Promise.all(all.map((webhook) => this.#show(webhook)));
  }

  async get(tenantId: string, id: string): Promise<ShownWebhook | undefined> {
    const webhook = await readWebhook(this.#redis, tenantId, id);
    return webhook && this.#show(webhook);
  }

  /** @returns undefined when the tenant's limit is reached */
  async create(
    tenantId: string,
    wanted: Pick<Webhook, 'url' | 'event_types' | 'is_ordered'>,
    event: PendingEvent,
  ): Promise<WebhookWithSecret | undefined> {
    const id = `wh_${randomUUID().replaceAll('-', '')}`;
    const secret = newSecret();
    const webhook: Webhook = {
      id,
      tenant_id: tenantId,
      ...wanted,
      status: 'enabled',
      created_at: redisTimestamp(),
      secrets: sealSecrets(this.#seal, id, [{ secret }]),
    };
    // Starts with new events; earlier ones are delivered only by a replay.
    const writing = { limit: WEBHOOKS_PER_TENANT, from: await this.#headOf(tenantId), verifies: true };
    const written = await event.commit(
      (text) => writeWebhook(this.#redis, webhook, { becomes: webhook }, { ...writing, event: text(id) }),
      (result) => result === 'done',
    );
    if (written === 'too many') return undefined;
    return { webhook: { ...webhook, failingSince: undefined, pending: 0 }, secret };
  }

  async update(webhook: Named, changes: Changes, event: PendingEvent): Promise<ShownWebhook | undefined> {
    const triesAtOnce = changes.status === 'enabled' || changes.url !== undefined;
    const passOver = changes.status === 'enabled' ? await this.#headOf(webhook.tenant_id) : '';
    const how = { triesAtOnce, passOver, verifies: triesAtOnce };
    return settled(await this.#change(webhook, event, (was) => changed(was, changes), how));
  }

  async remove(webhook: Named, event: PendingEvent): Promise<void> {
    await event.commit(
      (text) => removeWebhook(this.#redis, webhook, text()),
      () => true,
    );
  }

  async rotate(
    webhook: Named,
    overlapMs: number,
    event: PendingEvent,
  ): Promise<WebhookWithSecret | undefined> {
    const secret = newSecret();
    const now = redisNow();
    const rotated = await this.#change(webhook, event, (was) => {
      const expires_at = new Date(now + overlapMs).toISOString();
      const [current] = openSecrets(this.#seal, was, now);
      const old = current && overlapMs > 0 ? [{ ...current, expires_at }] : [];
      return { ...was, secrets: sealSecrets(this.#seal, was.id, [{ secret }, ...old]) };
    });
    const shown = settled(rotated);
    return shown && { webhook: shown, secret };
  }

  /** Sends the challenge again to the endpoint of an unverified webhook. */
  async verify(webhook: Named): Promise<void> {
    const passOver = await this.#headOf(webhook.tenant_id);
    await changeWebhook(this.#redis, webhook, (was) => was, { event: '', passOver, verifies: true });
  }

  /**
   * Delivers events recorded from this time on again, ms since 1970. @returns false when another replay is in progress
   */
  async replay(webhook: Named, from: number, event: PendingEvent): Promise<boolean> {
    // After everything recorded in the millisecond before.
    const behind = from > 0 ? `${from - 1}-${Number.MAX_SAFE_INTEGER}` : '0-0';
    const replayTo = await this.#headOf(webhook.tenant_id);
    const replayed = await this.#change(webhook, event, (was) => was, { from: behind, replayTo });
    return replayed !== 'replay in progress';
  }

  /** Newest first. */
  deliveries({ id }: Named, count: number): Promise<Delivery[]> {
    return listDeliveries(this.#redis, id, count);
  }

  async #show(webhook: Webhook): Promise<ShownWebhook> {
    const [{ failingSince }, pending] = await Promise.all([
      readState(this.#redis, webhook.id),
      countDue(this.#redis, webhook.id),
    ]);
    return { ...webhook, failingSince, pending };
  }

  /** Id of the newest event in the tenant's audit log. */
  async #headOf(tenantId: string): Promise<string> {
    return (await readHead(this.#redis, tenantId)).recorded.join('-');
  }

  async #change(
    webhook: Named,
    event: PendingEvent,
    to: (webhook: Webhook) => Webhook,
    how: Omit<Writing, 'event' | 'limit'> = {},
  ): Promise<ShownWebhook | 'replay in progress' | undefined> {
    const result = await event.commit(
      (text) => changeWebhook(this.#redis, webhook, to, { event: text(), ...how }),
      (written) => typeof written === 'object',
    );
    return typeof result === 'object' ? this.#show(result) : result;
  }
}

/** A new URL must be verified first; a webhook that is enabled again starts with a clean failure state. */
function changed(was: Webhook, changes: Changes): Webhook {
  const { disabled_because: why, verified_at, ...rest } = was;
  const webhook: Webhook = { ...rest, ...changes };
  if (!moves(rest, changes)) webhook.verified_at = verified_at;
  if (webhook.status === 'disabled') webhook.disabled_because = changes.status === undefined ? why : 'asked';
  return webhook;
}

/** Whether the changes lead to a new URL, which must be verified first. */
export const moves = ({ url }: Pick<Webhook, 'url'>, changes: { url?: string }): boolean =>
  changes.url !== undefined && changes.url !== url;

/** For a change that is not a replay. */
const settled = (changed: ShownWebhook | 'replay in progress' | undefined): ShownWebhook | undefined =>
  changed === 'replay in progress' ? undefined : changed;
