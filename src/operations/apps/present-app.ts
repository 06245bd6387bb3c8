import { appAccess, type AppAccess } from '../../authorization/app-access.ts';
import { ownedBy } from '../../authorization/tenant-boundary.ts';
import type { components } from '../../contract/generated.ts';
import type { SeenApp, TenantApp } from '../../registration/app-administration.ts';

type Schemas = components['schemas'];

/** For the operator. */
export function presentApp(seen: SeenApp): Schemas['App'] {
  const { vouched_by, statement_issuer, approval_lapsed_at: lapsed_at } = seen.app;
  return {
    ...common(seen),
    ...(vouched_by !== undefined && { vouched_by }),
    ...(statement_issuer !== undefined && { statement_issuer }),
    ...(lapsed_at !== undefined && { lapsed_at }),
  };
}

/** For a tenant: nothing of what other tenants did with it. */
export function presentTenantApp(
  seen: TenantApp,
  tenantId: string,
  byDefault: AppAccess,
): Schemas['TenantApp'] {
  const { app, decision } = seen;
  const isVouched = ownedBy(tenantId, app, ({ vouched_by }) => vouched_by) !== undefined;
  const lapsedAt = decision ? decision.lapsed_at : isVouched ? app.vouch_lapsed_at : undefined;
  return {
    ...common(seen),
    decision: decision && decision.access !== 'lapsed' ? decision.access : 'undecided',
    access: appAccess(app, tenantId, decision, byDefault),
    vouched_for: isVouched,
    ...(lapsedAt !== undefined && { lapsed_at: lapsedAt }),
    ...(decision &&
      decision.access !== 'lapsed' && { decided_at: decision.decided_at, decided_by: decision.decided_by }),
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
    ...(client_uri !== undefined && { client_uri }),
    ...(logo_uri !== undefined && { logo_uri }),
    registered_at: created_at,
    ...(use.last !== undefined && { last_used_at: new Date(use.last).toISOString() }),
  };
}
