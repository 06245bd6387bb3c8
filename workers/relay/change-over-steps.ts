/** The steps of a tenant's change-over. Each is idempotent, and reads from the tenant's entry how far an earlier one came. */
import { Problem } from '../../src/problem.ts';
import { redisTimestamp } from '../../src/redis/clock.ts';
import { hasSameAims, type ChangeOver } from '../../src/registry/change-over.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { finishTenantChangeOverSteps } from '../../src/relay/jobs/finishTenantChangeOver.ts';
import type {
  StartTenantChangeOverInput,
  startTenantChangeOverSteps,
} from '../../src/relay/jobs/startTenantChangeOver.ts';
import type { Step } from './in-steps.ts';
import { addAllMembers } from './organization-members.ts';
import { ALLOW_ORGANIZATIONS } from './app-client.ts';
import type { ManagementContext } from './performer.ts';
import { makeOrganization, undoOrganization } from './tenant-organization.ts';

interface ChangeOverParts {
  connectionId?: string;
}

/** Users found by a search are those of a while ago. */
const SEARCH_LAG_MS = 600_000;

export function stepsOfChangeOver(
  context: ManagementContext,
  jobId: string,
  input: StartTenantChangeOverInput,
): Step<ChangeOverParts>[] {
  const { id } = input;
  const steps: Record<(typeof startTenantChangeOverSteps)[number], Omit<Step<ChangeOverParts>, 'name'>> = {
    begin: { perform: () => begin(context, jobId, input), undo: () => abandon(context, input) },
    sign_in: { perform: (parts) => enableSignIn(context, input, parts) },
    organization: {
      perform: (parts) => findOrganization(context, id, parts),
      undo: () => removeOrganizationOfChangeOver(context, id),
    },
    members: { perform: () => addMembers(context, id, undefined) },
    open: { perform: () => open(context, id) },
  };
  return Object.entries(steps).map(([name, step]) => ({ name, ...step }));
}

/** @param endEvent event of the completed change-over, as JSON text; omitted: its job records it */
export function stepsOfFinishing(context: ManagementContext, id: string, endEvent?: string): Step<object>[] {
  const steps: Record<(typeof finishTenantChangeOverSteps)[number], () => Promise<unknown>> = {
    members: () => addMembers(context, id, SEARCH_LAG_MS),
    settings: () => moveSettings(context, id),
    web_app: () => removeWebApps(context, id),
    close: () => close(context, id, endEvent),
  };
  return Object.entries(steps).map(([name, step]) => ({ name, perform: () => step().then(() => ({})) }));
}

/** A tenant in its change-over, and the change of it alone by compare-and-set. */
interface Changing {
  tenant: Tenant;
  changeOver: ChangeOver;
}

async function readChanging({ tenants }: ManagementContext, id: string): Promise<Changing | undefined> {
  const tenant = await tenants.read(id);
  return tenant?.change_over && { tenant, changeOver: tenant.change_over };
}

/** @throws Problem `tenant_busy` while a job deletes it */
async function revise(
  { tenants }: ManagementContext,
  id: string,
  to: (tenant: Tenant) => Tenant,
  event?: string,
): Promise<Tenant> {
  for (;;) {
    const stored = await tenants.readStored(id);
    if (!stored) throw new Problem('not_found');
    if (stored.tenant.status === 'creating' || stored.tenant.status === 'deleting')
      throw new Problem('tenant_busy');
    const revised = to(stored.tenant);
    if (revised === stored.tenant) return revised;
    if ((await tenants.change(id, stored.text, revised, { event })) === 'done') return revised;
  }
}

/** Changes the change-over only; nothing where there is none any more. */
const note = (context: ManagementContext, id: string, changes: Partial<ChangeOver>): Promise<Tenant> =>
  revise(context, id, (tenant) =>
    tenant.change_over ? { ...tenant, change_over: { ...tenant.change_over, ...changes } } : tenant,
  );

/** The same change-over may have been started by an earlier job, which failed: this one continues it. */
async function begin(
  context: ManagementContext,
  jobId: string,
  { id, web_app, organization, endsAt }: StartTenantChangeOverInput,
): Promise<ChangeOverParts> {
  const { management, tenants } = context;
  const tenant = await tenants.read(id);
  const connection = tenant && (await management.findConnection(tenant.connection));
  if (!connection) throw new Problem('unknown_connection');
  const aims = { web_app, organization };
  await revise(context, id, (now) => {
    const { change_over: known = { ...aims, made_by: jobId, since: redisTimestamp() } } = now;
    if (!hasSameAims(known, aims)) throw new Problem('change_over_under_way');
    return { ...now, change_over: { ...known, ends_at: endsAt } };
  });
  return { connectionId: connection.id };
}

/** Unless it is open already: then it was another job's, and is in use. */
async function abandon(context: ManagementContext, input: StartTenantChangeOverInput): Promise<void> {
  const { tenants } = context;
  for (;;) {
    const stored = await tenants.readStored(input.id);
    const { change_over, ...rest } = stored?.tenant ?? {};
    if (!stored || !change_over || change_over.open || !hasSameAims(change_over, input)) return;
    if ((await tenants.change(input.id, stored.text, rest as Tenant)) === 'done') return;
  }
}

/**
 * The deployment's web app may not be enabled for the tenant's database yet, and a web app of the tenant's own not for organizations. Done
 * twice, nothing changes.
 */
async function enableSignIn(
  { management, tenants }: ManagementContext,
  { id, web_app, organization, sharedClients }: StartTenantChangeOverInput,
  { connectionId }: ChangeOverParts,
): Promise<ChangeOverParts> {
  if (web_app === 'shared') await management.enableClients(connectionId!, sharedClients);
  if (organization !== undefined)
    for (const { client_id } of await tenants.webAppsOf(id))
      await management.updateWebApp(client_id, ALLOW_ORGANIZATIONS);
  return {};
}

async function findOrganization(
  context: ManagementContext,
  id: string,
  { connectionId }: ChangeOverParts,
): Promise<ChangeOverParts> {
  const { tenant, changeOver } = (await readChanging(context, id)) ?? {};
  if (!tenant || !changeOver) throw new Problem('change_over_not_open');
  const { organization, organization_id, made_by: madeBy } = changeOver;
  if (organization === undefined || organization_id !== undefined) return {};
  const made = await makeOrganization(context, { organization, tenant, madeBy }, connectionId!);
  await note(context, id, { organization_id: made.id });
  return {};
}

/** Unless the change-over is open: then the organization is the tenant's. */
export async function removeOrganizationOfChangeOver(context: ManagementContext, id: string): Promise<void> {
  const { tenant, changeOver } = (await readChanging(context, id)) ?? {};
  if (!tenant || changeOver?.organization === undefined || changeOver.open) return;
  const { organization, made_by: madeBy } = changeOver;
  await undoOrganization(context.management, { organization, tenant, madeBy });
}

/** @param backMs how long before the last one to begin; undefined: there is no last one, or it was a moment ago */
async function addMembers(
  context: ManagementContext,
  id: string,
  backMs: number | undefined,
): Promise<ChangeOverParts> {
  const { changeOver } = (await readChanging(context, id)) ?? {};
  const { organization_id: organization, members_up_to } = changeOver ?? {};
  if (organization === undefined) return {};
  const from =
    members_up_to && backMs !== undefined
      ? new Date(Math.max(0, Date.parse(members_up_to) - backMs)).toISOString()
      : members_up_to;
  await addAllMembers(context, { tenantId: id, organization, from }, async (upTo) => {
    await note(context, id, { members_up_to: upTo });
  });
  return {};
}

async function open(context: ManagementContext, id: string): Promise<ChangeOverParts> {
  await revise(context, id, (tenant) => {
    const { change_over } = tenant;
    if (!change_over || change_over.open) return tenant;
    const { organization, organization_id } = change_over;
    return {
      ...tenant,
      ...(organization_id !== undefined && { organization: organization_id }),
      ...(organization === 'new' && { owns_organization: true as const }),
      change_over: { ...change_over, open: true as const },
    };
  });
  return {};
}

/** Of a tenant with a web app of its own, the client has them: without it, they are a user's. */
async function moveSettings(context: ManagementContext, id: string): Promise<void> {
  const { tenant, changeOver } = (await readChanging(context, id)) ?? {};
  if (!tenant || changeOver?.web_app !== 'shared') return;
  if (!(await context.settingsBy(context.management).save(finished(tenant))))
    throw new Problem('tenant_exists', {
      internal: 'the user that would keep its settings is somebody else',
    });
}

async function removeWebApps(context: ManagementContext, id: string): Promise<void> {
  const { management, tenants } = context;
  const { changeOver } = (await readChanging(context, id)) ?? {};
  if (changeOver?.web_app !== 'shared') return;
  // The authority first: after a crash in between, the registry still has the client.
  for (const { client_id } of await tenants.webAppsOf(id)) {
    await management.deleteClient(client_id);
    await tenants.saveWebApp(client_id, undefined);
  }
}

async function close(context: ManagementContext, id: string, event: string | undefined): Promise<void> {
  await revise(context, id, (tenant) => (tenant.change_over ? finished(tenant) : tenant), event);
}

/** The tenant's entry after the last step. */
function finished({ change_over, ...tenant }: Tenant): Tenant {
  if (change_over?.web_app !== 'shared') return tenant;
  const { web_app: _former, ...rest } = tenant;
  return { ...rest, shared_web_app: true };
}
