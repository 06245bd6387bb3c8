/**
 * Consents that users have withdrawn. Access tokens live on at the authority until they expire, so they are refused here: all of them
 * while the consent is still being deleted there, and afterwards those that were issued up to that second.
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { sendAll } from '../redis/connections.ts';
import { keys } from '../redis/keys.ts';
import { announce } from './changes.ts';
import { LONGEST_TOKEN_MS } from './longest-token.ts';

export interface Withdrawal {
  /** Tokens issued in this second (since 1970) or before are refused; left out: all are, the consent is still being deleted. */
  upTo?: number;
}

export interface Withdrawals {
  read(userId: string, clientId: string): Promise<Withdrawal | undefined>;
  /** From now on every token of this app for this user is refused. */
  open(userId: string, clientId: string): Promise<void>;
  /** The consent is gone: a token that is issued later follows a new one. */
  close(userId: string, clientId: string, upTo: number): Promise<void>;
  /** Those that were begun before this time, ms since 1970. */
  olderThan(time: number): Promise<{ userId: string; clientId: string }[]>;
}

const AT_ONCE = 100;

export const withdrawalId = (userId: string, clientId: string): string => `${userId} ${clientId}`;

export function createWithdrawals(redis: Redis): Withdrawals {
  async function write(userId: string, clientId: string, withdrawal: Withdrawal): Promise<void> {
    const id = withdrawalId(userId, clientId);
    const isOpen = withdrawal.upTo === undefined;
    const writes = redis.multi();
    if (isOpen)
      writes
        .set(keys.withdrawal(id), JSON.stringify(withdrawal), 'PX', LONGEST_TOKEN_MS)
        .zadd(keys.unfinishedWithdrawals, redisNow(), id)
        // The next one is told of again.
        .srem(keys.consentedTo(clientId), userId);
    else
      writes
        .set(keys.withdrawal(id), JSON.stringify(withdrawal), 'PX', LONGEST_TOKEN_MS)
        .zrem(keys.unfinishedWithdrawals, id);
    announce(writes, 'withdrawal', id);
    await writes.exec();
  }

  return {
    read: (userId, clientId) => readWithdrawal(redis, withdrawalId(userId, clientId)),
    open: (userId, clientId) => write(userId, clientId, {}),
    close: (userId, clientId, upTo) => write(userId, clientId, { upTo }),
    async olderThan(time) {
      const ids = await redis.zrangebyscore(keys.unfinishedWithdrawals, '-inf', time, 'LIMIT', 0, AT_ONCE);
      // As long as the consent is there tokens of it are issued.
      const keep = redis.pipeline();
      for (const id of ids) keep.pexpire(keys.withdrawal(id), LONGEST_TOKEN_MS);
      await sendAll(keep);
      return ids.map((id) => {
        const at = id.lastIndexOf(' ');
        return { userId: id.slice(0, at), clientId: id.slice(at + 1) };
      });
    },
  };
}

export async function readWithdrawal(redis: Redis, id: string): Promise<Withdrawal | undefined> {
  const text = await redis.get(keys.withdrawal(id));
  return text === null ? undefined : (JSON.parse(text) as Withdrawal);
}
