import type { ExistingClient } from '../../src/auth0/management-clients.ts';
import { Problem } from '../../src/problem.ts';
import { redisTimestamp } from '../../src/redis/clock.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { AdoptClientInput, AdoptClientOutcome } from '../../src/relay/jobs/adoptClient.ts';
import { ALLOW_ORGANIZATIONS } from './app-client.ts';
import { checkWebAppClient, metadataToWrite } from './check-client-adoption.ts';
import type { ManagementContext } from './performer.ts';
import { toSpaClient } from './tenant-parts.ts';

type Made = Omit<AdoptClientOutcome, 'tenantId' | 'clientId' | 'as' | 'dryRun'>;

/** An existing single-page app becomes another web app of a tenant that has its own. @throws Problem */
export async function adoptWebApp(
  context: ManagementContext,
  { clientId, dryRun }: AdoptClientInput,
  tenant: Tenant,
  client: ExistingClient,
): Promise<Made> {
  const { management, tenants } = context;
  if (tenant.shared_web_app) throw new Problem('web_app_shared');
  const addresses = checkWebAppClient(client);
  const known = (await tenants.webAppsOf(tenant.id)).find(({ client_id }) => client_id === clientId);
  const created_at = known?.created_at ?? redisTimestamp();
  const isMarked = client.client_metadata['kind'] === 'user';
  const marks: Record<string, string> = isMarked ? {} : { kind: 'user', tenant_id: tenant.id, created_at };
  const client_metadata = metadataToWrite(client, marks);
  const made = { outcome: 'adopted', name: client.name, origins: addresses.origins } as const;
  if (known && isMarked) return { ...made, outcome: 'already' };
  if (dryRun) return made;

  const connection = await management.findConnection(tenant.connection);
  if (!connection) throw new Problem('unknown_connection');
  await management.enableClients(connection.id, [clientId]);
  await tenants.saveWebApp(clientId, toSpaClient(clientId, tenant.id, addresses, created_at));
  await leaveIfDeleted(context, tenant.id, clientId);
  const organizations = tenant.organization === undefined ? {} : ALLOW_ORGANIZATIONS;
  await management.updateWebApp(clientId, { client_metadata, ...organizations });
  return made;
}

/** A deletion that began meanwhile may have looked for the tenant's web apps before this one was. @throws Problem */
async function leaveIfDeleted({ tenants }: ManagementContext, id: string, clientId: string): Promise<void> {
  const tenant = await tenants.read(id);
  if (tenant && tenant.status !== 'deleting' && !tenant.shared_web_app) return;
  await tenants.saveWebApp(clientId, undefined);
  throw new Problem(tenant ? 'tenant_busy' : 'not_found');
}
