/**
 * Settings of tenants without a web app of their own, at the authority: one user for each, in a database where nobody signs in. Its
 * `app_metadata.trivium_tenant` says what a web app's `client_metadata` would say, so that a lost registry can be rebuilt. The user has
 * no `tenant_id` of its own: no tenant finds or reads it.
 */
import { ManagementFailure } from '../../src/auth0/errors.ts';
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Management } from '../../src/auth0/management.ts';
import { isRecord } from '../../src/contract/json-structure.ts';
import { tenantFromMetadata, tenantToMetadata } from '../../src/registry/client-metadata.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { isFailure, onFailure } from '../failures.ts';
import { connectionSearchText } from './search-text.ts';
import { everyUser, SEARCH_LIMIT, searchUsers } from './search-users.ts';
import { unknowablePassword } from './unknowable-password.ts';

export interface SettingsPlace {
  /** Name of the connection (TENANT_SETTINGS_DATABASE). */
  database: string;
  /**
   * Auth0 creates users only in connections that are enabled for some client. The workers' own serves: it has the client-credentials
   * grant alone, so that nobody can sign in to it.
   */
  clientId: string;
}

/** Auth0's prefix for users of database connections, and ours. Users of tenants have ids without a hyphen. */
const PREFIX = 'auth0|';
const localId = (tenantId: string) => `tenant-${tenantId}`;
export const settingsUserId = (tenantId: string): string => PREFIX + localId(tenantId);
/** RFC 2606 section 2: no mail ever arrives there. */
const DOMAIN = 'tenants.invalid';

export class TenantSettings {
  readonly #management: Management;
  readonly #place: SettingsPlace;

  constructor(management: Management, place: SettingsPlace) {
    this.#management = management;
    this.#place = place;
  }

  /** Creates them, or replaces those that an earlier try created. @throws ManagementFailure */
  async save(tenant: Tenant): Promise<void> {
    try {
      await this.#create(tenant);
    } catch (error) {
      if (isFailure(error, 'exists')) await this.update(tenant);
      else if (!isMissingDatabase(error)) throw error;
      else {
        await this.#createDatabase();
        await this.#create(tenant);
      }
    }
  }

  /** @returns false when there are none to be updated. @throws ManagementFailure */
  async update(tenant: Tenant): Promise<boolean> {
    const changes = { app_metadata: { trivium_tenant: tenantToMetadata(tenant) } };
    return this.#management.updateUser(settingsUserId(tenant.id), changes).then(
      () => true,
      onFailure('not_found', () => false),
    );
  }

  /** @returns what the authority keeps of one tenant's settings. @throws ManagementFailure */
  async read(tenantId: string): Promise<Record<string, unknown> | undefined> {
    const none = onFailure('not_found', () => undefined);
    const user = await this.#management.getUser(settingsUserId(tenantId)).catch(none);
    return user && metadataOf(user);
  }

  /** @param madeBy only settings that this relay job created; left out, any */
  async remove(tenantId: string, madeBy?: string): Promise<void> {
    if (madeBy !== undefined && (await this.read(tenantId))?.['made_by'] !== madeBy) return;
    await this.#management.deleteUser(settingsUserId(tenantId));
  }

  /** Every tenant's, by the search, which may lag a few seconds behind. */
  async list(): Promise<Map<string, Record<string, unknown>>> {
    const { database } = this.#place;
    const all = everyUser((from) =>
      searchUsers(this.#management, connectionSearchText(database, from), SEARCH_LIMIT),
    );
    const found = new Map<string, Record<string, unknown>>();
    for await (const user of all) {
      const metadata = metadataOf(user);
      const id = metadata && tenantFromMetadata(metadata, undefined)?.id;
      if (id !== undefined && user.user_id === settingsUserId(id)) found.set(id, metadata!);
    }
    return found;
  }

  async #create(tenant: Tenant): Promise<void> {
    await this.#management.createUser({
      connection: this.#place.database,
      user_id: localId(tenant.id),
      email: `${localId(tenant.id)}@${DOMAIN}`,
      email_verified: true,
      verify_email: false,
      password: unknowablePassword(),
      blocked: true,
      app_metadata: { trivium_tenant: tenantToMetadata(tenant) },
    });
  }

  async #createDatabase(): Promise<void> {
    const { database, clientId } = this.#place;
    const known = await this.#management.findConnection(database);
    const { id } = known ?? (await this.#management.createConnection(database, {}, false));
    await this.#management.enableClients(id, [clientId]);
  }
}

/** Auth0's code for a user whose connection does not exist (public reports). */
const isMissingDatabase = (error: unknown): boolean =>
  error instanceof ManagementFailure && error.refusal?.errorCode === 'inexistent_connection';

function metadataOf({ app_metadata }: Auth0User): Record<string, unknown> | undefined {
  const metadata: unknown = app_metadata?.['trivium_tenant'];
  return isRecord(metadata) ? metadata : undefined;
}
