/** What performers need of the registry to make and to end tenants. */
import type { Redis } from 'ioredis';
import { forgetAppsOf } from '../../src/registry/app-decisions.ts';
import { listApiKeys } from '../../src/registry/api-keys.ts';
import type { ApiKeyClient, SpaClient } from '../../src/registry/clients.ts';
import type { InitialAccessTokens } from '../../src/registry/initial-access-tokens.ts';
import { unfinishedTenants, type PendingCleanups } from '../../src/registry/pending-cleanups.ts';
import {
  changeTenant,
  findDatabaseOwner,
  isRetired,
  listTenants,
  readStoredTenant,
  readTenant,
  type StoredTenant,
  type Tenant,
} from '../../src/registry/tenants.ts';
import { changeWebApp, findWebApps } from '../../src/registry/client-store.ts';
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
  ) => Promise<'done' | 'changed meanwhile' | 'retired'>;
  /** Whose own database a connection of this name is. */
  databaseOwner(connection: string): Promise<Tenant | undefined>;
  /** Whether other tenants' users live in a connection, too. */
  isSharedWithOthers(connection: string, id: string): Promise<boolean>;
  /** Whether there was one that was deleted. */
  isRetired(id: string): Promise<boolean>;
  listKeys(id: string): Promise<ApiKeyClient[]>;
  webAppsOf(id: string): Promise<SpaClient[]>;
  saveWebApp(clientId: string, to: SpaClient | undefined): Promise<void>;
  /** What it decided on apps, and the initial access tokens that it gave out. */
  forgetApps(id: string): Promise<void>;
  forgetWebhooks(id: string): Promise<void>;
  /** Ids of user imports that have not ended. */
  openImportsOf(id: string): Promise<string[]>;
  /** Ended or not, and uploads that are under way: their rows are people's data. */
  removeImports(id: string): Promise<void>;
  /** `<relay job> <tenant>` of makings that may have left something behind. */
  unfinished: PendingCleanups;
}

export function openTenantStore(redis: Redis, tokens: InitialAccessTokens): TenantStore {
  return {
    read: (id) => readTenant(redis, id),
    readStored: (id) => readStoredTenant(redis, id),
    change: (id, from, to, options) => changeTenant(redis, id, from, to, options),
    databaseOwner: (connection) => findDatabaseOwner(redis, connection),
    isSharedWithOthers: async (connection, id) =>
      (await listTenants(redis, Infinity)).some((one) => one.connection === connection && one.id !== id),
    isRetired: (id) => isRetired(redis, id),
    listKeys: (id) => listApiKeys(redis, id),
    webAppsOf: (id) => findWebApps(redis, id),
    saveWebApp: (clientId, to) => changeWebApp(redis, clientId, to),
    async forgetApps(id) {
      const issuer = { kind: 'tenant', tenantId: id } as const;
      for (const token of await tokens.list(issuer)) await tokens.remove(issuer, token.id);
      await forgetAppsOf(redis, id);
    },
    forgetWebhooks: (id) => removeWebhooksOf(redis, id),
    openImportsOf: (id) => listOpenImportsOf(redis, id),
    removeImports: (id) => removeImportsOf(redis, id),
    unfinished: unfinishedTenants(redis),
  };
}
