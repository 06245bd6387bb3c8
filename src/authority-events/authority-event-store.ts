/** Events of the authority that are to be processed, and users who are to be read because of them. */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { redisNow } from '../redis/clock.ts';
import { DAY_MS } from '../redis/key-definition.ts';
import { INBOX_EVENTS, REREADS, SEEN_EVENTS } from '../redis/keys/authority-events.ts';
import { keys } from '../redis/keys.ts';
import { defineScript, replyOf } from '../redis/scripts.ts';
import type { AuthorityEvent } from './authority-event.ts';

/** Auth0 repeats a delivery for some minutes; people may ask for it again later (Auth0 docs, "Redeliver"). */
const SEEN_MS = DAY_MS;
const STEP_MS = 500;
const PAGE = 100;

const addScript = defineScript({
  file: new URL('./add-authority-event.lua', import.meta.url),
  keys: ['inbox', 'seen'],
  args: ['id', 'event', 'now', 'limit', 'keepMs', 'most'],
  reply: replyOf<'added' | 'known' | 'full'>,
});
const settleScript = defineScript({
  file: new URL('./settle-authority-event.lua', import.meta.url),
  keys: ['inbox', 'outbox', 'rereads', 'turns'],
  args: ['entry', 'now', 'stepMs', 'limit', 'keepMs', 'count', '...rest'],
  reply: replyOf<'settled' | 'gone' | 'full'>,
});
const endScript = defineScript({
  file: new URL('./end-reread.lua', import.meta.url),
  keys: ['rereads'],
  args: ['member', 'turn', 'later'],
});

export interface InboxEntry {
  entry: string;
  event: AuthorityEvent;
}

export interface UserOfTenant {
  tenantId: string;
  userId: string;
}

export interface Reread extends UserOfTenant {
  member: string;
  turn: string;
}

export class AuthorityEventStore {
  readonly #redis: Redis;
  readonly #limit: number;

  /** @param limit capacity of the inbox, in events */
  constructor(redis: Redis, limit = INBOX_EVENTS) {
    this.#redis = redis;
    this.#limit = limit;
  }

  add(event: AuthorityEvent): Promise<'added' | 'known' | 'full'> {
    return addScript(this.#redis, {
      inbox: keys.authorityInbox,
      seen: keys.authoritySeen,
      id: event.id,
      event: JSON.stringify(event),
      now: redisNow(),
      limit: this.#limit,
      keepMs: SEEN_MS,
      most: SEEN_EVENTS,
    });
  }

  /** A page, oldest first. @param after id of an entry; undefined: from the oldest on */
  async read(after: string | undefined): Promise<InboxEntry[]> {
    const from = after === undefined ? '-' : `(${after}`;
    const found = await this.#redis.xrange(keys.authorityInbox, from, '+', 'COUNT', PAGE);
    return found.map(([entry, [, text = '']]) => ({ entry, event: parseJson<AuthorityEvent>(text) }));
  }

  /** @param record events as text. @param rereads users who are to be read. @returns false when nothing was done: it stays */
  async settle(
    entry: string,
    record: readonly string[] = [],
    rereads: readonly UserOfTenant[] = [],
  ): Promise<boolean> {
    const result = await settleScript(this.#redis, {
      inbox: keys.authorityInbox,
      outbox: keys.outbox,
      rereads: keys.authorityRereads,
      turns: keys.authorityTurns,
      entry,
      now: redisNow(),
      stepMs: STEP_MS,
      limit: REREADS,
      keepMs: DAY_MS,
      count: record.length,
      rest: [...record, ...rereads.flatMap(({ tenantId, userId }) => [tenantId, userId])],
    });
    return result !== 'full';
  }

  /** Whose turn is next. */
  async nextReread(): Promise<Reread | undefined> {
    const [member, turn] = await this.#redis.zrange(keys.authorityRereads, '0', '0', 'WITHSCORES');
    if (member === undefined || turn === undefined) return undefined;
    const at = member.indexOf(' ');
    return { member, turn, tenantId: member.slice(0, at), userId: member.slice(at + 1) };
  }

  /** @param later how much later it is tried again, ms; undefined: it has succeeded */
  async endReread({ member, turn }: Reread, later?: number): Promise<void> {
    const rereads = keys.authorityRereads;
    await endScript(this.#redis, { rereads, member, turn, later: later ?? '' });
  }

  /** Events that are not processed yet. */
  count(): Promise<number> {
    return this.#redis.xlen(keys.authorityInbox);
  }
}
