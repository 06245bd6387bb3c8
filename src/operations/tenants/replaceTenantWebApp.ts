import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { checkWebApp } from './check-web-app.ts';
import { refuseBusy } from './refuse-busy.ts';
import { presentWebApp } from './present-operated-tenant.ts';

export const replaceTenantWebApp: Operation<'replaceTenantWebApp', 'tenants' | Relaying> = async (call) => {
  const { body, path, services } = call;
  const webApp = checkWebApp(body);
  const tenant = await services.tenants.get(path.tenant_id);
  if (tenant?.shared_web_app) throw new Problem('web_app_shared');
  const known = tenant && (await services.tenants.webAppOf(tenant));
  if (!known) throw new Problem('not_found');
  refuseBusy(tenant);
  return relayed(call, { id: tenant.id, clientId: known.client_id, webApp }, toAnswer);
};

export const toAnswer: RelayedAnswer<'replaceTenantWebApp'> = (webApp) => ({
  status: 200,
  body: presentWebApp(webApp),
});
