/** One turn of a webhook: verifies its endpoint, or delivers due events, within the rate limit of its host. */
import type { Redis } from 'ioredis';
import { redisNow } from '../src/redis/clock.ts';
import type { WebhookTicket } from '../src/redis/queues.ts';
import type { Seal } from '../src/secrets/seal.ts';
import { deliver, type DeliveryRules } from '../src/webhooks/deliver.ts';
import { takeDue } from '../src/webhooks/due.ts';
import type { HostPace } from '../src/webhooks/host-pace.ts';
import { isVerificationDue, verify } from '../src/webhooks/verify.ts';
import { isVerified, type Webhook } from '../src/webhooks/webhook.ts';
import { rescheduleWebhook, readWebhook } from '../src/webhooks/webhook-store.ts';

export interface TurnParts {
  redis: Redis;
  seal: Seal;
  rules: DeliveryRules;
  pace: HostPace;
}

/** Time slice of a webhook with a backlog; then it is queued again behind the others. */
const TURN_MS = 5_000;
/** Cost factor of verification requests: unverified hosts are called less often. */
const VERIFICATION_COST = 10;

export async function takeTurn(
  parts: TurnParts,
  { tenantId, webhookId }: WebhookTicket,
  isStopping: () => boolean,
): Promise<void> {
  const { redis } = parts;
  const ends = redisNow() + TURN_MS;
  let notBefore = 0;
  while (redisNow() < ends && !isStopping()) {
    const webhook = await readWebhook(redis, tenantId, webhookId);
    if (webhook?.status !== 'enabled') break;
    const went = await (isVerified(webhook) ? deliverDue(parts, webhook) : verifyOnce(parts, webhook));
    notBefore = went.againAt;
    if (went.isOver) break;
  }
  await rescheduleWebhook(redis, tenantId, webhookId, notBefore);
}

interface Went {
  /** Nothing more to do in this turn. */
  isOver: boolean;
  /** When the rate limit of its host permits the next call, ms since 1970. */
  againAt: number;
}

async function deliverDue({ redis, seal, rules, pace }: TurnParts, webhook: Webhook): Promise<Went> {
  const due = await takeDue(redis, webhook);
  const { granted, againAt } = await pace.take(webhook.url, webhook.tenant_id, due.length);
  await Promise.all(due.slice(0, granted).map((member) => deliver(redis, seal, rules, webhook, member)));
  return { isOver: due.length === 0 || granted < due.length, againAt };
}

async function verifyOnce({ redis, seal, rules, pace }: TurnParts, webhook: Webhook): Promise<Went> {
  if (!(await isVerificationDue(redis, webhook))) return { isOver: true, againAt: 0 };
  const { granted, againAt } = await pace.take(webhook.url, webhook.tenant_id, 1, VERIFICATION_COST);
  if (granted === 0) return { isOver: true, againAt };
  return { isOver: !(await verify(redis, seal, rules, webhook)), againAt: 0 };
}
