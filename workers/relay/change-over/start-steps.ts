/** The steps that begin a tenant's change-over. Each is idempotent, and reads from the tenant's entry how far an earlier one came. */
import { Problem } from '../../../src/problem.ts';
import { redisNow, redisTimestamp } from '../../../src/redis/clock.ts';
import { hasSameAims, type ChangeOverAims } from '../../../src/registry/change-over.ts';
import type { Tenant } from '../../../src/registry/tenants.ts';
import type {
  StartTenantChangeOverInput,
  startTenantChangeOverSteps,
} from '../../../src/relay/jobs/startTenantChangeOver.ts';
import { ALLOW_ORGANIZATIONS } from '../app-client.ts';
import type { Step } from '../in-steps.ts';
import type { ManagementContext } from '../performer.ts';
import { revise, takeBack, type ChangeOverParts } from './changing-tenant.ts';
import { addFirstMembers } from './members.ts';
import { findOrganization, takeBackOrganization } from './organization.ts';

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

/** An end that passed before both ways were accepted does not count: nobody would have had the time to change. */
const ifAhead = (time: string | undefined): string | undefined =>
  time !== undefined && Date.parse(time) > redisNow() ? time : undefined;
