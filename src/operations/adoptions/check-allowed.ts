import type { RoleTable } from '../../authorization/roles.ts';
import { Problem } from '../../problem.ts';
import type { Tenant } from '../../registry/tenants.ts';

/** The operator gives no role that the tenant may not have. @throws Problem `role_not_assignable` */
export function checkAllowed(
  { allowed_roles, assignable_roles }: Pick<Tenant, 'allowed_roles' | 'assignable_roles'>,
  table: RoleTable,
  roles: readonly string[],
): void {
  const allowed = allowed_roles ?? assignable_roles ?? [...table.keys()];
  const errors = roles.flatMap((role, index) =>
    allowed.includes(role)
      ? []
      : [
          {
            in: 'body' as const,
            pointer: `/roles/${index}`,
            code: 'role_not_assignable',
            message: 'is not a role that the operator allows this tenant',
          },
        ],
  );
  if (errors.length > 0) throw new Problem('role_not_assignable', { errors });
}
