/**
 * What this deployment changes in users at the authority, so that events of these changes are recognized: they are recorded already. A
 * change is noted before it is sent, and what it was when it is answered.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { sendAll } from '../redis/connections.ts';
import { DAY_MS } from '../redis/key-definition.ts';
import { OWN_CHANGES } from '../redis/keys/authority-events.ts';
import { keys } from '../redis/keys.ts';
import type { AuthorityEvent } from './authority-event.ts';

/** A change that is not answered after this time has failed, or its process has: whoever changed the user, it was recorded by nobody. */
const IN_DOUBT_MS = 60_000;
const BEGUN = 'begun ';

/** `pending`: a change of our own is under way, and may be this one. */
export type Verdict = 'own' | 'others' | 'pending';

export class OwnChanges {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** @returns for `end` */
  async begin(userIds: readonly string[]): Promise<string> {
    const change = BEGUN + randomUUID();
    await this.#note(userIds, change);
    return change;
  }

  /** @param what that was changed (`created`, `deleted`, `joined`, …); undefined: nothing, the authority refused it */
  async end(userIds: readonly string[], change: string, what?: string): Promise<void> {
    await this.#note(userIds, what, change);
  }

  /** The user will be created with this id, which nobody else has chosen. */
  async willCreate(userId: string): Promise<void> {
    await this.#note([userId], 'created');
  }

  async judge(event: AuthorityEvent): Promise<Verdict> {
    const { userId, kind } = event;
    if (kind === 'created' && OF_IMPORT.test(userId)) return 'own';
    const noted = await this.#redis.zrange(keys.ownChanges(userId), '0', '-1', 'WITHSCORES');
    const what = whatOf(event);
    let isPending = false;
    for (let at = 0; at < noted.length; at += 2) {
      if (noted[at] === what) return 'own';
      if (noted[at]?.startsWith(BEGUN) && redisNow() - Number(noted[at + 1]) < IN_DOUBT_MS) isPending = true;
    }
    return isPending ? 'pending' : 'others';
  }

  async #note(userIds: readonly string[], add: string | undefined, remove?: string): Promise<void> {
    const writes = this.#redis.pipeline();
    for (const userId of userIds) {
      const key = keys.ownChanges(userId);
      if (remove !== undefined) writes.zrem(key, remove);
      if (add === undefined) continue;
      writes.zadd(key, redisNow(), add);
      writes.zremrangebyrank(key, 0, -(OWN_CHANGES + 1));
      writes.pexpire(key, DAY_MS);
    }
    await sendAll(writes);
  }
}

/** Users whom an import job creates at the authority: by ids of ours (`rowUserId`), too many to note each. */
const OF_IMPORT = /^auth0\|[0-9a-f]{32}\d{7}$/;

/** What an own change that leads to such an event is noted as. */
function whatOf({ kind, updatedAt, claims }: AuthorityEvent): string {
  if (kind === 'changed') return ownUpdate(updatedAt ?? '');
  return kind === 'joined' || kind === 'left' ? ownMembership(kind, claims[0]?.organization ?? '') : kind;
}

/** @param updatedAt of the changed record */
export const ownUpdate = (updatedAt: string): string => `changed ${updatedAt}`;
export const ownMembership = (what: 'joined' | 'left', organization: string): string =>
  `${what} ${organization}`;
