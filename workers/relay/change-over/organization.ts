/** The organization that a tenant becomes by its change-over. */
import { Problem } from '../../../src/problem.ts';
import { hasSameAims } from '../../../src/registry/change-over.ts';
import type { StartTenantChangeOverInput } from '../../../src/relay/jobs/startTenantChangeOver.ts';
import type { ManagementContext } from '../performer.ts';
import { makeOrganization, undoOrganization } from '../tenant-organization.ts';
import { note, readChanging, takeBack, type ChangeOverParts } from './changing-tenant.ts';

export async function findOrganization(
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
export async function takeBackOrganization(
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
