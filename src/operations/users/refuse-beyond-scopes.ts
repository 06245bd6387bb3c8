import { checkPowerOver, type Authority } from '../../authorization/roles.ts';
import type { Services } from '../../services.ts';

/**
 * Of what was done for a user before: the registry knows the roles that it was given since.
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
