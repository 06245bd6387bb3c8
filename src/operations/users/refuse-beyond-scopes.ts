import { checkPowerOver, type Authority } from '../../authorization/roles.ts';
import { personIn, signInOrganizations } from '../../registry/sign-in-organizations.ts';
import type { Services } from '../../services.ts';

/**
 * For the answer to an earlier request: checks the roles that the user has been given since, as far as the registry knows.
 * @throws Problem `user_beyond_scopes`
 */
export async function refuseBeyondScopes(
  { contract, registry }: Pick<Services, 'contract' | 'registry'>,
  authority: Authority & { tenantId: string },
  userId: string,
): Promise<void> {
  const tenant = await registry.tenant(authority.tenantId);
  for (const organization of tenant ? signInOrganizations(tenant) : []) {
    const mark = await registry.userMark(personIn(organization, userId));
    if (mark?.roles) checkPowerOver(contract.roles, authority, mark.roles);
  }
}
