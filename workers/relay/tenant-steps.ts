/** The steps of a tenant's provisioning, and how each is rolled back. Every created resource has the job's id, by which a retry finds it. */
import { Problem } from '../../src/problem.ts';
import { entryOf } from '../../src/registry/api-keys.ts';
import type { ApiKeyClient, SpaClient } from '../../src/registry/clients.ts';
import { ownConnectionName, type StoredTenant, type Tenant } from '../../src/registry/tenants.ts';
import type { CreateTenantInput, createTenantSteps } from '../../src/relay/jobs/createTenant.ts';
import { findWebApps } from './find-marked-clients.ts';
import type { Step } from './in-steps.ts';
import { existingScopes } from './scopes-exist.ts';
import { makeApiKey, removeEarlier } from './make-api-key.ts';
import type { ManagementContext } from './performer.ts';
import {
  makeOrganization,
  notThereYet,
  undoOrganization,
  type TenantOrganization,
} from './tenant-organization.ts';
import { makeConnection, makeWebApp, removeConnectionMadeBy, type TenantConnection } from './tenant-parts.ts';
import type { TenantSettings } from './tenant-settings.ts';
import type { TenantUsers } from './tenant-users.ts';
import { redisNow, redisTimestamp } from '../../src/redis/clock.ts';

/** Results that steps pass to later steps. */
export interface TenantParts {
  /** Of the API key. */
  scopes?: string[];
  connection?: TenantConnection;
  organization?: TenantOrganization;
  webApp?: SpaClient;
  adminId?: string;
  key?: ApiKeyClient;
  client_secret?: string;
  ticket?: { passwordUrl: string; expiresAt: string };
  tenant?: Tenant;
}

interface Provisioning {
  jobId: string;
  /** Tenant id. */
  id: string;
}

type StepName = (typeof createTenantSteps)[number];

/** Auth0's default lifetime of a password change ticket: five days. */
const TICKET_SECONDS = 432_000;
const ROLE = 'admin';

/** @param input undefined: only for a rollback */
export function stepsOfTenant(
  context: ManagementContext,
  provisioning: Provisioning,
  input: CreateTenantInput | undefined,
): Step<TenantParts>[] {
  const tenant = new TenantProvisioning(context, provisioning, input);
  const steps: Record<StepName, Omit<Step<TenantParts>, 'name'>> = {
    reserve_id: { perform: () => tenant.reserveId(), undo: () => tenant.releaseId() },
    connection: { perform: () => tenant.makeConnection(), undo: () => tenant.removeConnection() },
    organization: {
      perform: (parts) => tenant.makeOrganization(parts),
      undo: () => tenant.undoOrganization(),
    },
    web_app: {
      perform: (parts, again) => tenant.makeWebApp(parts, again),
      undo: () => tenant.removeWebApps(),
    },
    sign_in: { perform: (parts) => tenant.enableSignIn(parts) },
    admin: { perform: (parts) => tenant.createAdmin(parts), undo: () => tenant.deleteAdmin() },
    api_key: {
      perform: (parts, again) => tenant.makeApiKey(parts, again),
      undo: () => removeEarlier(context, provisioning.jobId),
    },
    // A second ticket does no harm: no mail is sent, and only the last one is returned.
    password_ticket: { perform: (parts) => tenant.createPasswordTicket(parts) },
    // Last, so that a rebuild of the registry does not restore a partly created tenant.
    settings: { perform: (parts) => tenant.saveSettings(parts), undo: () => tenant.removeSettings() },
    open: { perform: (parts) => tenant.open(parts) },
  };
  return Object.entries(steps).map(([name, step]) => ({ name, ...step }));
}

class TenantProvisioning {
  readonly #context: ManagementContext;
  readonly #provisioning: Provisioning;
  readonly #asked: CreateTenantInput | undefined;
  readonly #users: TenantUsers;
  readonly #settings: TenantSettings;

  constructor(context: ManagementContext, provisioning: Provisioning, input: CreateTenantInput | undefined) {
    this.#context = context;
    this.#provisioning = provisioning;
    this.#asked = input;
    this.#users = context.usersOf(context.management, provisioning.id);
    this.#settings = context.settingsBy(context.management);
  }

  get #input(): CreateTenantInput {
    if (!this.#asked) throw new Error('a rollback has no input');
    return this.#asked;
  }

  async #readOwn(): Promise<StoredTenant | undefined> {
    const { id, jobId } = this.#provisioning;
    const stored = await this.#context.tenants.readStored(id);
    return stored?.tenant.made_by === jobId ? stored : undefined;
  }

  /** The scopes first: a refusal then leaves nothing to undo. */
  async reserveId(): Promise<TenantParts> {
    const scopes = await this.#chooseScopes();
    if (await this.#readOwn()) return { scopes };
    const { id, jobId } = this.#provisioning;
    const reserved = await this.#context.tenants.change(id, '', reservation(this.#input, jobId));
    if (reserved !== 'done' && !(await this.#readOwn())) throw new Problem('tenant_exists');
    return { scopes };
  }

  /** @throws Problem `scope_not_available` */
  async #chooseScopes(): Promise<string[]> {
    const { management, audience } = this.#context;
    return existingScopes(await management.readApiScopes(audience), this.#input.apiKey);
  }

  async releaseId(): Promise<void> {
    const { id } = this.#provisioning;
    const { tenants } = this.#context;
    for (let own = await this.#readOwn(); own; own = await this.#readOwn())
      if ((await tenants.change(id, own.text, undefined, { keepId: true })) === 'done') return;
  }

  async makeConnection(): Promise<TenantParts> {
    return { connection: await makeConnection(this.#context, this.#provisioning, this.#input) };
  }

  removeConnection(): Promise<void> {
    return removeConnectionMadeBy(this.#context.management, this.#provisioning);
  }

  async makeOrganization(parts: TenantParts): Promise<TenantParts> {
    const { organization, name } = this.#input;
    if (organization === undefined) return {};
    const connectionId = made(parts, 'connection').id;
    if (connectionId === undefined) throw new Error('the connection was not looked up');
    const { id, jobId: madeBy } = this.#provisioning;
    const wanted = { organization, tenant: { id, name }, madeBy };
    const one = await makeOrganization(this.#context, wanted, connectionId);
    await this.#note(one);
    return { organization: one };
  }

  /** In its entry, so that its users become members (`TenantUsers`). */
  async #note({ id: organization }: TenantOrganization): Promise<void> {
    for (let own = await this.#readOwn(); own && !own.tenant.organization; own = await this.#readOwn())
      await this.#context.tenants.change(this.#provisioning.id, own.text, { ...own.tenant, organization });
  }

  async undoOrganization(): Promise<void> {
    const reserved = (await this.#readOwn())?.tenant;
    if (reserved && !reserved.organization && !reserved.owns_organization) return;
    // Released already: only one that was created late is left to be found.
    const organization = reserved?.owns_organization ? 'new' : (reserved?.organization ?? 'new');
    const { id, jobId: madeBy } = this.#provisioning;
    await undoOrganization(this.#context.management, { organization, tenant: { id }, madeBy });
  }

  async makeWebApp(parts: TenantParts, again: boolean): Promise<TenantParts> {
    const { name, webApp } = this.#input;
    if (!webApp) return {};
    const tenant = opened(await this.#tenant(), parts);
    const { management } = this.#context;
    return { webApp: await makeWebApp(management, this.#provisioning, { name, webApp }, tenant, again) };
  }

  async removeWebApps(): Promise<void> {
    const { management, tenants } = this.#context;
    for (const { client_id } of await findWebApps(management, this.#provisioning.jobId)) {
      await tenants.saveWebApp(client_id, undefined);
      await management.deleteClient(client_id);
    }
  }

  async enableSignIn(parts: TenantParts): Promise<TenantParts> {
    const { id, isOwn } = made(parts, 'connection');
    const { consoleClient, sharedClients = [] } = this.#input;
    // The deployment's clients are enabled for the shared database already.
    const deployments = isOwn && consoleClient !== undefined ? [consoleClient] : [];
    if (isOwn && !parts.webApp) deployments.push(...sharedClients);
    const clients = parts.webApp ? [parts.webApp.client_id, ...deployments] : deployments;
    if (id !== undefined && clients.length > 0) await this.#context.management.enableClients(id, clients);
    return {};
  }

  async createAdmin(parts: TenantParts): Promise<TenantParts> {
    const { email, name } = this.#input.admin;
    // Not `create`: who is refused as a member is not tried again and again, but the tenant is not made.
    const { user_id } = await this.#users.createAlone({
      connection: made(parts, 'connection').name,
      id: adminIdOf(this.#provisioning.jobId),
      user: { email, roles: [ROLE], name },
      forOperator: true,
    });
    await this.#users.addMembers([user_id]).catch(notThereYet);
    return { adminId: user_id };
  }

  deleteAdmin(): Promise<void> {
    return this.#users.deleteCreated(adminIdOf(this.#provisioning.jobId));
  }

  makeApiKey(parts: TenantParts, again: boolean): Promise<TenantParts> {
    const { id, jobId } = this.#provisioning;
    const { apiKey } = this.#input;
    // A job that an earlier version began has chosen none.
    const wanted = { ...apiKey, tenantId: id, keyId: jobId, scopes: parts.scopes ?? apiKey.scopes };
    return makeApiKey(this.#context, wanted, { mayHaveRun: again }, async (key) => {
      await this.#context.changeKeys(id, [entryOf(key)]);
      return key;
    });
  }

  async createPasswordTicket(parts: TenantParts): Promise<TenantParts> {
    const expiresAt = new Date(redisNow() + TICKET_SECONDS * 1000).toISOString();
    const { management } = this.#context;
    const passwordUrl = await management.createPasswordTicket(made(parts, 'adminId'), TICKET_SECONDS);
    return { ticket: { passwordUrl, expiresAt } };
  }

  /** A tenant's own web app has its settings in the client's metadata. */
  async saveSettings(parts: TenantParts): Promise<TenantParts> {
    if (parts.webApp) return {};
    const tenant = opened(await this.#tenant(), parts);
    if (!(await this.#settings.save(tenant)))
      throw new Problem('tenant_exists', {
        internal: 'the user that would keep its settings is somebody else',
      });
    return {};
  }

  async removeSettings(): Promise<void> {
    const { id, jobId } = this.#provisioning;
    if (!this.#asked?.webApp) await this.#settings.remove(id, jobId);
  }

  /** The reserved entry of the tenant. */
  async #tenant(): Promise<Tenant> {
    const own = await this.#readOwn();
    if (!own) throw new Problem('tenant_exists');
    return own.tenant;
  }

  async open(parts: TenantParts): Promise<TenantParts> {
    const { tenants } = this.#context;
    const { id } = this.#provisioning;
    const { webApp } = parts;
    if (webApp) await tenants.saveWebApp(webApp.client_id, webApp);
    for (;;) {
      const own = await this.#readOwn();
      if (!own) throw new Problem('tenant_exists');
      const tenant = { ...opened(own.tenant, parts), web_app: webApp?.client_id };
      // An earlier attempt has activated it; it may have been suspended since.
      if (own.tenant.status !== 'creating') return { tenant: own.tenant };
      if ((await tenants.change(id, own.text, tenant)) === 'done') return { tenant };
    }
  }
}

/** A result of an earlier step. */
function made<K extends keyof TenantParts>(parts: TenantParts, name: K): NonNullable<TenantParts[K]> {
  const part = parts[name];
  if (part === undefined) throw new Error(`the step before has not returned ${name}`);
  return part;
}

/** Entry that reserves the id; the status `creating` refuses all callers. */
function reservation(input: CreateTenantInput, jobId: string): Tenant {
  const { id, name, connection, webApp, organization, maxLimits, allowedRoles, defaultAppAccess } = input;
  return {
    id,
    name,
    status: 'creating',
    connection: connection ?? ownConnectionName(id),
    database: connection === undefined ? 'own' : 'shared',
    shared_web_app: webApp ? undefined : true,
    // For a rollback, and so that no two tenants take over the same one.
    organization: organization === 'new' ? undefined : organization,
    owns_organization: organization === 'new' ? true : undefined,
    max_limits: maxLimits,
    allowed_roles: allowedRoles,
    assignable_roles: allowedRoles,
    default_app_access: defaultAppAccess,
    created_at: redisTimestamp(),
    made_by: jobId,
  };
}

/** The tenant's entry after the last step. */
function opened(tenant: Tenant, parts: TenantParts): Tenant {
  const { name, isOwn } = made(parts, 'connection');
  const { organization } = parts;
  return {
    ...tenant,
    status: 'active',
    connection: name,
    owns_connection: isOwn || undefined,
    organization: organization?.id,
    owns_organization: organization?.isOwn || undefined,
  };
}

/** Local user id of the admin, without the connection's prefix: the same at every attempt. */
const adminIdOf = (jobId: string): string => jobId.replaceAll('-', '');
