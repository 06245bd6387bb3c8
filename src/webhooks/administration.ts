/** A tenant's own webhooks: what can be done to them. Another tenant's is none. */
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

/** A webhook and how it stands with it. */
export interface ShownWebhook extends Webhook {
  failingSince: number | undefined;
  /** Events that it is still to be told of. */
  pending: number;
}

type Named = Pick<Webhook, 'tenant_id' | 'id'>;
type Changes = Partial<Pick<Webhook, 'event_types'>> & { url?: string; status?: 'enabled' | 'disabled' };

/** Each change tells of itself; undefined: it is gone. */
export interface Webhooks {
  list(tenantId: string): Promise<ShownWebhook[]>;
  get(tenantId: string, id: string): Promise<ShownWebhook | undefined>;
  /** @returns undefined when the tenant has as many as it may have */
  create(
    tenantId: string,
    wanted: Pick<Webhook, 'url' | 'event_types' | 'is_ordered'>,
    event: PendingEvent,
  ): Promise<{ webhook: ShownWebhook; secret: string } | undefined>;
  update(webhook: Named, changes: Changes, event: PendingEvent): Promise<ShownWebhook | undefined>;
  remove(webhook: Named, event: PendingEvent): Promise<void>;
  rotate(
    webhook: Named,
    overlapMs: number,
    event: PendingEvent,
  ): Promise<{ webhook: ShownWebhook; secret: string } | undefined>;
  /** Has the endpoint of one that is not verified asked again whether it agrees. */
  verify(webhook: Named): Promise<void>;
  /** What was recorded from this time on, ms since 1970, is told again. @returns false when an earlier replay is in progress */
  replay(webhook: Named, from: number, event: PendingEvent): Promise<boolean>;
  /** Newest first. */
  deliveries(webhook: Named, count: number): Promise<Delivery[]>;
}

/** Each is told of every event by itself. */
export const WEBHOOKS_PER_TENANT = 20;

export function createWebhooks(redis: Redis, seal: Seal): Webhooks {
  async function show(webhook: Webhook): Promise<ShownWebhook> {
    const [{ failingSince }, pending] = await Promise.all([
      readState(redis, webhook.id),
      countDue(redis, webhook.id),
    ]);
    return { ...webhook, failingSince, pending };
  }

  /** Id of the newest event in the tenant's audit log. */
  const headOf = async (tenantId: string): Promise<string> =>
    (await readHead(redis, tenantId)).recorded.join('-');

  async function change(
    webhook: Named,
    event: PendingEvent,
    to: (webhook: Webhook) => Webhook,
    how: Omit<Writing, 'event' | 'limit'> = {},
  ): Promise<ShownWebhook | 'replay in progress' | undefined> {
    const changed = await changeWebhook(redis, webhook, to, { event: event.text(), ...how });
    if (!changed || changed === 'replay in progress') return changed;
    event.taken();
    return show(changed);
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
      const webhook: Webhook = {
        id,
        tenant_id: tenantId,
        ...wanted,
        status: 'enabled',
        created_at: redisTimestamp(),
        secrets: sealSecrets(seal, id, [{ secret }]),
      };
      // From now on: what was recorded before is not its business, unless somebody replays it.
      const from = await headOf(tenantId);
      const writing = { event: event.text(id), limit: WEBHOOKS_PER_TENANT, from, verifies: true };
      if ((await writeWebhook(redis, undefined, webhook, writing)) === 'too many') return undefined;
      event.taken();
      return { webhook: { ...webhook, failingSince: undefined, pending: 0 }, secret };
    },

    async update(webhook, changes, event) {
      const to = ({ disabled_because: why, verified_at, ...rest }: Webhook): Webhook => {
        const agreed = verified_at === undefined || moves(rest, changes) ? {} : { verified_at };
        const changed: Webhook = { ...rest, ...agreed, ...changes };
        if (changed.status === 'enabled') return changed;
        return { ...changed, disabled_because: changes.status === undefined ? why! : 'asked' };
      };
      const triesAtOnce = changes.status === 'enabled' || changes.url !== undefined;
      const passOver = changes.status === 'enabled' ? await headOf(webhook.tenant_id) : '';
      return settled(await change(webhook, event, to, { triesAtOnce, passOver, verifies: triesAtOnce }));
    },

    async remove(webhook, event) {
      await removeWebhook(redis, webhook, event.text());
      event.taken();
    },

    async rotate(webhook, overlapMs, event) {
      const secret = newSecret();
      const now = redisNow();
      const rotated = await change(webhook, event, (was) => {
        const expires_at = new Date(now + overlapMs).toISOString();
        const [current] = openSecrets(seal, was, now);
        const old = current && overlapMs > 0 ? [{ ...current, expires_at }] : [];
        return { ...was, secrets: sealSecrets(seal, was.id, [{ secret }, ...old]) };
      });
      const changed = settled(rotated);
      return changed && { webhook: changed, secret };
    },

    async verify(webhook) {
      const passOver = await headOf(webhook.tenant_id);
      await changeWebhook(redis, webhook, (was) => was, { event: '', passOver, verifies: true });
    },

    async replay(webhook, from, event) {
      // Behind whatever was recorded a millisecond before it.
      const behind = from > 0 ? `${from - 1}-${Number.MAX_SAFE_INTEGER}` : '0-0';
      const replayTo = await headOf(webhook.tenant_id);
      const changed = await change(webhook, event, (was) => was, { from: behind, replayTo });
      return changed !== 'replay in progress';
    },

    deliveries: ({ id }, count) => listDeliveries(redis, id, count),
  };
}

/** Whether these changes lead somewhere else, which has to agree first. */
export const moves = ({ url }: Pick<Webhook, 'url'>, changes: { url?: string }): boolean =>
  changes.url !== undefined && changes.url !== url;

/** Of a change that is no replay. */
const settled = (changed: ShownWebhook | 'replay in progress' | undefined): ShownWebhook | undefined =>
  changed === 'replay in progress' ? undefined : changed;
