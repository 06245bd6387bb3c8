import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';

export const deleteTenant: Operation<'deleteTenant'> = async (call) => {
  const { path, principal, query, services } = call;
  const { users, dry_run = false, confirm } = query;
  const id = path.tenant_id;
  const deletion = { tenantId: id, users, clientId: principal.clientId };
  const tenant = await services.tenants.get(id);
  if (!tenant) throw new Problem('not_found');
  if (tenant.status === 'creating') throw new Problem('tenant_busy');
  if (dry_run) return relayed(call, { id, users, dryRun: services.deletionConfirmation.give(deletion) });
  if (confirm === undefined || !services.deletionConfirmation.holds(deletion, confirm))
    throw new Problem('confirmation_required');
  await services.tenants.change(id, (current) => {
    if (current.status === 'creating') throw new Problem('tenant_busy');
    const since = current.deletion?.since ?? new Date().toISOString();
    return { ...current, status: 'deleting', deletion: { users, since } };
  });
  return relayed(call, { id, users });
};
