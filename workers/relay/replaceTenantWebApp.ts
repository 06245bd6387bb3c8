import { ownedBy } from '../../src/authorization/tenant-boundary.ts';
import { Problem } from '../../src/problem.ts';
import type { UserClient } from '../../src/registry/clients.ts';
import type { ReplaceTenantWebAppInput } from '../../src/relay/jobs/replaceTenantWebApp.ts';
import type { Performer } from './performer.ts';
import { addressesOf, toUserClient } from './tenant-parts.ts';

/** The authority first: an origin that may call must be able to sign in. */
export const replaceTenantWebApp: Performer<ReplaceTenantWebAppInput, UserClient> = async (bench, input) => {
  const { id, clientId, webApp } = input;
  const [known] = (await bench.tenants.webAppsOf(id)).filter(({ client_id }) => client_id === clientId);
  if (!ownedBy(id, known, ({ tenant_id }) => tenant_id)) throw new Problem('not_found');
  await bench.management.updateWebApp(clientId, addressesOf(webApp));
  const changed = toUserClient(clientId, id, webApp, known!.created_at);
  await bench.tenants.saveWebApp(clientId, changed);
  return changed;
};
