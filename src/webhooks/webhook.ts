/**
 * A webhook: where a tenant wants events delivered, which ones, and the state of delivery. Stored by
 * `webhook-store.ts`.
 */
import { redisNow } from '../redis/clock.ts';
import type { Seal } from '../secrets/seal.ts';
import type { SendOutcome } from './send.ts';

export interface Webhook {
  id: string;
  tenant_id: string;
  url: string;
  event_types: string[];
  /** Ordered delivery: each event is sent only after the one before was delivered or given up. */
  is_ordered: boolean;
  status: 'enabled' | 'disabled';
  /** Why it was disabled: by its tenant, by the endpoint (410), or because deliveries failed for days. */
  disabled_because?: 'asked' | 'gone' | 'failing';
  created_at: string;
  /**
   * When the endpoint answered the challenge at this URL, ISO 8601; absent: not verified, and no event is sent to it.
   */
  verified_at?: string;
  /** Sealed; newest first, with earlier ones while they are still valid. */
  secrets: string;
}

export interface WebhookSecret {
  /** `whsec_…`, in the form of Standard Webhooks. */
  secret: string;
  /** ISO 8601; absent: no expiry. */
  expires_at?: string;
}

/** Delivery state; changes with each delivery. */
export interface WebhookState {
  /** No delivery has succeeded since, ms since 1970. */
  failingSince: number | undefined;
  /** Nothing is sent before, ms since 1970. */
  pausedUntil: number;
  /** Id in the audit log's stream up to which events were taken over. */
  cursor: string;
  /** `seq` of the last of those; undefined: unknown, since a replay has set the cursor back. */
  cursorSeq: number | undefined;
  /** The verification in progress; undefined: none. */
  verification: { id: string; tries: number; nextAt: number } | undefined;
}

/** An entry of the delivery log. */
export interface Delivery extends SendOutcome {
  event_id: string;
  type: string;
  attempt: number;
  /** ISO 8601. */
  time: string;
  result: 'delivered' | 'failed' | 'given_up';
  /** ISO 8601; next attempt of a failed delivery. */
  next_at?: string | undefined;
}

/** Options of a change to a webhook. */
export interface Writing {
  /** As text; recorded in the same transaction as the change. */
  event: string;
  /** Maximum per tenant. */
  limit?: number;
  /** Id in the audit log's stream: events after it are delivered, also those delivered before. */
  from?: string;
  /** Id in the audit log's stream: if it was disabled, events up to there are skipped. */
  passOver?: string;
  /** Clears past failures and schedules it immediately. */
  triesAtOnce?: boolean;
  /** Starts a verification, unless it is verified. */
  verifies?: boolean;
  /** `from` is a replay: one at a time, up to this id in the audit log's stream. */
  replayTo?: string;
}

/** Result of an attempt to deliver an event, and its consequences; times are ms since 1970. */
export interface DeliveryNote {
  event: string;
  delivery: Delivery;
  now: number;
  /** undefined: attempted in order, or not again. */
  nextAt: number | undefined;
  pausedUntil: number;
  /** undefined: the endpoint sent no `Retry-After`. */
  askedUntil: number | undefined;
}

/** Events taken over from the audit log. */
export interface TakenOver {
  /** Cursor as read. */
  from: string;
  /** New cursor, and number of the event there. */
  cursor: string;
  seq: number;
  /** Event that reports events which left the audit log first; '' none. */
  skipped: string;
  /** Pending events: time of the attempt, ms since 1970, and the event. */
  due: readonly (readonly [at: number, event: string])[];
}

/** Whether events may be sent to it. */
export const isVerified = ({ verified_at }: Webhook): boolean => verified_at !== undefined;

const placeOf = (id: string): string => `webhook:${id}:secrets`;

export const sealSecrets = (seal: Seal, id: string, secrets: WebhookSecret[]): string =>
  seal.seal(secrets, placeOf(id));

/** Secrets valid at this time, newest first. */
export function openSecrets(seal: Seal, { id, secrets }: Webhook, now = redisNow()): WebhookSecret[] {
  return seal
    .open<WebhookSecret[]>(secrets, placeOf(id))
    .filter(({ expires_at }) => expires_at === undefined || Date.parse(expires_at) > now);
}
