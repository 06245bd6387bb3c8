/**
 * Users whom somebody demoted, blocked or deleted through us. Their access tokens live on at the authority until they expire, so what
 * those say of the user is overruled here (invariant 3): as long as a token can be that was issued before the change.
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { sendAll } from '../redis/connections.ts';
import { keys } from '../redis/keys.ts';
import { parseStored } from '../redis/replies.ts';
import { defineScript } from '../redis/scripts.ts';
import { announce, KEPT_CHANGES } from './changes.ts';
import { LONGEST_SIGN_IN_S, LONGEST_TOKEN_MS } from './longest-token.ts';

/** Times in seconds since 1970. What follows for a token is decided in `src/authorization/roles-now.ts`. */
export interface UserMark {
  /** What the user's roles are, whatever a token says that was issued up to `rolesUpTo`. */
  roles?: readonly string[];
  rolesUpTo?: number;
  /** Tokens issued up to then may say what was so when their sign-in began. */
  narrowedUpTo?: number;
  /** Tokens issued up to then are refused: the user was blocked or deleted, or it is not known what came of a change. */
  refusedUpTo: number;
}

/** The user as the authority has it after a change. */
export interface ChangedUser {
  user_id: string;
  roles: readonly string[];
  blocked: boolean;
  /** ISO 8601, by the authority's clock; tells which of two changes came later. */
  updated_at: string;
}

export interface UserMarks {
  /** Roles were replaced; or the user was blocked, or is not blocked any more. */
  changed(this: void, user: ChangedUser): Promise<void>;
  deleted(userId: string): Promise<void>;
  /** A change was sent and its answer lost: tokens issued so far are refused, and a new one says how it is. */
  distrust(this: void, userId: string): Promise<void>;
}

/** A deleted user's id never comes back: later than any other change, and than any token; seconds. */
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

/** By whichever clock is ahead: a token must not slip through because the authority's is. */
const secondOf = (user: ChangedUser): number => Math.floor(Math.max(versionOf(user), redisNow()) / 1000);

export async function readUserMark(redis: Redis, userId: string): Promise<UserMark | undefined> {
  const fields = await redis.hgetall(keys.userMark(userId));
  if (fields['version'] === undefined) return undefined;
  const { roles, roles_up_to, refused_up_to = -Infinity, doubted_up_to = -Infinity } = fields;
  // A doubt ends with the next sign-in, so that nobody is locked out by a lost answer.
  const refusedUpTo = Math.max(Number(refused_up_to) + LONGEST_SIGN_IN_S, Number(doubted_up_to));
  if (roles === undefined) return { refusedUpTo };
  const rolesUpTo = Number(roles_up_to);
  const narrowedUpTo = rolesUpTo + LONGEST_SIGN_IN_S;
  return { roles: parseStored<string[]>(roles), rolesUpTo, narrowedUpTo, refusedUpTo };
}

export interface Withdrawal {
  /** Tokens issued in this second (since 1970) or before are refused; left out: all are, the consent is still being deleted. */
  upTo?: number;
}

export const withdrawalId = (userId: string, clientId: string): string => `${userId} ${clientId}`;

export async function readWithdrawal(redis: Redis, id: string): Promise<Withdrawal | undefined> {
  return parseStored<Withdrawal>(await redis.get(keys.withdrawal(id)));
}

/** Of one user's consent to one app. */
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
      // The next one is an event again.
      .srem(keys.consentedTo(clientId), userId);
  else writes.zrem(keys.unfinishedWithdrawals, id);
  announce(writes, 'withdrawal', id);
  await writes.exec();
}

const WITHDRAWALS_AT_ONCE = 100;

/** Ids of those that were begun before this time, ms since 1970, and have not ended: they are kept for another while. */
export async function listUnfinishedWithdrawals(redis: Redis, time: number): Promise<string[]> {
  const unfinished = keys.unfinishedWithdrawals;
  const ids = await redis.zrangebyscore(unfinished, '-inf', time, 'LIMIT', 0, WITHDRAWALS_AT_ONCE);
  // As long as the consent is there tokens of it are issued.
  const keep = redis.pipeline();
  for (const id of ids) keep.pexpire(keys.withdrawal(id), LONGEST_TOKEN_MS);
  await sendAll(keep);
  return ids;
}
