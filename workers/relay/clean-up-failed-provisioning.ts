/** Looks after makings of tenants that are over: what was not undone is undone, and what a late call made besides is taken away. */
import { undoSteps } from './in-steps.ts';
import type { ManagementContext } from './performer.ts';
import { findWebAppsMadeBy } from './tenant-parts.ts';
import { stepsOfTenant } from './tenant-steps.ts';

/** @param before those that were begun before, ms since 1970: a call that was lost is not carried out after so long */
export async function cleanUpFailedProvisioning(
  context: ManagementContext,
  hasEnded: (jobId: string) => Promise<boolean>,
  before: number,
): Promise<void> {
  const { unfinished } = context.tenants;
  for (const making of await unfinished.olderThan(before)) {
    const [jobId = '', id = ''] = making.split(' ', 2);
    if (!(await hasEnded(jobId))) continue;
    await sweep(context, jobId, id);
    await unfinished.remove(making);
  }
}

async function sweep(context: ManagementContext, jobId: string, id: string): Promise<void> {
  const { jobSteps, management, tenants } = context;
  const tenant = await tenants.read(id);
  const stands = tenant?.made_by === jobId && tenant.status !== 'creating';
  if (stands || (await tenants.isRetired(id))) {
    for (const { client_id } of await findWebAppsMadeBy(management, jobId))
      if (client_id !== tenant?.web_app) await management.deleteClient(client_id);
    return;
  }
  const phase = await jobSteps.giveUp(jobId, { code: 'upstream_unavailable' });
  if (phase === 'done') return;
  await undoSteps(jobSteps, jobId, stepsOfTenant(context, { jobId, id }, undefined), 'all');
}
