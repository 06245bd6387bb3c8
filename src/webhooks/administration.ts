/** A tenant's own webhooks: what can be done to them. Another tenant's is none. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { PendingEvent } from '../events/event.ts';
import { readHead } from '../events/audit-log.ts';
import { keys } from '../redis/keys.ts';
import type { Seal } from '../secrets/seal.ts';
import { listDeliveries } from './deliver.ts';
import type { Delivery } from './deliver.ts';
import {
  listWebhooks,
  openSecrets,
  readState,
  readWebhook,
  removeWebhook,
  saveWebhook,
  sealSecrets,
} from './endpoint.ts';
import type { Webhook } from './endpoint.ts';
import { newSecret } from './sign.ts';

export interface ShownWebhook extends Webhook {
  failingSince: number | undefined;
  pending: number;
}

export interface Webhooks {
  list(tenantId: string): Promise<ShownWebhook[]>;
  get(tenantId: string, id: string): Promise<ShownWebhook | undefined>;
  create(
    tenantId: string,
    wanted: Pick<Webhook, 'url' | 'event_types' | 'is_ordered'>,
    event: PendingEvent,
  ): Promise<{ webhook: ShownWebhook; secret: string }>;
  update(
    webhook: Webhook,
    changes: Partial<Pick<Webhook, 'url' | 'event_types' | 'status'>>,
    event: PendingEvent,
  ): Promise<ShownWebhook>;
  remove(webhook: Webhook, event: PendingEvent): Promise<void>;
  /** @returns the new secret */
  rotate(webhook: Webhook, overlapMs: number, event: PendingEvent): Promise<string>;
  /** From this time on, ms since 1970, it is told again. */
  replay(webhook: Webhook, from: number, event: PendingEvent): Promise<void>;
  deliveries(webhook: Webhook, count: number): Promise<Delivery[]>;
}

export function createWebhooks(redis: Redis, seal: Seal): Webhooks {
  async function show(webhook: Webhook): Promise<ShownWebhook> {
    const [{ failingSince }, pending] = await Promise.all([
      readState(redis, webhook.id),
      redis.zcard(keys.webhookDue(webhook.id)),
    ]);
    return { ...webhook, failingSince, pending };
  }

  return {
    list: async (tenantId) => Promise.all((await listWebhooks(redis, tenantId)).map(show)),
    async get(tenantId, id) {
      const webhook = await readWebhook(redis, tenantId, id);
      return webhook && show(webhook);
    },

    async create(tenantId, wanted, event) {
      const id = `wh_${randomUUID().replaceAll('-', '')}`;
      const secret = newSecret();
      const { recorded } = await readHead(redis, tenantId);
      const webhook: Webhook = {
        ...{ id, tenant_id: tenantId, ...wanted, status: 'enabled' },
        created_at: new Date().toISOString(),
        secrets: sealSecrets(seal, id, [{ secret }]),
      };
      // From now on: what was recorded before is not its business, unless somebody replays it.
      await saveWebhook(redis, webhook, event.text(id), (writes) =>
        writes.hset(keys.webhookState(id), 'cursor', recorded.join('-')),
      );
      event.taken();
      return { webhook: { ...webhook, failingSince: undefined, pending: 0 }, secret };
    },

    async update(webhook, changes, event) {
      const { disabled_because: _before, ...rest } = webhook;
      const status = changes.status ?? webhook.status;
      const changed: Webhook = {
        ...rest,
        ...changes,
        ...(status === 'enabled'
          ? {}
          : { disabled_because: changes.status === undefined ? webhook.disabled_because! : 'asked' }),
      };
      const { id, tenant_id } = webhook;
      await saveWebhook(redis, changed, event.text(), (writes) => {
        if (changes.status !== 'enabled') return;
        writes.hdel(keys.webhookState(id), 'failing_since', 'retry_at');
        writes.zadd(keys.webhooksDue, Date.now(), `${tenant_id} ${id}`);
      });
      event.taken();
      return show(changed);
    },

    async remove(webhook, event) {
      await removeWebhook(redis, webhook, event.text());
      event.taken();
    },

    async rotate(webhook, overlapMs, event) {
      const secret = newSecret();
      const now = Date.now();
      const expires_at = new Date(now + overlapMs).toISOString();
      const [current] = openSecrets(seal, webhook, now);
      const old = current && overlapMs > 0 ? [{ ...current, expires_at }] : [];
      const secrets = sealSecrets(seal, webhook.id, [{ secret }, ...old]);
      await saveWebhook(redis, { ...webhook, secrets }, event.text());
      event.taken();
      return secret;
    },

    async replay(webhook, from, event) {
      await saveWebhook(redis, webhook, event.text(), (writes) =>
        // Those recorded in that very millisecond, too.
        writes.hset(keys.webhookState(webhook.id), 'cursor', `${from - 1}-${Number.MAX_SAFE_INTEGER}`),
      );
      event.taken();
    },

    deliveries: ({ id }, count) => listDeliveries(redis, id, count),
  };
}
