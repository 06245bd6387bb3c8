/**
 * Verifies that an endpoint wants webhooks: sends a signed message of type `webhook.verification` with a random
 * challenge, which the endpoint must answer with `{"challenge": "…"}`. A server that answers everything with 200, or
 * echoes the request, does not pass. Modelled on Slack's `url_verification` and Smartsheet's verification request;
 * CloudEvents' webhook specification (section 4) gives the reasons.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Redis } from 'ioredis';
import { systemEvent } from '../events/event.ts';
import { redisNow, redisTimestamp } from '../redis/clock.ts';
import type { Seal } from '../secrets/seal.ts';
import { askedDelay, GONE } from './deliver.ts';
import { ask, type SendRules, type Sent } from './send.ts';
import { signatureFields } from './sign.ts';
import { openSecrets, type Delivery, type Webhook } from './webhook.ts';
import { changeWebhook, noteVerification, readState } from './webhook-store.ts';

const TYPE = 'webhook.verification';
/** Delays after failed attempts: short for somebody who has just deployed an endpoint, and few, to spare strangers. */
const RETRY_MS = [10_000, 120_000];
const CHALLENGE_BYTES = 32;

/** Whether an attempt is scheduled for now. */
export async function isVerificationDue(redis: Redis, { id }: Webhook): Promise<boolean> {
  const { verification } = await readState(redis, id);
  return verification !== undefined && verification.nextAt <= redisNow();
}

/** One attempt. @returns whether the endpoint is verified */
export async function verify(redis: Redis, seal: Seal, rules: SendRules, webhook: Webhook): Promise<boolean> {
  const { verification } = await readState(redis, webhook.id);
  if (!verification) return false;
  const attempt = verification.tries + 1;
  const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url');
  const { text, retryAfterMs, ...outcome } = await sendChallenge(
    seal,
    rules,
    webhook,
    verification.id,
    challenge,
  );
  const hasAgreed = isAnswerTo(challenge, text);
  const waitMs = hasAgreed || outcome.status === GONE ? undefined : RETRY_MS[attempt - 1];
  const askedMs = retryAfterMs === undefined ? 0 : askedDelay(retryAfterMs);
  const nextAt = waitMs === undefined ? undefined : redisNow() + Math.max(waitMs, askedMs);
  await note(redis, webhook, nextAt, {
    event_id: verification.id,
    type: TYPE,
    attempt,
    time: redisTimestamp(),
    ...outcome,
    error: !hasAgreed && text !== undefined ? 'not_agreed' : outcome.error,
    result: hasAgreed ? 'delivered' : nextAt === undefined ? 'given_up' : 'failed',
    next_at: nextAt === undefined ? undefined : new Date(nextAt).toISOString(),
  });
  return hasAgreed && (await enter(redis, webhook));
}

function sendChallenge(
  seal: Seal,
  rules: SendRules,
  webhook: Webhook,
  id: string,
  challenge: string,
): Promise<Sent & { text?: string }> {
  const now = new Date(redisNow());
  const data = { webhook_id: webhook.id, challenge };
  const body = JSON.stringify({ type: TYPE, timestamp: now.toISOString(), data });
  const secrets = openSecrets(seal, webhook).map(({ secret }) => secret);
  return ask(webhook.url, body, signatureFields(id, now.getTime(), body, secrets), rules);
}

/** The challenge must be at the top level of a JSON object: in the request it is one level below. */
function isAnswerTo(challenge: string, text: string | undefined): boolean {
  try {
    const answer: unknown = JSON.parse(text ?? '');
    if (typeof answer !== 'object' || answer === null || !('challenge' in answer)) return false;
    if (typeof answer.challenge !== 'string') return false;
    const given = Buffer.from(answer.challenge);
    const wanted = Buffer.from(challenge);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  } catch {
    return false;
  }
}

/** The verification is for this URL: the tenant may have changed it meanwhile. @returns whether it is verified */
async function enter(redis: Redis, webhook: Webhook): Promise<boolean> {
  const verified_at = redisTimestamp();
  const event = systemEvent('webhook.verified', webhook.tenant_id, webhook.id);
  const becomes = (now: Webhook) => (now.url === webhook.url ? { ...now, verified_at } : undefined);
  return (await changeWebhook(redis, webhook, becomes, { event })) !== undefined;
}

async function note(
  redis: Redis,
  webhook: Webhook,
  nextAt: number | undefined,
  delivery: Delivery,
): Promise<void> {
  const event =
    delivery.result === 'given_up'
      ? systemEvent('webhook.verification_failed', webhook.tenant_id, webhook.id)
      : '';
  await noteVerification(redis, webhook, { delivery, nextAt, event });
}
