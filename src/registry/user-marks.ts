/**
 * Users who were demoted, blocked or deleted through this API. Their access tokens stay valid until they expire, so a mark overrides the
 * tokens' claims (invariant 3) for as long as a token issued before the change can be valid. Marks of a person in several organizations, and
 * withdrawn consents, are of each one alone (`personIn`).
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { sendAll } from '../redis/connections.ts';
import { keys } from '../redis/keys.ts';
import { parseStored } from '../redis/replies.ts';
import { defineScript } from '../redis/scripts.ts';
import { announce, KEPT_CHANGES } from './changes.ts';
import { LONGEST_SIGN_IN_S, LONGEST_TOKEN_MS } from './longest-token.ts';
import {
  personIn,
  WITHOUT,
  type ReadOrganizations,
  type SignInOrganization,
} from './sign-in-organizations.ts';

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
  /**
   * Call after a person was removed from the tenant and stays a user elsewhere: tokens issued so far are refused. Who comes back is let in
   * after `LONGEST_SIGN_IN_S`.
   * @param updatedAt of the user's record, ISO 8601; left out: now
   */
  removed(userId: string, updatedAt?: string): Promise<void>;
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

/** @param organizations those of the tenant whose users are marked; left out: of what signs in to none, as API keys */
export function createUserMarks(
  redis: Redis,
  organizations: ReadOrganizations = () => Promise.resolve(WITHOUT),
): UserMarks {
  async function mark(
    userId: string,
    changedAt: number | '',
    fields: Record<string, string | number>,
    gone: string = '',
  ): Promise<void> {
    for (const organization of await organizations())
      await markOne(personIn(organization, userId), changedAt, fields, gone);
  }

  async function markOne(
    id: string,
    changedAt: number | '',
    fields: Record<string, string | number>,
    gone: string,
  ): Promise<void> {
    await markUser(redis, {
      mark: keys.userMark(id),
      changes: keys.registryChanges,
      channel: keys.registryChanged,
      maxChanges: KEPT_CHANGES,
      userId: id,
      keepMs: LONGEST_TOKEN_MS,
      changedAt,
      gone,
      fields: Object.entries(fields).flat(),
    });
  }

  return {
    changed(user) {
      const upTo = secondOf(versionOf(user));
      const roles = { roles: JSON.stringify(user.roles), roles_up_to: upTo };
      return user.blocked
        ? mark(user.user_id, versionOf(user), { ...roles, refused_up_to: upTo })
        : mark(user.user_id, versionOf(user), roles, 'refused_up_to');
    },
    deleted: (userId) => mark(userId, FOREVER * 1000, { refused_up_to: FOREVER }),
    removed(userId, updated_at = '') {
      const version = versionOf({ updated_at });
      return mark(userId, version, { refused_up_to: secondOf(version) });
    },
    distrust: (userId) => mark(userId, '', { doubted_up_to: Math.floor(redisNow() / 1000) }),
  };
}

const versionOf = ({ updated_at }: Pick<ChangedUser, 'updated_at'>): number =>
  Date.parse(updated_at) || redisNow();

/** Uses the later of both clocks, so that no token is accepted because the authority's clock is ahead. */
const secondOf = (version: number): number => Math.floor(Math.max(version, redisNow()) / 1000);

/** @param id from `personIn` */
export async function readUserMark(redis: Redis, id: string): Promise<UserMark | undefined> {
  const fields = await redis.hgetall(keys.userMark(id));
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

/** What Auth0 keeps a consent of: one user, one app, and one organization (Auth0 docs, "User consent and third-party applications"). */
export interface ConsentOf {
  organization: SignInOrganization;
  userId: string;
  clientId: string;
}

export const withdrawalId = ({ organization, userId, clientId }: ConsentOf): string =>
  `${personIn(organization, userId)} ${clientId}`;

export function consentOfId(id: string): ConsentOf {
  // User ids can have spaces, the others cannot.
  const [, organization, userId = '', clientId = ''] = /^(?:(org_[^ |]+) )?(.*) ([^ ]*)$/s.exec(id) ?? [];
  return { organization, userId, clientId };
}

export async function readWithdrawal(redis: Redis, id: string): Promise<Withdrawal | undefined> {
  return parseStored<Withdrawal>(await redis.get(keys.withdrawal(id)));
}

/** Stores the withdrawal of a user's consent to an app. */
export async function writeWithdrawal(
  redis: Redis,
  consent: ConsentOf,
  withdrawal: Withdrawal,
): Promise<void> {
  const id = withdrawalId(consent);
  const writes = redis.multi().set(keys.withdrawal(id), JSON.stringify(withdrawal), 'PX', LONGEST_TOKEN_MS);
  if (withdrawal.upTo === undefined)
    writes
      .zadd(keys.unfinishedWithdrawals, redisNow(), id)
      // The next consent is recorded as an event again.
      .srem(keys.consentedTo(consent.clientId), personIn(consent.organization, consent.userId));
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
