/** Data access of performers that create and delete tenants. */
import type { Redis } from 'ioredis';
import { removeAppsOf } from '../../src/registry/app-decisions.ts';
import { listApiKeys } from '../../src/registry/api-keys.ts';
import type { ApiKeyClient, RegisteredClient, SpaClient } from '../../src/registry/clients.ts';
import type { InitialAccessTokens } from '../../src/registry/initial-access-tokens.ts';
import { unfinishedTenants, type PendingCleanups } from '../../src/registry/pending-cleanups.ts';
import {
  changeTenant,
  findDatabaseOwner,
  isRetired,
  listTenants,
  listWithOrganization,
  readStoredTenant,
  readTenant,
  type StoredTenant,
  type Tenant,
  type TenantChange,
} from '../../src/registry/tenants.ts';
import { changeWebApp, findWebApps, readClient } from '../../src/registry/client-store.ts';
import { listOpenImportsOf, removeImportsOf } from '../../src/imports/import-store.ts';
import { removeWebhooksOf } from '../../src/webhooks/webhook-store.ts';

export interface TenantStore {
  read(id: string): Promise<Tenant | undefined>;
  readStored(id: string): Promise<StoredTenant | undefined>;
  change: (
    id: string,
    from: string,
    to: Tenant | undefined,
    options?: { keepId?: boolean; event?: string },
  ) => Promise<TenantChange>;
  /** @returns the tenant that owns the database connection of this name */
  databaseOwner(connection: string): Promise<Tenant | undefined>;
  /** Whether users of other tenants are in this connection, too. */
  isSharedWithOthers(connection: string, id: string): Promise<boolean>;
  /** Whether people may belong to several tenants (`organizationsExist`). */
  haveOrganizations(): Promise<boolean>;
  /** @returns the tenant that is this organization, or has set out to take it over; another one than `exceptId` */
  organizationHolder(organization: string, exceptId?: string): Promise<Tenant | undefined>;
  /** Whether a deleted tenant had this id. */
  isRetired(id: string): Promise<boolean>;
  listKeys(id: string): Promise<ApiKeyClient[]>;
  webAppsOf(id: string): Promise<SpaClient[]>;
  /** A client of any kind in the registry. */
  readClient(clientId: string): Promise<RegisteredClient | undefined>;
  saveWebApp(clientId: string, to: SpaClient | undefined): Promise<void>;
  /** Removes its decisions on apps, and its initial access tokens. */
  removeApps(id: string): Promise<void>;
  removeWebhooks(id: string): Promise<void>;
  /** Ids of user imports that have not ended. */
  openImportsOf(id: string): Promise<string[]>;
  /** Removes all user imports and uploads under way: their rows are personal data. */
  removeImports(id: string): Promise<void>;
  /** `<relay job> <tenant>` of unfinished provisioning, which may have left resources behind. */
  unfinished: PendingCleanups;
}

export function openTenantStore(
  redis: Redis,
  tokens: InitialAccessTokens,
  haveOrganizations: TenantStore['haveOrganizations'],
): TenantStore {
  return {
    read: (id) => readTenant(redis, id),
    readStored: (id) => readStoredTenant(redis, id),
    change: (id, from, to, options) => changeTenant(redis, id, from, to, options),
    databaseOwner: (connection) => findDatabaseOwner(redis, connection),
    isSharedWithOthers: async (connection, id) =>
      (await listTenants(redis, Infinity)).some((one) => one.connection === connection && one.id !== id),
    haveOrganizations,
    organizationHolder: async (organization, exceptId) =>
      (await listWithOrganization(redis)).find(
        (one) =>
          one.id !== exceptId &&
          [one.organization, one.change_over?.organization, one.change_over?.organization_id].includes(
            organization,
          ),
      ),
    isRetired: (id) => isRetired(redis, id),
    listKeys: (id) => listApiKeys(redis, id),
    webAppsOf: (id) => findWebApps(redis, id),
    readClient: (clientId) => readClient(redis, clientId),
    saveWebApp: (clientId, to) => changeWebApp(redis, clientId, to),
    async removeApps(id) {
      const issuer = { kind: 'tenant', tenantId: id } as const;
      for (const token of await tokens.list(issuer)) await tokens.remove(issuer, token.id);
      await removeAppsOf(redis, id);
    },
    removeWebhooks: (id) => removeWebhooksOf(redis, id),
    openImportsOf: (id) => listOpenImportsOf(redis, id),
    removeImports: (id) => removeImportsOf(redis, id),
    unfinished: unfinishedTenants(redis),
  };
}
