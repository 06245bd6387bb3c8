/**
 * Stores settings of tenants without a web app of their own at the authority: one user each, in a database without sign-in. Its
 * `app_metadata.trivium_tenant` has the values of a web app's `client_metadata`, from which a lost registry can be rebuilt. The user has no
 * `tenant_id` in its metadata, so no tenant can find or read it.
 */
import { isRecord } from '../../src/json.ts';
import { ManagementFailure } from '../../src/auth0/errors.ts';
import type { Auth0User } from '../../src/auth0/management-users.ts';
import type { Management } from '../../src/auth0/management.ts';
import { tenantFromMetadata, tenantToMetadata } from '../../src/registry/client-metadata.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import { onFailure } from '../failures.ts';
import { connectionSearchText } from './search-text.ts';
import { everyUser, SEARCH_LIMIT, searchUsers } from './search-users.ts';
import { unknowablePassword } from './unknowable-password.ts';

export interface SettingsPlace {
  /** Name of the connection (TENANT_SETTINGS_DATABASE). */
  database: string;
  /**
   * Auth0 creates users only in connections that are enabled for some client: here the workers' own, which has only the client-credentials
   * grant, so that nobody can sign in through it.
   */
  clientId: string;
}

/** Auth0's prefix for users of database connections. Local ids begin with `tenant-`; those of tenants' users have no hyphen. */
const PREFIX = 'auth0|';
const localId = (tenantId: string) => `tenant-${tenantId}`;
export const settingsUserId = (tenantId: string): string => PREFIX + localId(tenantId);
/** Reserved domain that never receives mail (RFC 2606 section 2). */
const DOMAIN = 'tenants.invalid';

export class TenantSettings {
  readonly #management: Management;
  readonly #place: SettingsPlace;

  constructor(management: Management, place: SettingsPlace) {
    this.#management = management;
    this.#place = place;
  }

  /**
   * Creates the settings, or replaces those of an earlier attempt.
   * @returns false when another user has that id or email: nothing was changed. @throws ManagementFailure
   */
  async save(tenant: Tenant): Promise<boolean> {
    try {
      if (await this.#create(tenant)) return true;
    } catch (error) {
      if (!isMissingDatabase(error)) throw error;
      await this.#createDatabase();
      // Another process that missed it, too, may have been faster.
      if (await this.#create(tenant)) return true;
    }
    return this.update(tenant);
  }

  /** @returns false when this tenant has none to update. @throws ManagementFailure */
  async update(tenant: Tenant): Promise<boolean> {
    const user = await this.#find(tenant.id);
    if (!user || isOfAnother(tenant, metadataOf(user))) return false;
    const changes = { app_metadata: { trivium_tenant: tenantToMetadata(tenant) } };
    return this.#management.updateUser(user.user_id, changes).then(
      () => true,
      onFailure('not_found', () => false),
    );
  }

  /** @returns one tenant's settings, as metadata. @throws ManagementFailure */
  async read(tenantId: string): Promise<Record<string, unknown> | undefined> {
    const user = await this.#find(tenantId);
    return user && metadataOf(user);
  }

  /** @param madeBy remove only settings created by this relay job; omitted: any */
  async remove(tenantId: string, madeBy?: string): Promise<void> {
    const user = await this.#find(tenantId);
    if (!user || (madeBy !== undefined && metadataOf(user)?.['made_by'] !== madeBy)) return;
    await this.#management.deleteUser(user.user_id);
  }

  /** Settings of all tenants, by the user search, which may lag by a few seconds. */
  async list(): Promise<Map<string, Record<string, unknown>>> {
    const { database } = this.#place;
    const all = everyUser((from) =>
      searchUsers(this.#management, connectionSearchText(database, from), { atLeast: SEARCH_LIMIT }),
    );
    const found = new Map<string, Record<string, unknown>>();
    for await (const user of all) {
      const metadata = metadataOf(user);
      const id = metadata && tenantFromMetadata(metadata, undefined)?.id;
      if (id !== undefined && user.user_id === settingsUserId(id)) found.set(id, metadata!);
    }
    return found;
  }

  /** Ids are unique over all databases of an account: a user of another one may have this id, and is none of ours. */
  async #find(tenantId: string): Promise<Auth0User | undefined> {
    const none = onFailure('not_found', () => undefined);
    const user = await this.#management.getUser(settingsUserId(tenantId)).catch(none);
    const { database } = this.#place;
    return user?.identities?.some(({ connection }) => connection === database) ? user : undefined;
  }

  /** @returns false when a user has that id or email */
  #create(tenant: Tenant): Promise<boolean> {
    const user = {
      connection: this.#place.database,
      user_id: localId(tenant.id),
      email: `${localId(tenant.id)}@${DOMAIN}`,
      email_verified: true,
      verify_email: false,
      password: unknowablePassword(),
      blocked: true,
      app_metadata: { trivium_tenant: tenantToMetadata(tenant) },
    };
    return this.#management.createUser(user).then(
      () => true,
      onFailure('exists', () => false),
    );
  }

  async #createDatabase(): Promise<void> {
    const { database, clientId } = this.#place;
    const management = this.#management;
    const find = () => management.findConnection(database);
    // Other tenants' creations, each of which finds none, may be faster.
    const create = () => management.createConnection(database, {}, false).catch(onFailure('exists', find));
    const made = (await find()) ?? (await create());
    if (!made) throw new ManagementFailure('unavailable');
    await management.enableClients(made.id, [clientId]);
  }
}

/** Auth0's code for a user whose connection does not exist (public reports). */
const isMissingDatabase = (error: unknown): boolean =>
  error instanceof ManagementFailure && error.refusal?.errorCode === 'inexistent_connection';

/** An earlier tenant with the same id, which the registry has lost. */
const isOfAnother = ({ made_by }: Tenant, metadata: Record<string, unknown> | undefined): boolean =>
  metadata?.['made_by'] !== undefined && metadata['made_by'] !== made_by;

function metadataOf({ app_metadata }: Auth0User): Record<string, unknown> | undefined {
  const metadata: unknown = app_metadata?.['trivium_tenant'];
  return isRecord(metadata) ? metadata : undefined;
}
