/** The steps of a tenant's deletion. Each is idempotent. */
import { setTimeout as delay } from 'node:timers/promises';
import { ManagementFailure } from '../../src/auth0/errors.ts';
import { CLOCK_TOLERANCE_MS, redisNow } from '../../src/redis/clock.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { deleteTenantSteps } from '../../src/relay/jobs/deleteTenant.ts';
import { removeOrganizationOfChangeOver } from './change-over/organization.ts';
import { deleteClientAndGrants } from './remove-client.ts';
import type { Step } from './in-steps.ts';
import type { ManagementContext } from './performer.ts';
import { connectionSearchText } from './search-text.ts';
import { everyUser, SEARCH_LIMIT, searchUsers } from './search-users.ts';
import { removeOrganization } from './tenant-organization.ts';
import {
  belonging,
  guestsOf,
  peopleOf,
  releaseGuest,
  removeConsentsOf,
  removePerson,
} from './tenant-people.ts';

type StepName = (typeof deleteTenantSteps)[number];

/** Timeout for running user imports to stop; most do within a second. */
const IMPORTS_MS = 20_000;
const POLL_MS = 200;

/** @param endEvent event of the completed deletion, as JSON text; omitted: its job records it */
export function stepsOfDeletion(
  context: ManagementContext,
  id: string,
  users: 'delete' | 'keep',
  endEvent?: string,
): Step<object>[] {
  const steps: Record<StepName, () => Promise<void>> = {
    keys_and_app: () => deleteClients(context, id),
    imports: () => removeImports(context, id),
    consents: () => removeConsents(context, id, users),
    users: () => (users === 'delete' ? deleteUsers(context, id) : releaseGuests(context, id)),
    organization: () => leaveOrganization(context, id),
    forget: () => removeTenant(context, id, endEvent),
  };
  return Object.entries(steps).map(([name, step]) => ({ name, perform: () => step().then(() => ({})) }));
}

async function deleteClients(context: ManagementContext, id: string): Promise<void> {
  const { management, tenants } = context;
  for (const { client_id } of await tenants.listKeys(id)) {
    await context.removeKey(client_id);
    await deleteClientAndGrants(management, client_id);
    await context.clientsToDelete.remove(client_id);
  }
  // The authority first: after a crash in between, the registry still has the client.
  for (const { client_id } of await tenants.webAppsOf(id)) {
    await management.deleteClient(client_id);
    await tenants.saveWebApp(client_id, undefined);
  }
}

/**
 * Waits for import workers, which abort a deleted tenant's imports (workers/imports/import-worker.ts), then removes all uploaded data. After
 * this, no more users are created.
 */
async function removeImports({ tenants }: ManagementContext, id: string): Promise<void> {
  const until = Date.now() + IMPORTS_MS;
  while ((await tenants.openImportsOf(id)).length > 0) {
    if (Date.now() > until) throw new ManagementFailure('unavailable');
    await delay(POLL_MS);
  }
  await tenants.removeImports(id);
}

/** Removes the tenant's decisions on apps, and its users' consents; those of deleted users are deleted with them. */
async function removeConsents(
  context: ManagementContext,
  id: string,
  users: 'delete' | 'keep',
): Promise<void> {
  await context.tenants.removeApps(id);
  const tenant = await context.tenants.read(id);
  if (users === 'delete' || !tenant) return;
  for await (const user of context.usersOf(context.bulk, id).all())
    await removeConsentsOf(context, tenant, user);
}

/** Whether its connection is deleted as a whole; where others live there, too, its users go one by one. */
export async function isDeletedWithConnection(
  { tenants }: Pick<ManagementContext, 'tenants'>,
  { id, connection, owns_connection }: Tenant,
): Promise<boolean> {
  return owns_connection === true && !(await tenants.isSharedWithOthers(connection, id));
}

async function deleteUsers(context: ManagementContext, id: string): Promise<void> {
  const { management, tenants } = context;
  const tenant = await tenants.read(id);
  if (!tenant) return;
  const isWhole = await isDeletedWithConnection(context, tenant);
  // Without organizations nobody belongs to several tenants, so nobody needs to be looked up.
  const mayBeShared = await tenants.haveOrganizations();
  const goWithConnection = isWhole && !(mayBeShared && (await hasOthersPeople(context, tenant)));
  if (goWithConnection) {
    const connection = await management.findConnection(tenant.connection);
    if (connection?.metadata?.['tenant_id'] === id) await management.deleteConnection(connection.id);
  }
  for await (const user of goWithConnection ? guestsOf(context, tenant) : peopleOf(context, tenant))
    await removePerson(context, tenant, user);
}

/**
 * Whether the connection, which has the passwords, must stay: somebody in it does not belong to the tenant alone. Whoever was removed from the
 * tenant before has nothing of it in the record any more. Looking at all of them can take hours: whoever has signed in elsewhere meanwhile is
 * found by a second look at those whose records have changed.
 */
export async function hasOthersPeople(context: ManagementContext, tenant: Tenant): Promise<boolean> {
  const began = new Date(redisNow() - CLOCK_TOLERANCE_MS).toISOString();
  return (await finds(undefined)) || finds(began);

  async function finds(changedSince: string | undefined): Promise<boolean> {
    const search = (from: string | undefined) =>
      searchUsers(context.bulk, connectionSearchText(tenant.connection, from, changedSince), {
        atLeast: SEARCH_LIMIT,
      });
    for await (const user of everyUser(search))
      if ((await belonging(context, tenant, user)) !== 'alone') return true;
    return false;
  }
}

async function releaseGuests(context: ManagementContext, id: string): Promise<void> {
  const tenant = await context.tenants.read(id);
  if (!tenant) return;
  for await (const guest of guestsOf(context, tenant)) await releaseGuest(context, tenant, guest);
}

async function leaveOrganization({ management, tenants }: ManagementContext, id: string): Promise<void> {
  const tenant = await tenants.read(id);
  if (tenant) await removeOrganization(management, tenant);
}

async function removeTenant(context: ManagementContext, id: string, event?: string): Promise<void> {
  const { management, tenants } = context;
  await removeOrganizationOfChangeOver(context, id);
  const { shared_web_app, change_over } = (await tenants.read(id)) ?? {};
  // A change-over whose finishing was interrupted may have moved them already.
  if (shared_web_app || change_over?.web_app) await context.settingsBy(management).remove(id);
  await tenants.removeWebhooks(id);
  for (let stored = await tenants.readStored(id); stored; stored = await tenants.readStored(id))
    if ((await tenants.change(id, stored.text, undefined, { event })) === 'done') return;
}
