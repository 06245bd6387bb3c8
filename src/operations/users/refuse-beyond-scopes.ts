import { checkPowerOver, type Authority } from '../../authorization/roles.ts';
import { userMarkId } from '../../registry/user-marks.ts';
import type { Services } from '../../services.ts';

/**
 * For the answer to an earlier request: checks the roles that the user has been given in the tenant since, as far as the registry knows.
 * What others did to a user with this id counts nowhere here: it would say that there is one.
 * @throws Problem `user_beyond_scopes`
 */
export async function refuseBeyondScopes(
  { contract, registry }: Pick<Services, 'contract' | 'registry'>,
  authority: Authority & { tenantId: string },
  userId: string,
): Promise<void> {
  const mark = await registry.userMark(userMarkId(authority.tenantId, userId));
  if (mark?.roles) checkPowerOver(contract.roles, authority, mark.roles);
}
