/**
 * Users who were demoted, blocked or deleted through this API. Their access tokens stay valid until they expire, so a mark overrides the
 * tokens' claims (invariant 3) for as long as a token issued before the change can be valid.
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { sendAll } from '../redis/connections.ts';
import { keys } from '../redis/keys.ts';
import { parseStored } from '../redis/replies.ts';
import { defineScript } from '../redis/scripts.ts';
import { announce, KEPT_CHANGES } from './changes.ts';
import { LONGEST_SIGN_IN_S, LONGEST_TOKEN_MS } from './longest-token.ts';

/** Times in seconds since 1970. `src/authorization/roles-now.ts` applies it to a token. */
export interface UserMark {
  /** The user's roles, which replace those of tokens issued up to `rolesUpTo`. */
  roles?: readonly string[];
  rolesUpTo?: number;
  /** Tokens issued up to then may have the claims from before the change, because their sign-in began earlier. */
  narrowedUpTo?: number;
  /** Tokens issued up to then are refused: the user was blocked or deleted, or the outcome of a change is unknown. */
  refusedUpTo: number;
}

/** The user at the authority after a change. */
export interface ChangedUser {
  user_id: string;
  roles: readonly string[];
  blocked: boolean;
  /** ISO 8601, by the authority's clock; orders changes. */
  updated_at: string;
}

export interface UserMarks {
  /** Call after roles were replaced, or the user was blocked or unblocked. */
  changed(this: void, user: ChangedUser): Promise<void>;
  deleted(userId: string): Promise<void>;
  /** Call when the outcome of a change is unknown: tokens issued so far are refused; a new one has current claims. */
  distrust(this: void, userId: string): Promise<void>;
}

/** Time after any other change and any token, seconds: the id of a deleted user is never reused. */
const FOREVER = 9_999_999_999;

const markUser = defineScript({
  file: new URL('./mark-user.lua', import.meta.url),
  keys: ['mark', 'changes'],
  args: ['channel', 'maxChanges', 'userId', 'keepMs', 'changedAt', 'gone', '...fields'],
});

export function createUserMarks(redis: Redis): UserMarks {
  async function mark(
    userId: string,
    changedAt: number | '',
    fields: Record<string, string | number>,
    gone: string = '',
  ): Promise<void> {
    await markUser(redis, {
      mark: keys.userMark(userId),
      changes: keys.registryChanges,
      channel: keys.registryChanged,
      maxChanges: KEPT_CHANGES,
      userId,
      keepMs: LONGEST_TOKEN_MS,
      changedAt,
      gone,
      fields: Object.entries(fields).flat(),
    });
  }

  return {
    changed(user) {
      const upTo = secondOf(user);
      const roles = { roles: JSON.stringify(user.roles), roles_up_to: upTo };
      return user.blocked
        ? mark(user.user_id, versionOf(user), { ...roles, refused_up_to: upTo })
        : mark(user.user_id, versionOf(user), roles, 'refused_up_to');
    },
    deleted: (userId) => mark(userId, FOREVER * 1000, { refused_up_to: FOREVER }),
    distrust: (userId) => mark(userId, '', { doubted_up_to: Math.floor(redisNow() / 1000) }),
  };
}

const versionOf = ({ updated_at }: ChangedUser): number => Date.parse(updated_at) || redisNow();

/** Uses the later of both clocks, so that no token is accepted because the authority's clock is ahead. */
const secondOf = (user: ChangedUser): number => Math.floor(Math.max(versionOf(user), redisNow()) / 1000);

export async function readUserMark(redis: Redis, userId: string): Promise<UserMark | undefined> {
  const fields = await redis.hgetall(keys.userMark(userId));
  if (fields['version'] === undefined) return undefined;
  const { roles, roles_up_to, refused_up_to = -Infinity, doubted_up_to = -Infinity } = fields;
  // An unknown outcome matters only until the next sign-in, so that it locks nobody out.
  const refusedUpTo = Math.max(Number(refused_up_to) + LONGEST_SIGN_IN_S, Number(doubted_up_to));
  if (roles === undefined) return { refusedUpTo };
  const rolesUpTo = Number(roles_up_to);
  const narrowedUpTo = rolesUpTo + LONGEST_SIGN_IN_S;
  return { roles: parseStored<string[]>(roles), rolesUpTo, narrowedUpTo, refusedUpTo };
}

export interface Withdrawal {
  /** Tokens issued in this second (since 1970) or before are refused; omitted: all are, while the consent is being deleted. */
  upTo?: number;
}

export const withdrawalId = (userId: string, clientId: string): string => `${userId} ${clientId}`;

export async function readWithdrawal(redis: Redis, id: string): Promise<Withdrawal | undefined> {
  return parseStored<Withdrawal>(await redis.get(keys.withdrawal(id)));
}

/** Stores the withdrawal of a user's consent to an app. */
export async function writeWithdrawal(
  redis: Redis,
  { userId, clientId }: { userId: string; clientId: string },
  withdrawal: Withdrawal,
): Promise<void> {
  const id = withdrawalId(userId, clientId);
  const writes = redis.multi().set(keys.withdrawal(id), JSON.stringify(withdrawal), 'PX', LONGEST_TOKEN_MS);
  if (withdrawal.upTo === undefined)
    writes
      .zadd(keys.unfinishedWithdrawals, redisNow(), id)
      // The next consent is recorded as an event again.
      .srem(keys.consentedTo(clientId), userId);
  else writes.zrem(keys.unfinishedWithdrawals, id);
  announce(writes, 'withdrawal', id);
  await writes.exec();
}

/** Ids per read. */
const BATCH = 100;

/** Ids of unfinished withdrawals that were begun before this time, ms since 1970; extends their TTL. */
export async function listUnfinishedWithdrawals(redis: Redis, time: number): Promise<string[]> {
  const unfinished = keys.unfinishedWithdrawals;
  const ids = await redis.zrangebyscore(unfinished, '-inf', time, 'LIMIT', 0, BATCH);
  // While the consent exists, the authority issues tokens for it.
  const keep = redis.pipeline();
  for (const id of ids) keep.pexpire(keys.withdrawal(id), LONGEST_TOKEN_MS);
  await sendAll(keep);
  return ids;
}
