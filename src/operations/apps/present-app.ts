import { appAccess, type AppAccess } from '../../authorization/app-access.ts';
import { ownedBy } from '../../authorization/tenant-boundary.ts';
import type { components } from '../../contract/generated.ts';
import type { SeenApp, TenantApp } from '../../registration/app-administration.ts';

type Schemas = components['schemas'];

/** For the operator. */
export function presentApp(seen: SeenApp): Schemas['App'] {
  const { vouched_by, statement_issuer, approval_lapsed_at: lapsed_at } = seen.app;
  return { ...common(seen), vouched_by, statement_issuer, lapsed_at };
}

/** For a tenant: without decisions of other tenants. */
export function presentTenantApp(
  seen: TenantApp,
  tenantId: string,
  byDefault: AppAccess,
): Schemas['TenantApp'] {
  const { app, decision } = seen;
  const isVouched = ownedBy(tenantId, app, ({ vouched_by }) => vouched_by) !== undefined;
  const { access = 'lapsed', decided_at, decided_by } = decision ?? {};
  const isInForce = access !== 'lapsed';
  const lapsed_at = decision ? decision.lapsed_at : isVouched ? app.vouch_lapsed_at : undefined;
  return {
    ...common(seen),
    decision: access === 'lapsed' ? 'undecided' : access,
    access: appAccess(app, tenantId, decision, byDefault),
    users: seen.users,
    vouched_for: isVouched,
    lapsed_at,
    decided_at: isInForce ? decided_at : undefined,
    decided_by: isInForce ? decided_by : undefined,
  };
}

function common({ app, version, metadata, use }: SeenApp) {
  const { client_id, name, registration, status, flags = [], scopes, created_at } = app;
  const { redirect_uris = [], client_uri, logo_uri } = metadata ?? {};
  return {
    client_id,
    name,
    registration,
    status,
    flags,
    scopes,
    redirect_uris,
    version,
    client_uri,
    logo_uri,
    registered_at: created_at,
    last_used_at: use.last === undefined ? undefined : new Date(use.last).toISOString(),
  };
}
