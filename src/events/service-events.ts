/** Events that the services behind the gateway record themselves. Written to the outbox at once: accepted means kept. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { OUTBOX_EVENTS } from '../redis/keys/events.ts';
import { DAY_MS } from '../redis/key-definition.ts';
import { keys } from '../redis/keys.ts';
import { defineScript, replyOf } from '../redis/scripts.ts';
import { idempotentId, type IdempotencyKey } from '../secrets/idempotent-id.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import { toEvent, type EmittedEvent, type EventDetails, type EventDraft } from './event.ts';

export interface PostedEvent {
  tenant_id: string;
  type: string;
  target?: string;
  user_id?: string;
  details?: EventDetails;
}

export type RecordedPost = Pick<EmittedEvent, 'id' | 'time'>;

const addScript = defineScript({
  file: new URL('./add-service-event.lua', import.meta.url),
  keys: ['outbox', 'posted?'],
  args: ['event', 'limit', 'fingerprint', 'time', 'keepMs'],
  reply: replyOf<[result: 'added' | 'full' | 'other'] | [result: 'known', time: string]>,
});

/**
 * While no worker takes events from the outbox, services may fill this share of it: beyond its capacity, changes by
 * anybody are refused.
 */
const SHARE = 0.5;
const RETRY_SECONDS = 10;

export class ServiceEvents {
  readonly #redis: Redis;
  readonly #keyedHash: KeyedHash;
  readonly #limit: number;

  /** @param capacity of the outbox, in events */
  constructor(redis: Redis, keyedHash: KeyedHash, capacity = OUTBOX_EVENTS) {
    this.#redis = redis;
    this.#keyedHash = keyedHash;
    this.#limit = capacity * SHARE;
  }

  /**
   * @param draft of the request
   * @param idempotency a repetition with the same key records nothing
   * @returns the event, of a repetition that of the first time
   * @throws Problem `idempotency_key_reused`, `overloaded`
   */
  async record(
    draft: EventDraft,
    posted: PostedEvent,
    idempotency: IdempotencyKey | undefined,
  ): Promise<RecordedPost> {
    const { id, fingerprint } = await this.#identify(posted, idempotency);
    const event = toEvent(draftOf(draft, posted), { outcome: 'succeeded' }, id);
    const [result, firstTime] = await addScript(this.#redis, {
      outbox: keys.outbox,
      posted: idempotency && keys.postedEvent(id),
      event: JSON.stringify({ ...event, details: posted.details }),
      limit: this.#limit,
      fingerprint,
      time: event.time,
      keepMs: DAY_MS,
    });
    if (result === 'other') throw new Problem('idempotency_key_reused');
    if (result === 'full')
      throw new Problem('overloaded', {
        headers: { 'Retry-After': String(RETRY_SECONDS) },
        internal:
          'events of services fill their share of the outbox: no worker takes events to the audit log',
      });
    return { id, time: firstTime ?? event.time };
  }

  async #identify(
    posted: PostedEvent,
    idempotency: IdempotencyKey | undefined,
  ): Promise<{ id: string; fingerprint: string }> {
    if (!idempotency) return { id: randomUUID(), fingerprint: '' };
    const isKnown = async (id: string) => (await this.#redis.exists(keys.postedEvent(id))) === 1;
    const found = await idempotentId(this.#keyedHash, 'recordServiceEvent', idempotency, isKnown);
    return { id: found.id, fingerprint: found.fingerprint(JSON.stringify(posted)) };
  }
}

/** The tenant is not shown from where the service called. */
function draftOf(draft: EventDraft, { tenant_id, type, target, user_id }: PostedEvent): EventDraft {
  const { address: _, ...shown } = draft;
  return { ...shown, tenant_id, type, target, principal: { ...draft.principal, user_id } };
}
