/**
 * Cleans up what was created only partly. Everything that is created is on a list of pending creations until it is complete, and carries
 * its id at Auth0 (`find-marked-clients.ts`). On failure the worker deletes it immediately (`orDelete` in `remove-client.ts`; for a tenant
 * step by step: `in-steps.ts`); a retry deletes what an earlier attempt created; and after a crash the upkeep deletes it, with these.
 */
import type { Log } from '../../src/log.ts';
import { findAppClients, findKeyClients, findWebApps } from './find-marked-clients.ts';
import { rollBackSteps } from './in-steps.ts';
import type { ManagementContext } from './performer.ts';
import { deleteClientAndGrants } from './remove-client.ts';
import { stepsOfTenant } from './tenant-steps.ts';

/** Limit for creations that began before, ms since 1970: a lost call is not executed after that. */
interface CleanUp {
  before: number;
  log: Log;
}

/** Clients of keys whose creation was never finished. Only listed ones: loss of the registry must not delete all keys. */
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

/** Apps whose registration was never confirmed: the caller has disconnected, or the process died. */
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
 * Tenants whose provisioning has ended: finishes its rollback, and deletes what a late call created.
 * @param hasEnded whether a relay job has ended, or is unknown
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
  await rollBackSteps(jobSteps, jobId, stepsOfTenant(context, { jobId, id }, undefined), 'all');
}
