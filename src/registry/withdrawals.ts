/**
 * Consents that users have withdrawn, in one tenant each, whichever way they came to it. Access tokens stay valid until they expire, so they are refused here: all of them while the consent
 * is being deleted at the authority, and afterwards those issued up to that second.
 */
import type { Redis } from 'ioredis';
import type { SignInOrganization } from './sign-in-organizations.ts';
import {
  listUnfinishedWithdrawals,
  readWithdrawal,
  withdrawalId,
  withdrawalOfId,
  writeWithdrawal,
  type Withdrawal,
  type WithdrawalOf,
} from './user-marks.ts';

export interface Withdrawals {
  read(of: WithdrawalOf): Promise<Withdrawal | undefined>;
  /** Begins a withdrawal: every token of this app for this user in this tenant is refused. */
  open(of: WithdrawalOf): Promise<void>;
  /** Call when the consents in these organizations are deleted: a token issued after `upTo` has a new consent. */
  close(of: WithdrawalOf, upTo: number, organizations: readonly SignInOrganization[]): Promise<void>;
  /** Unfinished withdrawals begun before this time, ms since 1970. */
  olderThan(time: number): Promise<WithdrawalOf[]>;
}

export function createWithdrawals(redis: Redis): Withdrawals {
  return {
    read: (of) => readWithdrawal(redis, withdrawalId(of)),
    open: (of) => writeWithdrawal(redis, of, {}),
    close: (of, upTo, organizations) => writeWithdrawal(redis, of, { upTo }, organizations),
    olderThan: async (time) => (await listUnfinishedWithdrawals(redis, time)).map(withdrawalOfId),
  };
}
