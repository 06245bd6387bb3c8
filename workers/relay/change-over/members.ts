/** The tenant's users become members of its organization: once when the change-over opens, and again those who came until it ends. */
import { Problem } from '../../../src/problem.ts';
import type { FinishTenantChangeOverInput } from '../../../src/relay/jobs/finishTenantChangeOver.ts';
import { addAllMembers } from '../organization-members.ts';
import type { ManagementContext } from '../performer.ts';
import { note, readChanging, readFinishing, revise, type ChangeOverParts } from './changing-tenant.ts';

/** Users found by a search are those of a while ago. */
const SEARCH_LAG_MS = 600_000;

export async function addFirstMembers(context: ManagementContext, id: string): Promise<ChangeOverParts> {
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
export async function addLateMembers(
  context: ManagementContext,
  which: FinishTenantChangeOverInput,
): Promise<void> {
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
