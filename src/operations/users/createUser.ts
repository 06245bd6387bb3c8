import { randomUUID } from 'node:crypto';
import { checkAssignable, defaultRoles, grantableRoles } from '../../authorization/assignable-roles.ts';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { presentUser } from './present-user.ts';

export const createUser: Operation<'createUser', 'registry' | Relaying> = async (call) => {
  const { body, principal, services } = call;
  const tenant = await services.registry.tenant(principal.tenantId);
  if (!tenant) throw new Problem('not_found');
  const table = services.contract.roles;
  checkAssignable(tenant, table, principal, body.roles ?? []);
  const roles = body.roles ?? defaultRoles(grantableRoles(tenant, table, principal));
  return relayed(
    call,
    {
      connection: tenant.connection,
      id: randomUUID().replaceAll('-', ''),
      user: { ...body, roles },
    },
    toAnswer,
  );
};

export const toAnswer: RelayedAnswer<'createUser'> = (user) => ({
  status: 201,
  body: presentUser(user),
  headers: { Location: `/v1/users/${encodeURIComponent(user.user_id)}` },
});
