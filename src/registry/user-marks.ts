/**
 * Users who were demoted, blocked or deleted through this API. Their access tokens stay valid until they expire, so a mark overrides the
 * tokens' claims (invariant 3) for as long as a token issued before the change can be valid. Marks and withdrawn consents are of one tenant
 * each: what a tenant does to a person whom it shares with others ends nothing elsewhere.
 */
import type { ChainableCommander, Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { sendAll } from '../redis/connections.ts';
import { keys } from '../redis/keys.ts';
import { parseStored } from '../redis/replies.ts';
import { defineScript } from '../redis/scripts.ts';
import { announce, KEPT_CHANGES } from './changes.ts';
import { LONGEST_SIGN_IN_S, LONGEST_TOKEN_MS } from './longest-token.ts';
import { personIn, type SignInOrganization } from './sign-in-organizations.ts';

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
  /**
   * Call when somebody else blocked the user: tokens issued so far are refused, until `changed` says otherwise.
   * @param updatedAt of the user's record, ISO 8601
   */
  blocked(userId: string, updatedAt: string): Promise<void>;
  /** Call when somebody else deleted the user, or removed the person: as `removed`, and these tokens are never accepted again. */
  gone(userId: string): Promise<void>;
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

/** User ids can have spaces, ids of tenants cannot. */
export const userMarkId = (tenantId: string, userId: string): string => `${tenantId} ${userId}`;

/** Marks of the users of one tenant. */
export function createUserMarks(redis: Redis, tenantId: string): UserMarks {
  const mark = (
    userId: string,
    changedAt: number | '',
    fields: Record<string, string | number>,
    gone: string = '',
  ) => saveMark(redis, userMarkId(tenantId, userId), changedAt, fields, gone);

  return {
    changed(user) {
      const upTo = secondOf(versionOf(user));
      const roles = { roles: JSON.stringify(user.roles), roles_up_to: upTo };
      return user.blocked
        ? mark(user.user_id, versionOf(user), { ...roles, refused_up_to: upTo })
        : mark(user.user_id, versionOf(user), roles, 'refused_up_to');
    },
    deleted: (userId) => mark(userId, ...FOR_GOOD),
    removed(userId, updated_at = '') {
      const version = versionOf({ updated_at });
      return mark(userId, version, { refused_up_to: secondOf(version) });
    },
    blocked(userId, updated_at) {
      const version = versionOf({ updated_at });
      return mark(userId, version, { refused_up_to: secondOf(version) });
    },
    gone: (userId) => mark(userId, '', goneNow()),
    distrust: (userId) => mark(userId, '', { doubted_up_to: Math.floor(redisNow() / 1000) }),
  };
}

/** Call when an API key is deleted: its client id is marked, and its jobs that have not started are dropped. */
export const markDeletedKey = (redis: Redis, clientId: string): Promise<void> =>
  saveMark(redis, clientId, ...FOR_GOOD);

/**
 * Call when somebody else deleted a user, and nothing says whose it was: tokens issued so far are refused in all tenants.
 */
export const markGoneEverywhere = (redis: Redis, userId: string): Promise<void> =>
  saveMark(redis, userMarkId(EVERYWHERE, userId), '', goneNow());

/** Call after a restore of Redis, which has lost the marks since its backup: tokens of users that were issued so far are refused. */
export const refuseTokensSoFar = (redis: Redis): Promise<void> =>
  saveMark(redis, OF_ANYBODY, '', { doubted_up_to: Math.floor(redisNow() / 1000) });

/** No tenant has this id. */
const EVERYWHERE = '*';
/** Nor has a user. */
const OF_ANYBODY = userMarkId(EVERYWHERE, '*');

/** An id can be used again, by who signs in with the same account elsewhere: tokens from before stay refused then. */
function goneNow(): Record<string, number> {
  const now = Math.floor(redisNow() / 1000);
  return { refused_up_to: now, doubted_up_to: now };
}

const FOR_GOOD = [FOREVER * 1000, { refused_up_to: FOREVER }] as const;

async function saveMark(
  redis: Redis,
  id: string,
  changedAt: number | '',
  fields: Record<string, string | number>,
  gone = '',
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

const versionOf = ({ updated_at }: Pick<ChangedUser, 'updated_at'>): number =>
  Date.parse(updated_at) || redisNow();

/** Uses the later of both clocks, so that no token is accepted because the authority's clock is ahead. */
const secondOf = (version: number): number => Math.floor(Math.max(version, redisNow()) / 1000);

/** A user as one tenant knows it. */
export interface UserOfTenant {
  tenantId: string;
  userId: string;
  /**
   * The user came without an organization, and so to no tenant but the own one: what was stored before tenants had marks and withdrawals of
   * their own counts, too, until it expires.
   */
  isHome: boolean;
}

/** @param read by an id */
export async function findUserMark(
  read: (id: string) => Promise<UserMark | undefined>,
  { tenantId, userId, isHome }: UserOfTenant,
): Promise<UserMark | undefined> {
  const [own, earlier, everywhere, ofAnybody] = await Promise.all([
    read(userMarkId(tenantId, userId)),
    isHome ? read(userId) : undefined,
    read(userMarkId(EVERYWHERE, userId)),
    read(OF_ANYBODY),
  ]);
  return inBoth(inBoth(inBoth(own, earlier), everywhere), ofAnybody);
}

function inBoth(own: UserMark | undefined, earlier: UserMark | undefined): UserMark | undefined {
  if (!own || !earlier) return own ?? earlier;
  // Of roles the later ones count, of refusals each.
  const isLater = (own.rolesUpTo ?? -Infinity) >= (earlier.rolesUpTo ?? -Infinity);
  return { ...(isLater ? own : earlier), refusedUpTo: Math.max(own.refusedUpTo, earlier.refusedUpTo) };
}

/** @returns version of the user's mark, ms since 1970, if tokens are refused by it */
export async function refusedAt(redis: Redis, tenantId: string, userId: string): Promise<number | undefined> {
  const key = keys.userMark(userMarkId(tenantId, userId));
  const [version, refused] = await redis.hmget(key, 'version', 'refused_up_to');
  return refused ? Number(version) : undefined;
}

/** @param id from `userMarkId`, or the client id of an API key */
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

/** Whose consent to which app is withdrawn, and in which tenant; undefined: stored before withdrawals were of one tenant. */
export interface WithdrawalOf {
  tenantId: string | undefined;
  userId: string;
  clientId: string;
}

export const withdrawalId = ({ tenantId, userId, clientId }: WithdrawalOf): string =>
  `${tenantId === undefined ? userId : userMarkId(tenantId, userId)} ${clientId}`;

export function withdrawalOfId(id: string): WithdrawalOf {
  // User ids can have spaces, the others cannot, and begin with the strategy of their connection: `auth0|…`.
  const [, tenantId, userId = '', clientId = ''] = /^(?:([^ |]+) )?(.*) ([^ ]*)$/s.exec(id) ?? [];
  return { tenantId, userId, clientId };
}

/** @param read by an id. @returns the one that refuses more */
export async function findWithdrawal(
  read: (id: string) => Promise<Withdrawal | undefined>,
  { tenantId, userId, isHome }: UserOfTenant,
  clientId: string,
): Promise<Withdrawal | undefined> {
  const [own, earlier] = await Promise.all([
    read(withdrawalId({ tenantId, userId, clientId })),
    isHome ? read(withdrawalId({ tenantId: undefined, userId, clientId })) : undefined,
  ]);
  if (!own || !earlier) return own ?? earlier;
  if (own.upTo === undefined || earlier.upTo === undefined) return {};
  return { upTo: Math.max(own.upTo, earlier.upTo) };
}

export async function readWithdrawal(redis: Redis, id: string): Promise<Withdrawal | undefined> {
  return parseStored<Withdrawal>(await redis.get(keys.withdrawal(id)));
}

/**
 * Stores the withdrawal of a user's consent to an app.
 * @param organizations in which it is gone: the next consent there is recorded as an event again
 */
export async function writeWithdrawal(
  redis: Redis,
  of: WithdrawalOf,
  withdrawal: Withdrawal,
  organizations: readonly SignInOrganization[] = [],
): Promise<void> {
  const id = withdrawalId(of);
  const writes = redis.multi().set(keys.withdrawal(id), JSON.stringify(withdrawal), 'PX', LONGEST_TOKEN_MS);
  if (withdrawal.upTo === undefined) writes.zadd(keys.unfinishedWithdrawals, redisNow(), id);
  else writes.zrem(keys.unfinishedWithdrawals, id);
  for (const organization of organizations) removePerson(writes, of, personIn(organization, of.userId));
  announce(writes, 'withdrawal', id);
  await writes.exec();
}

function removePerson(
  writes: ChainableCommander,
  { tenantId, clientId }: WithdrawalOf,
  person: string,
): void {
  writes.srem(keys.consentedTo(clientId), person);
  if (tenantId !== undefined) writes.zrem(keys.appUsers(tenantId, clientId), person);
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
