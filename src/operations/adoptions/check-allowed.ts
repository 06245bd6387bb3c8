import { refuseOthers } from '../../authorization/assignable-roles.ts';
import type { RoleTable } from '../../authorization/roles.ts';
import type { Tenant } from '../../registry/tenants.ts';

/** The operator gives no role that the tenant may not have. @throws Problem `role_not_assignable` */
export function checkAllowed(
  { allowed_roles, assignable_roles }: Pick<Tenant, 'allowed_roles' | 'assignable_roles'>,
  table: RoleTable,
  roles: readonly string[],
): void {
  const allowed = allowed_roles ?? assignable_roles ?? [...table.keys()];
  refuseOthers(roles, allowed, 'is not a role that the operator allows this tenant');
}
