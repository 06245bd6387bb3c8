/**
 * Consents that users have withdrawn. Access tokens stay valid until they expire, so they are refused here: all of them while the consent
 * is being deleted at the authority, and afterwards those issued up to that second.
 */
import type { Redis } from 'ioredis';
import {
  listUnfinishedWithdrawals,
  readWithdrawal,
  withdrawalId,
  writeWithdrawal,
  type Withdrawal,
} from './user-marks.ts';

export interface Withdrawals {
  read(userId: string, clientId: string): Promise<Withdrawal | undefined>;
  /** Begins a withdrawal: every token of this app for this user is refused. */
  open(userId: string, clientId: string): Promise<void>;
  /** Call when the consent is deleted: a token issued after `upTo` has a new consent. */
  close(userId: string, clientId: string, upTo: number): Promise<void>;
  /** Unfinished withdrawals begun before this time, ms since 1970. */
  olderThan(time: number): Promise<{ userId: string; clientId: string }[]>;
}

export function createWithdrawals(redis: Redis): Withdrawals {
  return {
    read: (userId, clientId) => readWithdrawal(redis, withdrawalId(userId, clientId)),
    open: (userId, clientId) => writeWithdrawal(redis, { userId, clientId }, {}),
    close: (userId, clientId, upTo) => writeWithdrawal(redis, { userId, clientId }, { upTo }),
    async olderThan(time) {
      const ids = await listUnfinishedWithdrawals(redis, time);
      return ids.map((id) => {
        const at = id.lastIndexOf(' ');
        return { userId: id.slice(0, at), clientId: id.slice(at + 1) };
      });
    },
  };
}
