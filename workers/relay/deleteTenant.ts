import { Problem } from '../../src/problem.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { DeleteTenantInput, TenantDeletionPreview } from '../../src/relay/jobs/deleteTenant.ts';
import { executeSteps } from './in-steps.ts';
import type { ManagementContext, Performer } from './performer.ts';
import { peopleOf } from './tenant-people.ts';
import { standingOf } from './whose-user.ts';
import { isDeletedWithConnection, stepsOfDeletion } from './tenant-deletion-steps.ts';

/** Irreversible, so there is no rollback: it continues until everything is deleted, by this job or by the upkeep. */
export const deleteTenant: Performer<'deleteTenant'> = async (context, input, { jobId }) => {
  if (input.dryRun) return preview(context, input, input.dryRun);
  await executeSteps(context.jobSteps, jobId, stepsOfDeletion(context, input.id, input.users));
  return null;
};

async function preview(
  context: ManagementContext,
  { id, users }: DeleteTenantInput,
  confirmation: NonNullable<DeleteTenantInput['dryRun']>,
): Promise<TenantDeletionPreview> {
  const { tenants } = context;
  const tenant = await tenants.read(id);
  if (!tenant) throw new Problem('not_found');
  const [people, home] = [new Set<string>(), new Set<string>()];
  for await (const user of peopleOf(context, tenant)) {
    people.add(user.user_id);
    if (standingOf(tenant, user) === 'home') home.add(user.user_id);
  }
  const deletesUsers = users === 'delete';
  return {
    id,
    users,
    ...confirmation,
    apiKeys: (await tenants.listKeys(id)).length,
    webApps: (await tenants.webAppsOf(id)).length,
    userCount: deletesUsers ? home.size : 0,
    consents: await countConsents(context, people),
    connections: deletesUsers && (await isDeletedWithConnection(context, tenant)) ? 1 : 0,
    organizations: tenant.owns_organization || isMaking(tenant) ? 1 : 0,
    openImports: (await tenants.openImportsOf(id)).length,
  };
}

/** The organization of a change-over that is not open goes, too, if it was created for it. */
const isMaking = ({ change_over }: Tenant): boolean =>
  change_over?.organization === 'new' && change_over.organization_id !== undefined;

const PER_PAGE = 100;

/** Auth0 lists the consents of one user, or of all. */
async function countConsents(
  { bulk, audience }: ManagementContext,
  owned: ReadonlySet<string>,
): Promise<number> {
  if (owned.size === 0) return 0;
  for (let page = 0, count = 0; ; page += 1) {
    const found = await bulk.listConsentingUsers(audience, page, PER_PAGE);
    count += found.filter((userId) => owned.has(userId)).length;
    if (found.length < PER_PAGE) return count;
  }
}
