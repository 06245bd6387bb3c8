/** What deferred work keeps of its principal: the account that it counts against, and the roles that permit it. */
import type { AnyPrincipal } from '../principal.ts';
import type { Account, MakerUser } from '../relay/job-records.ts';

/** undefined: the principal belongs to no tenant. */
export function accountOf(principal: AnyPrincipal | undefined): Account | undefined {
  return principal && 'tenantId' in principal
    ? { kind: principal.kind, clientId: principal.clientId }
    : undefined;
}

/** The user, or the user on whose behalf an app acts; undefined: a principal without roles. */
export function makerUserOf(principal: AnyPrincipal | undefined): MakerUser | undefined {
  return principal && 'roles' in principal ? { userId: principal.userId, roles: principal.roles } : undefined;
}
