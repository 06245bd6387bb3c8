import { randomUUID } from 'node:crypto';
import { checkAssignable } from '../../authorization/assignable-roles.ts';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';

export const createUser: Operation<'createUser'> = async (call) => {
  const tenant = await call.services.registry.tenant(call.principal.tenantId);
  if (!tenant) throw new Problem('not_found');
  checkAssignable(tenant, call.body.roles);
  return relayed(call, {
    tenantId: tenant.id,
    connection: tenant.connection,
    id: randomUUID().replaceAll('-', ''),
    user: call.body,
  });
};
