/**
 * A role is a named set of scopes, declared in the contract (`x-role-scopes`). Whoever grants a role, or has power over a user who holds
 * it, holds every scope of it (invariant 9). Pure; decided here and nowhere else.
 */
import { Problem } from '../problem.ts';
import type { PrincipalKind } from '../principal.ts';

/** Role → its scopes. */
export type RoleTable = ReadonlyMap<string, readonly string[]>;

/** What of a principal decides about roles and users; goes along with a relay job, whose worker sees whom it concerns. */
export interface Authority {
  kind: PrincipalKind;
  scopes: readonly string[];
}

export const authorityOf = ({ kind, scopes }: Authority): Authority => ({ kind, scopes });

/** The union of the roles' scopes. A role that the contract does not declare holds none. */
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

/** Whether the caller may give this role to a user. An app outlives neither consent nor user, so it grants nothing that can manage. */
export function isGrantable(table: RoleTable, authority: Authority, role: string): boolean {
  if (authority.kind === 'app' && canManage(table, role)) return false;
  return lackedScopes(table, authority, [role]).length === 0;
}

/** @throws Problem `role_not_grantable`, with the scopes that are lacking and a pointer to each role */
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
 * Before a user is changed, blocked or deleted, or a ticket is made for one.
 * @param roles that the user holds
 * @throws Problem `user_beyond_scopes`
 */
export function checkPowerOver(table: RoleTable, authority: Authority, roles: readonly string[]): void {
  const scopes = lackedScopes(table, authority, roles);
  if (scopes.length > 0) throw new Problem('user_beyond_scopes', { scopes });
}
