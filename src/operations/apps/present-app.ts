import { appAccess } from '../../authorization/app-access.ts';
import type { AppAccess } from '../../authorization/app-access.ts';
import { ownedBy } from '../../authorization/tenant-boundary.ts';
import type { components } from '../../contract/generated.ts';
import type { SeenApp, TenantApp } from '../../registration/app-administration.ts';

type Schemas = components['schemas'];

/** For the operator. */
export function presentApp(seen: SeenApp): Schemas['App'] {
  const { vouched_by, statement_issuer } = seen.app;
  return {
    ...common(seen),
    ...(vouched_by !== undefined && { vouched_by }),
    ...(statement_issuer !== undefined && { statement_issuer }),
  };
}

/** For a tenant: nothing of what other tenants did with it. */
export function presentTenantApp(
  seen: TenantApp,
  tenantId: string,
  byDefault: AppAccess,
): Schemas['TenantApp'] {
  const { app, decision } = seen;
  return {
    ...common(seen),
    decision: decision?.access ?? 'undecided',
    access: appAccess(app, tenantId, decision?.access, byDefault),
    vouched_for: ownedBy(tenantId, app, ({ vouched_by }) => vouched_by) !== undefined,
    ...(decision && { decided_at: decision.decided_at, decided_by: decision.decided_by }),
  };
}

function common({ app, metadata, use }: SeenApp) {
  const { client_id, name, registration, status, flags = [], scopes, created_at } = app;
  const { redirect_uris = [], client_uri, logo_uri } = metadata ?? {};
  return {
    ...{ client_id, name, registration, status, flags, scopes, redirect_uris },
    ...(client_uri !== undefined && { client_uri }),
    ...(logo_uri !== undefined && { logo_uri }),
    registered_at: created_at,
    ...(use.last !== undefined && { last_used_at: new Date(use.last).toISOString() }),
  };
}
