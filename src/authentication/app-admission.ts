/**
 * Whether an app may act for this user now. A token alone does not prove it: tokens outlive consents and decisions
 * (invariants 2 and 3).
 */
import { appAccess, type AppAccess } from '../authorization/app-access.ts';
import { appAccessByDefault } from '../authorization/tenant-settings.ts';
import { Problem } from '../problem.ts';
import { decisionId } from '../registry/app-decisions.ts';
import type { AppClient } from '../registry/clients.ts';
import type { Registry } from '../registry/registry.ts';
import type { Tenant } from '../registry/tenants.ts';
import { findWithdrawal, type UserOfTenant } from '../registry/user-marks.ts';
import type { TokenClaims } from './token-claims.ts';

type Asked = Pick<TokenClaims, 'subject' | 'issuedAt' | 'scopes'> & Pick<UserOfTenant, 'isHome'>;

/**
 * @param byDefault access of approved apps where the tenant has neither a decision nor a setting
 * @returns the token's scopes that are still granted, and the time up to which an earlier consent was withdrawn
 * @throws Problem `app_blocked`, `app_not_allowed`, `consent_withdrawn`
 */
export async function admitApp(
  app: AppClient,
  { subject, isHome, issuedAt, scopes }: Asked,
  tenant: Tenant,
  registry: Pick<Registry, 'decision' | 'withdrawal'>,
  byDefault: AppAccess,
): Promise<{ scopes: readonly string[]; withdrawnUpTo: number | undefined }> {
  const [decision, withdrawal] = await Promise.all([
    registry.decision(decisionId(tenant.id, app.client_id)),
    findWithdrawal(
      (id) => registry.withdrawal(id),
      { tenantId: tenant.id, userId: subject, isHome },
      app.client_id,
    ),
  ]);
  const access = appAccess(app, tenant.id, decision, appAccessByDefault(tenant, byDefault));
  if (access === 'blocked') throw new Problem('app_blocked', { internal: 'by the operator, or the tenant' });
  if (access === 'denied')
    throw new Problem('app_not_allowed', { internal: `denied in its user's tenant; it is ${app.status}` });
  if (withdrawal && (withdrawal.upTo === undefined || issuedAt <= withdrawal.upTo))
    throw new Problem('consent_withdrawn', { internal: 'the token was issued before the withdrawal' });
  return {
    scopes: scopes.filter((scope) => app.scopes.includes(scope)),
    withdrawnUpTo: withdrawal?.upTo,
  };
}
