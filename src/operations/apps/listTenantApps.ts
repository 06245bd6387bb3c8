import type { Operation } from '../operation.ts';
import { accessByDefault } from './access-by-default.ts';
import { presentTenantApp } from './present-app.ts';

export const listTenantApps: Operation<
  'listTenantApps',
  'appAdministration' | 'config' | 'tenants'
> = async ({ principal, services }) => {
  const { tenantId } = principal;
  const found = await services.appAdministration.listFor(tenantId);
  const byDefault = await accessByDefault(services, tenantId);
  return { status: 200, body: { apps: found.map((app) => presentTenantApp(app, tenantId, byDefault)) } };
};
