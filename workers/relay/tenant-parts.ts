/** Creates a tenant's connection and the client of its single-page app, so that a retry finds those of an earlier attempt. */
import type { WebAppSettings } from '../../src/auth0/management-tenants.ts';
import type { Management } from '../../src/auth0/management.ts';
import { Problem } from '../../src/problem.ts';
import { tenantToMetadata } from '../../src/registry/client-metadata.ts';
import type { SpaClient } from '../../src/registry/clients.ts';
import { ownConnectionName, type Tenant } from '../../src/registry/tenants.ts';
import type { CreateTenantInput, WebAppAddresses } from '../../src/relay/jobs/createTenant.ts';
import { onFailure } from '../failures.ts';
import { ALLOW_ORGANIZATIONS } from './app-client.ts';
import { findWebApps } from './find-marked-clients.ts';
import type { ManagementContext } from './performer.ts';

interface Provisioning {
  jobId: string;
  /** Tenant id. */
  id: string;
}

export interface TenantConnection {
  /** Omitted if not needed. */
  id?: string;
  name: string;
  isOwn: boolean;
}

/** Finds the shared connection, or creates one for the tenant. @throws Problem why it may have neither */
export async function makeConnection(
  { management, tenants, settingsDatabase }: ManagementContext,
  { jobId, id }: Provisioning,
  { connection: shared, isDeploymentDatabase, webApp, organization }: CreateTenantInput,
): Promise<TenantConnection> {
  const isReserved = (name: string) => name.toLowerCase() === settingsDatabase.toLowerCase();
  if (shared !== undefined) {
    if (isReserved(shared)) throw new Problem('unknown_connection');
    // The registry knows owned connections even where the connection is not looked up.
    if (await tenants.databaseOwner(shared)) throw new Problem('connection_owned');
    // Its id is needed only to enable a web app or an organization. Otherwise a missing connection is detected when the admin is created.
    if (isDeploymentDatabase && !webApp && !organization) return { name: shared, isOwn: false };
    const found = await management.findConnection(shared);
    if (!found) throw new Problem('unknown_connection');
    // Of a tenant that the registry has lost, or that was deleted without its users.
    if (found.metadata?.['tenant_id'] !== undefined) throw new Problem('connection_owned');
    return { id: found.id, name: found.name, isOwn: false };
  }
  const name = ownConnectionName(id);
  if (isReserved(name)) throw new Problem('connection_exists');
  const isOurs = (metadata: Record<string, string> | undefined) => metadata?.['made_by'] === jobId;
  // Looked up by name first: that costs one call, but distinguishes an earlier attempt from a conflict.
  const known = await management.findConnection(name);
  if (known && !isOurs(known.metadata)) throw new Problem('connection_exists');
  const own =
    known ?? (await management.createConnection(name, { tenant_id: id, made_by: jobId }).catch(nameConflict));
  return { id: own.id, name: own.name, isOwn: true };
}

const nameConflict = onFailure('exists', (): never => {
  throw new Problem('connection_exists');
});

/** Deletes the connection that this job created, with its users; any other one stays. */
export async function removeConnectionMadeBy(
  management: Management,
  { jobId, id }: Provisioning,
): Promise<void> {
  const found = await management.findConnection(ownConnectionName(id));
  if (found?.metadata?.['made_by'] === jobId) await management.deleteConnection(found.id);
}

/** @param again an earlier attempt may have created one; it has no secret, so it can be reused */
export async function makeWebApp(
  management: Management,
  { jobId, id }: Provisioning,
  { name, webApp }: { name: string; webApp: WebAppAddresses },
  tenant: Tenant,
  again: boolean,
): Promise<SpaClient> {
  const [known] = again ? await findWebApps(management, jobId) : [];
  const settings = {
    name: `${name} web app`,
    ...addressesOf(webApp),
    client_metadata: tenantToMetadata(tenant),
    ...(tenant.organization !== undefined && ALLOW_ORGANIZATIONS),
  };
  const { client_id } = known ?? (await management.createWebApp(settings));
  return toSpaClient(client_id, id, webApp, tenant.created_at);
}

export function addressesOf({ origins, callbackUrls, logoutUrls }: WebAppAddresses) {
  return {
    callbacks: callbackUrls,
    web_origins: origins,
    allowed_origins: origins,
    allowed_logout_urls: logoutUrls,
  } satisfies Partial<WebAppSettings>;
}

export function toSpaClient(
  client_id: string,
  tenant_id: string,
  { origins, callbackUrls, logoutUrls }: WebAppAddresses,
  created_at: string,
): SpaClient {
  return {
    kind: 'user',
    client_id,
    tenant_id,
    origins,
    created_at,
    callback_urls: callbackUrls,
    logout_urls: logoutUrls,
  };
}
