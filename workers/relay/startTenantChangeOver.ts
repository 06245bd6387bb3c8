import { MEMBERS_PER_CALL } from '../../src/auth0/management-organizations.ts';
import { rateOf } from '../../src/plans.ts';
import { Problem } from '../../src/problem.ts';
import type {
  ChangeOverPreview,
  StartTenantChangeOverInput,
} from '../../src/relay/jobs/startTenantChangeOver.ts';
import { stepsOfChangeOver } from './change-over/start-steps.ts';
import { performOrUndo } from './in-steps.ts';
import type { ManagementContext, Performer } from './performer.ts';
import { PER_PAGE } from './search-users.ts';
import { checkOrganization } from './tenant-organization.ts';

export const startTenantChangeOver: Performer<'startTenantChangeOver'> = async (
  context,
  input,
  { jobId },
) => {
  const { id } = input;
  if (input.dryRun) return { id, preview: await preview(context, input) };
  // However long the authority is away, the members that were added stay: the same request continues.
  await performOrUndo(context.jobSteps, jobId, stepsOfChangeOver(context, jobId, input), Infinity);
  const changeOver = (await context.tenants.read(id))?.change_over;
  // Finished, or deleted, before a worker that died could store the outcome.
  if (!changeOver) throw new Problem('change_over_not_open');
  return { id, changeOver };
};

/** Calls beside those for members: the connection, the organization by name, its creation, the shared web app, its own. */
const FIXED_CALLS = 5;

/** Refuses what the job itself would refuse. */
async function preview(
  context: ManagementContext,
  { id, web_app, organization }: StartTenantChangeOverInput,
): Promise<ChangeOverPreview> {
  const { management, plan, tenants } = context;
  const tenant = await tenants.read(id);
  if (!tenant) throw new Problem('not_found');
  if (!(await management.findConnection(tenant.connection))) throw new Problem('unknown_connection');
  if (organization !== undefined)
    await checkOrganization(context, { organization, tenant, madeBy: tenant.change_over?.made_by });
  const { total: users } = await context.usersOf(management, id).searchHome(undefined, 1);
  const newMembers = organization === undefined ? 0 : users;
  const additions = Math.ceil(newMembers / MEMBERS_PER_CALL);
  const searches = Math.ceil(newMembers / PER_PAGE);
  const minutes = additions / rateOf(plan, 'organization_members_write') / 60;
  return {
    web_app,
    organization,
    users,
    newMembers,
    calls: FIXED_CALLS + additions + searches,
    minutes: Math.ceil(minutes),
    webApps: web_app === 'shared' ? (await tenants.webAppsOf(id)).length : 0,
  };
}
