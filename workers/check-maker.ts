/** Checks whether deferred work is still authorized when it starts: nobody's work outlives their authority (invariant 3). */
import type { Redis } from 'ioredis';
import { admitApp } from '../src/authentication/app-admission.ts';
import type { AppAccess } from '../src/authorization/app-access.ts';
import { checkMaker } from '../src/authorization/roles-now.ts';
import type { RoleTable } from '../src/authorization/roles.ts';
import { Problem } from '../src/problem.ts';
import { readDecision } from '../src/registry/app-decisions.ts';
import { readClient } from '../src/registry/client-store.ts';
import { readTenant, type Tenant } from '../src/registry/tenants.ts';
import { findUserMark, readUserMark, readWithdrawal } from '../src/registry/user-marks.ts';
import type { Account, MakerUser } from '../src/relay/job-records.ts';

export interface Maker {
  tenantId: string | undefined;
  by?: Account | undefined;
  /** The user, or the user on whose behalf an app acts. */
  makerUser?: MakerUser | undefined;
  /** Time of the request, ISO 8601. */
  createdAt: string;
}

/** @throws Problem `insufficient_role`, `insufficient_scope`, `invalid_token`, `invalid_api_key`, `app_blocked`, `app_not_allowed`, `consent_withdrawn` */
export type MakerCheck = (maker: Maker) => Promise<void>;

/** @param approvedApps default for approved apps on which a tenant has not decided */
export function createMakerCheck(redis: Redis, roles: RoleTable, approvedApps: AppAccess): MakerCheck {
  const decisions = {
    decision: (id: string) => readDecision(redis, id),
    withdrawal: (id: string) => readWithdrawal(redis, id),
  };

  /** By the same rules as the request. */
  async function checkApp(
    clientId: string,
    tenant: Tenant | undefined,
    asked: { subject: string; isHome: boolean; issuedAt: number },
  ) {
    const app = await readClient(redis, clientId);
    if (app?.kind !== 'app' || !tenant)
      throw new Problem('invalid_token', {
        detail: 'The app that made the request was removed before the work started.',
      });
    await admitApp(app, { ...asked, scopes: [] }, tenant, decisions, approvedApps);
  }

  return async ({ tenantId, by, makerUser, createdAt }) => {
    const issuedAt = Math.floor(Date.parse(createdAt) / 1000);
    if (makerUser && tenantId !== undefined) {
      const { userId } = makerUser;
      const tenant = await readTenant(redis, tenantId);
      // Whether the maker came without the organization of a tenant that has one is not known any more.
      const isHome = tenant?.organization === undefined;
      const mark = await findUserMark((id) => readUserMark(redis, id), { tenantId, userId, isHome });
      checkMaker(roles, { roles: makerUser.roles, issuedAt }, mark);
      if (by?.kind === 'app') await checkApp(by.clientId, tenant, { subject: userId, isHome, issuedAt });
    }
    if (by?.kind === 'tenant') {
      const [mark, key] = await Promise.all([
        readUserMark(redis, by.clientId),
        readClient(redis, by.clientId),
      ]);
      if (mark && issuedAt <= mark.refusedUpTo)
        throw new Problem('invalid_api_key', {
          detail: 'The API key that made the request was deleted before the work started.',
        });
      if (key?.kind === 'tenant' && key.narrowed_at !== undefined && createdAt <= key.narrowed_at)
        throw new Problem('insufficient_scope', {
          detail: 'The API key that made the request lost scopes before the work started.',
        });
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
