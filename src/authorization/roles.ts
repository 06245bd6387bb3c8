/**
 * A role is a named set of scopes, declared in the contract (`x-role-scopes`). To assign a role, or to manage a user
 * who has it, a caller must hold every scope of it (invariant 9). Pure; the only place that decides this.
 */
import { Problem } from '../problem.ts';
import type { PrincipalKind } from '../principal.ts';

/** Role → its scopes. */
export type RoleTable = ReadonlyMap<string, readonly string[]>;

/**
 * The part of a principal that decides about roles and users; relay jobs carry it, because only the worker reads the
 * user.
 */
export interface Authority {
  kind: PrincipalKind;
  scopes: readonly string[];
}

export const authorityOf = ({ kind, scopes }: Authority): Authority => ({ kind, scopes });

/** Union of the roles' scopes. A role that the contract does not declare holds none. */
export function scopesOfRoles(table: RoleTable, roles: readonly string[]): string[] {
  return [...new Set(roles.flatMap((role) => table.get(role) ?? []))];
}

/** Scopes of these roles that the caller does not hold. */
function lackedScopes(table: RoleTable, { scopes }: Authority, roles: readonly string[]): string[] {
  return scopesOfRoles(table, roles).filter((scope) => !scopes.includes(scope));
}

/** Whether a holder of this role can do more than read. */
const canManage = (table: RoleTable, role: string) =>
  (table.get(role) ?? []).some((scope) => !scope.startsWith('read:'));

/**
 * Whether the caller may assign this role. A managing role would outlive an app's consent and user, so apps cannot
 * assign one.
 */
export function isGrantable(table: RoleTable, authority: Authority, role: string): boolean {
  if (authority.kind === 'app' && canManage(table, role)) return false;
  return lackedScopes(table, authority, [role]).length === 0;
}

/** @throws Problem `role_not_grantable`, with the missing scopes and a pointer to each role */
export function checkGrantableRoles(table: RoleTable, authority: Authority, roles: readonly string[]): void {
  const errors = roles.flatMap((role, index) => {
    if (isGrantable(table, authority, role)) return [];
    const message = 'The caller does not hold every scope of this role, or is an app.';
    return [{ in: 'body' as const, pointer: `/roles/${index}`, code: 'role_not_grantable', message }];
  });
  if (errors.length > 0)
    throw new Problem('role_not_grantable', { errors, scopes: lackedScopes(table, authority, roles) });
}

/**
 * Checked before a user is changed, blocked or deleted, or a ticket is created for one.
 * @param roles of that user
 * @throws Problem `user_beyond_scopes`
 */
export function checkPowerOver(table: RoleTable, authority: Authority, roles: readonly string[]): void {
  const scopes = lackedScopes(table, authority, roles);
  if (scopes.length > 0) throw new Problem('user_beyond_scopes', { scopes });
}
