import { assignableRoles, checkAssignable } from '../../authorization/assignable-roles.ts';
import { authorityOf } from '../../authorization/roles.ts';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';

export const replaceUserRoles: Operation<'replaceUserRoles', 'registry' | Relaying> = async (call) => {
  const { body, path, principal, services } = call;
  const tenant = await services.registry.tenant(principal.tenantId);
  if (!tenant) throw new Problem('not_found');
  const table = services.contract.roles;
  checkAssignable(tenant, table, principal, body.roles);
  return relayed(
    call,
    {
      userId: path.user_id,
      authority: authorityOf(principal),
      roles: body.roles,
      assignable: [...assignableRoles(tenant, table)],
    },
    toAnswer,
  );
};

export const toAnswer: RelayedAnswer<'replaceUserRoles'> = (roles) => ({ status: 200, body: { roles } });
