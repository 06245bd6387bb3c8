import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';

export const getTenant: Operation<'getTenant'> = async ({ principal, services }) => {
  const tenant = await services.registry.tenant(principal.tenantId);
  if (!tenant) throw new Problem('not_found');
  const { id, name, status, created_at } = tenant;
  return { status: 200, body: { id, name, status, created_at } };
};
