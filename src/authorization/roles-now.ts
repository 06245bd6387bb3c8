/**
 * What a token, or a job that waits, says of its user was so when it was made. What was changed through us since, the registry knows
 * (invariant 3). Pure.
 */
import { Problem } from '../problem.ts';
import { scopesOfRoles, type RoleTable } from './roles.ts';

/** What the registry knows of a user who was changed through us; times in seconds since 1970. */
export interface UserChange {
  /** The user's roles since, whatever is said by something that was made up to `rolesUpTo`. */
  roles?: readonly string[];
  rolesUpTo?: number;
  /** So long afterwards a token may still say what was so before: of both only what they have in common counts. */
  narrowedUpTo?: number;
  /** What was made up to then is refused: the user was blocked or deleted, or it is not known what came of a change. */
  refusedUpTo: number;
}

/** What was said, and in which second. */
interface Said {
  roles: readonly string[];
  issuedAt: number;
}

/** @throws Problem `invalid_token` */
export function rolesNow(
  table: RoleTable,
  { roles, issuedAt }: Said,
  change: UserChange | undefined,
): readonly string[] {
  if (!change) return roles;
  if (issuedAt <= change.refusedUpTo)
    throw new Problem('invalid_token', {
      detail: 'Its user was blocked, deleted or changed since it was issued.',
    });
  const { roles: known, rolesUpTo = -1, narrowedUpTo = rolesUpTo } = change;
  if (known === undefined || issuedAt > narrowedUpTo) return roles;
  return issuedAt <= rolesUpTo ? known : inCommon(table, roles, known);
}

/** Of either those that hold nothing which the other ones do not. */
function inCommon(table: RoleTable, some: readonly string[], others: readonly string[]): string[] {
  const within = (roles: readonly string[], around: readonly string[]) => {
    const held = scopesOfRoles(table, around);
    return roles.filter((role) => scopesOfRoles(table, [role]).every((scope) => held.includes(scope)));
  };
  return [...new Set([...within(some, others), ...within(others, some)])];
}

/**
 * Before a job begins that a user, or an app for one, asked for: who lost a scope meanwhile has nothing done any more.
 * @param said roles at the time of asking
 * @throws Problem `invalid_token`, `insufficient_role`
 */
export function checkMaker(table: RoleTable, said: Said, change: UserChange | undefined): void {
  const held = scopesOfRoles(table, rolesNow(table, said, change));
  const lost = scopesOfRoles(table, said.roles).filter((scope) => !held.includes(scope));
  if (lost.length > 0)
    throw new Problem('insufficient_role', {
      detail: 'The roles of whoever asked for it changed before it began.',
      scopes: lost,
    });
}
