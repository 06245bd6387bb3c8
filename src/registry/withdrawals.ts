/**
 * Consents that users have withdrawn. Access tokens stay valid until they expire, so they are refused here: all of them while the consent
 * is being deleted at the authority, and afterwards those issued up to that second.
 */
import type { Redis } from 'ioredis';
import {
  consentOfId,
  listUnfinishedWithdrawals,
  readWithdrawal,
  withdrawalId,
  writeWithdrawal,
  type ConsentOf,
  type Withdrawal,
} from './user-marks.ts';

export interface Withdrawals {
  read(consent: ConsentOf): Promise<Withdrawal | undefined>;
  /** Begins a withdrawal: every token of this app for this user in this organization is refused. */
  open(consent: ConsentOf): Promise<void>;
  /** Call when the consent is deleted: a token issued after `upTo` has a new consent. */
  close(consent: ConsentOf, upTo: number): Promise<void>;
  /** Unfinished withdrawals begun before this time, ms since 1970. */
  olderThan(time: number): Promise<ConsentOf[]>;
}

export function createWithdrawals(redis: Redis): Withdrawals {
  return {
    read: (consent) => readWithdrawal(redis, withdrawalId(consent)),
    open: (consent) => writeWithdrawal(redis, consent, {}),
    close: (consent, upTo) => writeWithdrawal(redis, consent, { upTo }),
    olderThan: async (time) => (await listUnfinishedWithdrawals(redis, time)).map(consentOfId),
  };
}
