/** What of its principal goes along with work that is done later: on whose account it goes, and by which roles it may be done. */
import type { AnyPrincipal } from '../principal.ts';
import type { Account, MakerUser } from '../relay/job-records.ts';

/** undefined: somebody of no tenant. */
export function accountOf(principal: AnyPrincipal | undefined): Account | undefined {
  return principal && 'tenantId' in principal
    ? { kind: principal.kind, clientId: principal.clientId }
    : undefined;
}

/** The user, or the one for whom an app acts; undefined: nobody with roles. */
export function makerUserOf(principal: AnyPrincipal | undefined): MakerUser | undefined {
  return principal && 'roles' in principal ? { userId: principal.userId, roles: principal.roles } : undefined;
}
