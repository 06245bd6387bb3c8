import { ownedBy } from '../../src/authorization/tenant-boundary.ts';
import { Problem } from '../../src/problem.ts';
import type { Performer } from './performer.ts';
import { addressesOf, toSpaClient } from './tenant-parts.ts';

/** Changes Auth0 first, because an origin that may call the API must be able to sign users in. */
export const replaceTenantWebApp: Performer<'replaceTenantWebApp'> = async (context, input) => {
  const { id, clientId, webApp } = input;
  const [known] = (await context.tenants.webAppsOf(id)).filter(({ client_id }) => client_id === clientId);
  const own = ownedBy(id, known, ({ tenant_id }) => tenant_id);
  if (!own) throw new Problem('not_found');
  await context.management.updateWebApp(clientId, addressesOf(webApp));
  const changed = toSpaClient(clientId, id, webApp, own.created_at);
  await context.tenants.saveWebApp(clientId, changed);
  return changed;
};
