/** Which roles a caller may assign to its tenant's users. Pure. */
import { Problem } from '../problem.ts';
import { checkGrantableRoles, isGrantable, type Authority, type RoleTable } from './roles.ts';

interface RolesOf {
  assignable_roles?: readonly string[];
}

/** Role of a new user when the request names none. */
export const DEFAULT_ROLE = 'member';

/** The roles of the contract, or the subset that the tenant allows. */
export const assignableRoles = (tenant: RolesOf, table: RoleTable): readonly string[] =>
  tenant.assignable_roles ?? [...table.keys()];

/** The roles that this caller may assign: assignable in its tenant, and within its own scopes. */
export function grantableRoles(tenant: RolesOf, table: RoleTable, authority: Authority): string[] {
  return assignableRoles(tenant, table).filter((role) => isGrantable(table, authority, role));
}

/** `member`; none when the caller may not assign it. */
export function defaultRoles(grantable: readonly string[]): string[] {
  return grantable.includes(DEFAULT_ROLE) ? [DEFAULT_ROLE] : [];
}

/** @throws Problem `role_not_assignable`, `role_not_grantable`, with a pointer to each */
export function checkAssignable(
  tenant: RolesOf,
  table: RoleTable,
  authority: Authority,
  roles: readonly string[],
): void {
  refuseOthers(roles, assignableRoles(tenant, table), 'The tenant may not assign this role.');
  checkGrantableRoles(table, authority, roles);
}

/** @throws Problem `role_not_assignable`, with a pointer to each role that is not allowed */
export function refuseOthers(roles: readonly string[], allowed: readonly string[], message: string): void {
  const errors = roles.flatMap((role, index) =>
    allowed.includes(role)
      ? []
      : [{ in: 'body' as const, pointer: `/roles/${index}`, code: 'role_not_assignable', message }],
  );
  if (errors.length > 0) throw new Problem('role_not_assignable', { errors });
}
