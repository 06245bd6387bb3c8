import type { AppPlace } from '../../registry/app-places.ts';
import { nextCursor, openCursor } from '../cursor.ts';
import type { Operation } from '../operation.ts';
import { accessByDefault } from './access-by-default.ts';
import { presentTenantApp } from './present-app.ts';

export const listTenantApps: Operation<
  'listTenantApps',
  'appAdministration' | 'config' | 'seal' | 'tenants'
> = async ({ operationId, principal, query, services }) => {
  const { cursor, limit = 50 } = query;
  const { tenantId } = principal;
  const listing = { seal: services.seal, operationId, principal, filters: {} };
  const after = openCursor<AppPlace>(listing, cursor);
  const { apps, next } = await services.appAdministration.listFor(tenantId, limit, after);
  const byDefault = await accessByDefault(services, tenantId);
  const shown = apps.map((app) => presentTenantApp(app, tenantId, byDefault));
  return { status: 200, body: { apps: shown, next_cursor: nextCursor(listing, next) } };
};
