import { retyped } from '../../events/event.ts';
import { Problem } from '../../problem.ts';
import { redisTimestamp } from '../../redis/clock.ts';
import { afterChange } from '../../redis/unanswered.ts';
import type { Tenant } from '../../registry/tenants.ts';
import { changedCall, type Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { presentTenantDeletion } from './present-tenant-deletion.ts';

export const deleteTenant: Operation<'deleteTenant', 'deletionConfirmation' | 'tenants' | Relaying> = async (
  call,
) => {
  const { path, principal, query, services } = call;
  const { users, dry_run = false, confirm } = query;
  const id = path.tenant_id;
  const deletion = { tenantId: id, users, clientId: principal.clientId };
  const tenant = await services.tenants.get(id);
  if (!tenant) throw new Problem('not_found');
  if (tenant.status === 'creating') throw new Problem('tenant_busy');
  if (dry_run)
    return relayed(
      changedCall(call, { event: retyped(call.event, 'tenant.deletion_previewed') }),
      { id, users, dryRun: services.deletionConfirmation.give(deletion) },
      toAnswer,
    );
  if (confirm === undefined || !services.deletionConfirmation.holds(deletion, confirm))
    throw new Problem('confirmation_required');
  const revise = (current: Tenant): Tenant => {
    if (current.status === 'creating') throw new Problem('tenant_busy');
    const since = current.deletion?.since ?? redisTimestamp();
    return { ...current, status: 'deleting', deletion: { users, since } };
  };
  // The event is recorded once everything is deleted, by its job, or by the upkeep if that job is lost.
  await services.tenants.change(id, revise, undefined);
  return afterChange(() => relayed(call, { id, users }, toAnswer));
};

export const toAnswer: RelayedAnswer<'deleteTenant'> = (preview) =>
  preview ? { status: 200, body: presentTenantDeletion(preview) } : { status: 204 };
