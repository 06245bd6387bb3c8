import { checkPowerOver, type Authority } from '../../authorization/roles.ts';
import type { Services } from '../../services.ts';

/**
 * For the answer to an earlier request: checks the roles that the user has been given since, as far as the registry knows.
 * @throws Problem `user_beyond_scopes`
 */
export async function refuseBeyondScopes(
  { contract, registry }: Pick<Services, 'contract' | 'registry'>,
  authority: Authority,
  userId: string,
): Promise<void> {
  const mark = await registry.userMark(userId);
  if (mark?.roles) checkPowerOver(contract.roles, authority, mark.roles);
}
