/** Whether what somebody asked for may still be done, when it begins later: nobody's work outlives what they may do (invariant 3). */
import type { Redis } from 'ioredis';
import { checkMaker } from '../src/authorization/roles-now.ts';
import type { RoleTable } from '../src/authorization/roles.ts';
import { Problem } from '../src/problem.ts';
import { readUserMark } from '../src/registry/user-marks.ts';
import { readWithdrawal, withdrawalId } from '../src/registry/withdrawals.ts';
import type { Account, MakerUser } from '../src/relay/job-records.ts';

export interface Maker {
  by?: Account | undefined;
  /** The user, or the one for whom an app acts. */
  makerUser?: MakerUser | undefined;
  /** When it was asked for, ISO 8601. */
  createdAt: string;
}

/** @throws Problem `insufficient_role`, `invalid_token`, `invalid_api_key`, `consent_withdrawn` */
export type MakerCheck = (maker: Maker) => Promise<void>;

export function createMakerCheck(redis: Redis, roles: RoleTable): MakerCheck {
  return async ({ by, makerUser, createdAt }) => {
    const issuedAt = Math.floor(Date.parse(createdAt) / 1000);
    if (makerUser)
      checkMaker(roles, { roles: makerUser.roles, issuedAt }, await readUserMark(redis, makerUser.userId));
    if (by?.kind === 'tenant') {
      const mark = await readUserMark(redis, by.clientId);
      if (mark && issuedAt <= mark.refusedUpTo)
        throw new Problem('invalid_api_key', {
          detail: 'The API key that asked for it was deleted before it began.',
        });
    }
    if (by?.kind === 'app' && makerUser) {
      const withdrawal = await readWithdrawal(redis, withdrawalId(makerUser.userId, by.clientId));
      if (withdrawal && issuedAt <= (withdrawal.upTo ?? Infinity))
        throw new Problem('consent_withdrawn', { internal: 'after it was asked for' });
    }
  };
}

export async function mayStill(check: MakerCheck, maker: Maker): Promise<boolean> {
  try {
    await check(maker);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
