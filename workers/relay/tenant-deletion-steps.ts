/** The steps that take a tenant away. Each may be done again: what is gone is as it should be. */
import { setTimeout as delay } from 'node:timers/promises';
import { ManagementFailure } from '../../src/auth0/errors.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { deleteTenantSteps } from '../../src/relay/jobs/deleteTenant.ts';
import { deleteClientAndGrants } from './remove-client.ts';
import type { Step } from './in-steps.ts';
import type { ManagementContext } from './performer.ts';

type StepName = (typeof deleteTenantSteps)[number];

/** So long running user imports have to stop; most do within a second. */
const IMPORTS_MS = 20_000;
const LOOK_MS = 200;

/** @param tellEnd the event, as text, that tells of the end; left out, a job does */
export function stepsOfDeletion(
  context: ManagementContext,
  id: string,
  users: 'delete' | 'keep',
  tellEnd?: string,
): Step<object>[] {
  const steps: Record<StepName, () => Promise<void>> = {
    keys_and_app: () => deleteClients(context, id),
    imports: () => removeImports(context, id),
    consents: () => removeConsents(context, id, users),
    users: () => (users === 'delete' ? deleteUsers(context, id) : Promise.resolve()),
    forget: () => forgetTenant(context, id, tellEnd),
  };
  return Object.entries(steps).map(([name, step]) => ({ name, perform: () => step().then(() => ({})) }));
}

async function deleteClients(context: ManagementContext, id: string): Promise<void> {
  const { management, tenants } = context;
  for (const { client_id } of await tenants.listKeys(id)) {
    await context.removeKey(client_id);
    await deleteClientAndGrants(management, client_id);
    await context.leaving.remove(client_id);
  }
  // The authority first: a crash in between finds it here again.
  for (const { client_id } of await tenants.webAppsOf(id)) {
    await management.deleteClient(client_id);
    await tenants.saveWebApp(client_id, undefined);
  }
}

/**
 * Import workers stop by themselves (workers/imports/import-worker.ts); after this no more users come, and nothing is left of what was
 * uploaded, whatever becomes of the users.
 */
async function removeImports({ tenants }: ManagementContext, id: string): Promise<void> {
  const until = Date.now() + IMPORTS_MS;
  while ((await tenants.openImportsOf(id)).length > 0) {
    if (Date.now() > until) throw new ManagementFailure('unavailable');
    await delay(LOOK_MS);
  }
  await tenants.removeImports(id);
}

/** What it allowed apps, and what its users did; users that go take theirs with them. */
async function removeConsents(
  context: ManagementContext,
  id: string,
  users: 'delete' | 'keep',
): Promise<void> {
  const { bulk } = context;
  await context.tenants.forgetApps(id);
  if (users === 'delete') return;
  for await (const { user_id } of context.usersOf(bulk, id).all())
    for (const grant of await context.consentsOf(bulk, user_id).list()) await bulk.deleteGrant(grant.id);
}

/** Whether its connection is deleted as a whole; where others live there, too, its users go one by one. */
export async function goesWithConnection(
  { tenants }: Pick<ManagementContext, 'tenants'>,
  { id, connection, owns_connection }: Tenant,
): Promise<boolean> {
  return owns_connection === true && !(await tenants.isSharedWithOthers(connection, id));
}

async function deleteUsers(context: ManagementContext, id: string): Promise<void> {
  const { management, bulk } = context;
  const tenant = await context.tenants.read(id);
  if (tenant && (await goesWithConnection(context, tenant))) {
    const connection = await management.findConnection(tenant.connection);
    if (connection?.metadata?.['tenant_id'] === id) await management.deleteConnection(connection.id);
    return;
  }
  for await (const { user_id } of context.usersOf(bulk, id).all()) await bulk.deleteUser(user_id);
}

async function forgetTenant(context: ManagementContext, id: string, event?: string): Promise<void> {
  const { management, tenants } = context;
  if ((await tenants.read(id))?.shared_web_app) await context.settingsBy(management).remove(id);
  await tenants.forgetWebhooks(id);
  for (let stored = await tenants.readStored(id); stored; stored = await tenants.readStored(id))
    if ((await tenants.change(id, stored.text, undefined, { event })) === 'done') return;
}
