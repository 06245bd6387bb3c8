/**
 * How something half-made is undone. Whatever is made stands on a list of what is pending until it is brought to its end, and carries its
 * id at the authority (`find-marked-clients.ts`). When making it fails, its worker deletes it at once (`orDelete` in
 * `remove-client.ts`; of a tenant, step by step: `in-steps.ts`); a repeat deletes what an earlier try made; and what a crash leaves goes with the upkeep, by these.
 */
import type { Log } from '../../src/log.ts';
import { findAppClients, findKeyClients, findWebApps } from './find-marked-clients.ts';
import { undoSteps } from './in-steps.ts';
import type { ManagementContext } from './performer.ts';
import { deleteClientAndGrants } from './remove-client.ts';
import { stepsOfTenant } from './tenant-steps.ts';

/** What was begun before, ms since 1970: a call that was lost is not carried out after so long. */
interface CleanUp {
  before: number;
  log: Log;
}

/** Clients of keys whose making was never finished. Only those: a registry that was lost must not take all keys with it. */
export async function cleanUpFailedKeys(context: ManagementContext, { before, log }: CleanUp): Promise<void> {
  const { management, readKey, unfinishedKeys } = context;
  const ids = await unfinishedKeys.olderThan(before);
  if (ids.length === 0) return;
  for (const { client_id } of await findKeyClients(management, ids)) {
    if (await readKey(client_id)) continue;
    await deleteClientAndGrants(management, client_id);
    log.info({ client_id }, 'orphaned client deleted');
  }
  for (const id of ids) await unfinishedKeys.remove(id);
}

/** Apps whose registration nobody was told of: whoever asked for it has gone, or its process has. */
export async function cleanUpFailedRegistrations(
  { management, registrations }: ManagementContext,
  { before, log }: CleanUp,
): Promise<void> {
  await registrations.undoLate(before, async (ids) => {
    for (const { client_id } of await findAppClients(management, ids)) {
      await deleteClientAndGrants(management, client_id);
      log.info({ client_id }, 'client of an unfinished registration deleted');
    }
  });
}

/**
 * Tenants whose provisioning is over: what was not undone is undone, and what a late call made besides is deleted.
 * @param hasEnded whether a relay job is over, or not known any more
 */
export async function cleanUpFailedProvisioning(
  context: ManagementContext,
  before: number,
  hasEnded: (jobId: string) => Promise<boolean>,
): Promise<void> {
  const { unfinished } = context.tenants;
  for (const provisioning of await unfinished.olderThan(before)) {
    const [jobId = '', id = ''] = provisioning.split(' ', 2);
    if (!(await hasEnded(jobId))) continue;
    await undoProvisioning(context, jobId, id);
    await unfinished.remove(provisioning);
  }
}

async function undoProvisioning(context: ManagementContext, jobId: string, id: string): Promise<void> {
  const { jobSteps, management, tenants } = context;
  const tenant = await tenants.read(id);
  const stands = tenant?.made_by === jobId && tenant.status !== 'creating';
  if (stands || (await tenants.isRetired(id))) {
    for (const { client_id } of await findWebApps(management, jobId))
      if (client_id !== tenant?.web_app) await management.deleteClient(client_id);
    return;
  }
  const phase = await jobSteps.giveUp(jobId, { code: 'upstream_unavailable' });
  if (phase === 'done') return;
  await undoSteps(jobSteps, jobId, stepsOfTenant(context, { jobId, id }, undefined), 'all');
}
