/**
 * A token or a pending job states its user's roles as of its creation. The registry knows what was changed through us
 * since (invariant 3). Pure.
 */
import { Problem } from '../problem.ts';
import { scopesOfRoles, type RoleTable } from './roles.ts';

/** What the registry knows of a user changed through us; times in seconds since 1970. */
export interface UserChange {
  /** The user's roles since the change; they replace those stated by anything created up to `rolesUpTo`. */
  roles?: readonly string[];
  rolesUpTo?: number;
  /** Until then a token may still state the roles from before the change, so only the intersection of both counts. */
  narrowedUpTo?: number;
  /** Anything created up to then is refused: the user was blocked or deleted, or the outcome of a change is unknown. */
  refusedUpTo: number;
}

/** The stated roles, and the second of the statement. */
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

/** The roles of either set that hold no scope beyond the other set. */
function inCommon(table: RoleTable, some: readonly string[], others: readonly string[]): string[] {
  const within = (roles: readonly string[], around: readonly string[]) => {
    const held = scopesOfRoles(table, around);
    return roles.filter((role) => scopesOfRoles(table, [role]).every((scope) => held.includes(scope)));
  };
  return [...new Set([...within(some, others), ...within(others, some)])];
}

/**
 * Checked before a job of a user, or of an app acting for one, begins: a requester who lost a scope since gets nothing
 * done.
 * @param said roles at the time of the request
 * @throws Problem `invalid_token`, `insufficient_role`
 */
export function checkMaker(table: RoleTable, said: Said, change: UserChange | undefined): void {
  const held = scopesOfRoles(table, rolesNow(table, said, change));
  const lost = scopesOfRoles(table, said.roles).filter((scope) => !held.includes(scope));
  if (lost.length > 0)
    throw new Problem('insufficient_role', {
      detail: 'The roles of its requester changed before it began.',
      scopes: lost,
    });
}
