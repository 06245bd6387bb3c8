/** The steps of a tenant's change-over. Each is idempotent, and reads from the tenant's entry how far an earlier one came. */
import { Problem } from '../../src/problem.ts';
import { redisNow, redisTimestamp } from '../../src/redis/clock.ts';
import { hasSameAims, type ChangeOver, type ChangeOverAims } from '../../src/registry/change-over.ts';
import type { StoredTenant, Tenant } from '../../src/registry/tenants.ts';
import type {
  FinishTenantChangeOverInput,
  finishTenantChangeOverSteps,
} from '../../src/relay/jobs/finishTenantChangeOver.ts';
import type {
  StartTenantChangeOverInput,
  startTenantChangeOverSteps,
} from '../../src/relay/jobs/startTenantChangeOver.ts';
import { ALLOW_ORGANIZATIONS } from './app-client.ts';
import type { Step } from './in-steps.ts';
import { addAllMembers } from './organization-members.ts';
import type { ManagementContext } from './performer.ts';
import { makeOrganization, undoOrganization } from './tenant-organization.ts';

interface ChangeOverParts {
  connectionId?: string;
  /** The job that began it. */
  madeBy?: string;
}

/** Users found by a search are those of a while ago. */
const SEARCH_LAG_MS = 600_000;

/** After a permanent failure they are taken back as far as that is possible: members of an organization that stays remain members. */
export function stepsOfChangeOver(
  context: ManagementContext,
  jobId: string,
  input: StartTenantChangeOverInput,
): Step<ChangeOverParts>[] {
  const { id } = input;
  const steps: Record<(typeof startTenantChangeOverSteps)[number], Omit<Step<ChangeOverParts>, 'name'>> = {
    begin: {
      perform: () => begin(context, jobId, input),
      // An earlier job, which this one continues, may have come as far as the organization.
      undo: () => takeBackOrganization(context, jobId, input).then(() => abandon(context, input)),
    },
    organization: {
      perform: (parts) => findOrganization(context, id, parts),
      undo: () => takeBackOrganization(context, jobId, input),
    },
    sign_in: { perform: (parts) => enableSignIn(context, input, parts) },
    members: { perform: () => addFirstMembers(context, id) },
    open: { perform: () => open(context, id) },
  };
  return Object.entries(steps).map(([name, step]) => ({ name, ...step }));
}

/**
 * Nothing of them happens once that change-over is finished.
 * @param endEvent event of the completed change-over, as JSON text: recorded by whoever closes it
 */
export function stepsOfFinishing(
  context: ManagementContext,
  which: FinishTenantChangeOverInput,
  endEvent: string,
): Step<object>[] {
  const steps: Record<(typeof finishTenantChangeOverSteps)[number], () => Promise<unknown>> = {
    members: () => addLateMembers(context, which),
    settings: () => moveSettings(context, which),
    web_app: () => removeWebApps(context, which),
    close: () => close(context, which, endEvent),
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

async function readFinishing(
  context: ManagementContext,
  { id, madeBy }: FinishTenantChangeOverInput,
): Promise<Changing | undefined> {
  const changing = await readChanging(context, id);
  return changing?.changeOver.made_by === madeBy ? changing : undefined;
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
  revise(context, id, (tenant) => {
    const { change_over } = tenant;
    if (!change_over) return tenant;
    // It gets on, so its job is not lost.
    const alive = change_over.finishing_since !== undefined && { finishing_since: redisTimestamp() };
    return { ...tenant, change_over: { ...change_over, ...changes, ...alive } };
  });

/** For a rollback, which goes on while a job deletes the tenant. @param to undefined: it stays as it is. @returns what it was changed from */
async function takeBack(
  { tenants }: ManagementContext,
  id: string,
  to: (changing: Changing) => Tenant | undefined,
): Promise<Changing | undefined> {
  for (let stored: StoredTenant | undefined; (stored = await tenants.readStored(id));) {
    const { tenant } = stored;
    const changing = tenant.change_over && { tenant, changeOver: tenant.change_over };
    const former = changing && to(changing);
    if (!former) return undefined;
    if ((await tenants.change(id, stored.text, former)) === 'done') return changing;
  }
  return undefined;
}

/**
 * The same change-over may have been started by an earlier job, which failed: this one continues it. One that is finished is not begun
 * again, however late this job comes.
 */
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
  const { change_over } = await revise(context, id, (now) => {
    const { change_over: known = { ...aims, made_by: jobId, since: redisTimestamp() } } = now;
    if (!now.change_over && isReached(now, aims)) throw new Problem('change_over_not_possible');
    if (!hasSameAims(known, aims)) throw new Problem('change_over_under_way');
    return { ...now, change_over: { ...known, ends_at: ifAhead(endsAt) } };
  });
  return { connectionId: connection.id, madeBy: change_over!.made_by };
}

/** An end that passed before both ways were accepted does not count: nobody would have had the time to change. */
const ifAhead = (time: string | undefined): string | undefined =>
  time !== undefined && Date.parse(time) > redisNow() ? time : undefined;

/** Of several aims, one is enough. */
const isReached = (tenant: Tenant, { web_app, organization }: ChangeOverAims): boolean =>
  (organization !== undefined && tenant.organization !== undefined) ||
  (web_app !== undefined && tenant.shared_web_app === true);

/** Unless it is open, or has its organization: then it was another job's, or cannot be taken back. */
async function abandon(context: ManagementContext, input: StartTenantChangeOverInput): Promise<void> {
  await takeBack(context, input.id, ({ tenant, changeOver }) => {
    if (changeOver.open || changeOver.organization_id !== undefined) return undefined;
    if (!hasSameAims(changeOver, input)) return undefined;
    const { change_over: _abandoned, ...rest } = tenant;
    return rest;
  });
}

/**
 * The deployment's web app may not be enabled for the tenant's database yet, nor its own one for organizations: Auth0's default is that
 * users of a client cannot sign in to them. (The deployment's is for its operator to set.) Done twice, nothing changes.
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
  const wanted = { organization, tenant, madeBy };
  const made = await makeOrganization(context, wanted, connectionId!);
  const noted = await note(context, id, { organization_id: made.id });
  if (noted.change_over || noted.organization === made.id) return {};
  // Another job has given the change-over up meanwhile, and did not see this organization.
  await undoOrganization(context.management, wanted);
  throw new Problem('change_over_not_open');
}

/**
 * Unless the change-over is open: then the organization is the tenant's. Nor one that stays and may have members by now: without the tenant,
 * those would be others' people, whom their own tenant may not change. The same request continues.
 */
async function takeBackOrganization(
  context: ManagementContext,
  jobId: string,
  input: StartTenantChangeOverInput,
): Promise<void> {
  const { management, tenants, jobSteps } = context;
  const { id, organization } = input;
  if (organization === undefined) return;
  const isTaken = organization !== 'new';
  // Deleted before the organization was made: only its maker knows of it.
  if (!(await tenants.read(id))) {
    const { madeBy = jobId } = (await jobSteps.results(jobId)) as ChangeOverParts;
    return undoOrganization(management, { organization, tenant: { id }, madeBy });
  }
  const mayHaveMembers = (await readChanging(context, id))?.changeOver.members_begun === true;
  const isGone = mayHaveMembers && isTaken && !(await management.findOrganization(organization));
  const taken = await takeBack(context, id, ({ tenant, changeOver }) => {
    if (changeOver.open || !hasSameAims(changeOver, input)) return undefined;
    if (changeOver.members_begun && isTaken && !isGone) return undefined;
    const { organization_id: _id, members_begun: _begun, ...rest } = changeOver;
    return { ...tenant, change_over: rest };
  });
  if (!taken) return;
  const { tenant, changeOver } = taken;
  await undoOrganization(management, { organization, tenant, madeBy: changeOver.made_by });
}

/** For a tenant that is deleted. */
export async function removeOrganizationOfChangeOver(context: ManagementContext, id: string): Promise<void> {
  const { tenant, changeOver } = (await readChanging(context, id)) ?? {};
  if (!tenant || changeOver?.organization === undefined || changeOver.open) return;
  const { organization, made_by: madeBy } = changeOver;
  await undoOrganization(context.management, { organization, tenant, madeBy });
}

async function addFirstMembers(context: ManagementContext, id: string): Promise<ChangeOverParts> {
  const isRepeated = (await readChanging(context, id))?.changeOver.members_begun === true;
  const { change_over } = await revise(context, id, (tenant) => {
    const { change_over: now } = tenant;
    // Given up by another job meanwhile, or it is about to be.
    if (!now || (now.organization !== undefined && now.organization_id === undefined))
      throw new Problem('change_over_not_open');
    if (now.organization === undefined || now.open || now.members_begun) return tenant;
    return { ...tenant, change_over: { ...now, members_begun: true as const } };
  });
  const { organization_id: organization, members_up_to } = change_over!;
  if (organization === undefined) return {};
  // One that was deleted at the authority will not come back, however often this is repeated.
  if (isRepeated && !(await context.management.findOrganization(organization)))
    throw new Problem('unknown_organization');
  await addMembers(context, id, organization, members_up_to);
  return {};
}

/** Those who were created since the change-over was opened. */
async function addLateMembers(context: ManagementContext, which: FinishTenantChangeOverInput): Promise<void> {
  const { organization_id: organization, members_up_to } =
    (await readFinishing(context, which))?.changeOver ?? {};
  if (organization === undefined) return;
  const from =
    members_up_to && new Date(Math.max(0, Date.parse(members_up_to) - SEARCH_LAG_MS)).toISOString();
  await addMembers(context, which.id, organization, from);
}

const addMembers = (
  context: ManagementContext,
  tenantId: string,
  organization: string,
  from: string | undefined,
): Promise<void> =>
  addAllMembers(context, { tenantId, organization, from }, async (upTo) => {
    await note(context, tenantId, { members_up_to: upTo });
  });

async function open(context: ManagementContext, id: string): Promise<ChangeOverParts> {
  await revise(context, id, (tenant) => {
    if (!tenant.change_over || tenant.change_over.open) return tenant;
    const { members_begun: _begun, ...change_over } = tenant.change_over;
    const { organization, organization_id, ends_at } = change_over;
    const opened = { ends_at: ifAhead(ends_at), open: true as const, opened_at: redisTimestamp() };
    return {
      ...tenant,
      ...(organization_id !== undefined && { organization: organization_id }),
      ...(organization === 'new' && { owns_organization: true as const }),
      change_over: { ...change_over, ...opened },
    };
  });
  return {};
}

/**
 * Of a tenant with a web app of its own, the client has them: without it, they are a user's. Of a tenant that is deleted meanwhile nothing may
 * stay from which a rebuild would restore it; until it is finished, its deletion looks for that user, too.
 */
async function moveSettings(context: ManagementContext, which: FinishTenantChangeOverInput): Promise<void> {
  const { tenant, changeOver } = (await readFinishing(context, which)) ?? {};
  if (!tenant || changeOver?.web_app !== 'shared') return;
  if (tenant.status === 'deleting') throw new Problem('tenant_busy');
  const settings = context.settingsBy(context.management);
  if (!(await settings.save(finished(tenant))))
    throw new Problem('tenant_exists', {
      internal: 'the user that would keep its settings is somebody else',
    });
  const now = await context.tenants.read(which.id);
  if (now && now.status !== 'deleting') return;
  await settings.remove(which.id, tenant.made_by);
  throw new Problem('tenant_busy');
}

async function removeWebApps(context: ManagementContext, which: FinishTenantChangeOverInput): Promise<void> {
  const { management, tenants } = context;
  const { changeOver } = (await readFinishing(context, which)) ?? {};
  if (changeOver?.web_app !== 'shared') return;
  // The authority first: after a crash in between, the registry still has the client.
  for (const { client_id } of await tenants.webAppsOf(which.id)) {
    await management.deleteClient(client_id);
    await tenants.saveWebApp(client_id, undefined);
  }
}

async function close(
  context: ManagementContext,
  { id, madeBy }: FinishTenantChangeOverInput,
  event: string,
): Promise<void> {
  const end = (tenant: Tenant) => (tenant.change_over?.made_by === madeBy ? finished(tenant) : tenant);
  await revise(context, id, end, event);
}

/** The tenant's entry after the last step. */
function finished({ change_over, ...tenant }: Tenant): Tenant {
  if (change_over?.web_app !== 'shared') return tenant;
  const { web_app: _former, ...rest } = tenant;
  return { ...rest, shared_web_app: true };
}
