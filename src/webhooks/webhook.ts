/** A webhook: where a tenant wants events delivered, which, and how that goes. Stored by `webhook-store.ts`. */
import { redisNow } from '../redis/clock.ts';
import type { Seal } from '../secrets/seal.ts';
import type { SendOutcome } from './send.ts';

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

/** As it stands in the log of deliveries. */
export interface Delivery extends SendOutcome {
  event_id: string;
  type: string;
  attempt: number;
  /** ISO 8601. */
  time: string;
  result: 'delivered' | 'failed' | 'given_up';
  /** ISO 8601; when it failed and is tried again. */
  next_at?: string | undefined;
}

/** What goes with a change of a webhook. */
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

/** How a try to deliver an event went, and what follows; times are ms since 1970. */
export interface DeliveryNote {
  event: string;
  delivery: Delivery;
  now: number;
  /** undefined: it is tried in its turn, or not again. */
  nextAt: number | undefined;
  pausedUntil: number;
  /** undefined: its endpoint did not ask to be left alone. */
  askedUntil: number | undefined;
}

/** Events that are taken over from the audit log. */
export interface TakenOver {
  /** Up to where events of the audit log were taken over, as it was read. */
  from: string;
  /** Up to where they are now, and the number of that event. */
  cursor: string;
  seq: number;
  /** The event that tells that some were gone from the audit log before; '' none were. */
  skipped: string;
  /** What is due now: when, ms since 1970, and which event. */
  due: readonly (readonly [at: number, event: string])[];
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
