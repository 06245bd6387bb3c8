import { randomUUID } from 'node:crypto';
import { checkAssignable, defaultRoles, grantableRoles } from '../../authorization/assignable-roles.ts';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { relayed } from '../relayed.ts';

export const createUser: Operation<'createUser'> = async (call) => {
  const { body, principal, services } = call;
  const tenant = await services.registry.tenant(principal.tenantId);
  if (!tenant) throw new Problem('not_found');
  const table = services.contract.roles;
  checkAssignable(tenant, table, principal, body.roles ?? []);
  const roles = body.roles ?? defaultRoles(grantableRoles(tenant, table, principal));
  return relayed(call, {
    tenantId: tenant.id,
    connection: tenant.connection,
    id: randomUUID().replaceAll('-', ''),
    user: { ...body, roles },
  });
};
