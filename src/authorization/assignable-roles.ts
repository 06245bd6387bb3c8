/** Which roles a tenant's callers may give to its users. */
import { Problem } from '../problem.ts';

/** The roles that the contract knows; a tenant may be held to fewer. */
export const ALL_ROLES = ['admin', 'member'] as const;

interface RolesOf {
  assignable_roles?: readonly string[];
}

export const assignableRoles = (tenant: RolesOf): readonly string[] => tenant.assignable_roles ?? ALL_ROLES;

/** @throws Problem `role_not_assignable`, with a pointer to each */
export function checkAssignable(tenant: RolesOf, roles: readonly string[] = []): void {
  const allowed = assignableRoles(tenant);
  const errors = roles.flatMap((role, index) =>
    allowed.includes(role)
      ? []
      : [
          {
            in: 'body' as const,
            pointer: `/roles/${index}`,
            code: 'role_not_assignable',
            message: 'The tenant may not assign this role.',
          },
        ],
  );
  if (errors.length > 0) throw new Problem('role_not_assignable', { errors });
}
