/** The client of an API key at Auth0, which follows the key's entry in the registry. */
import type { KeyChanges } from '../../src/api-keys/changed-key.ts';
import type { ApiKeyClient } from '../../src/registry/clients.ts';
import type { ApiKeysContext } from './performer.ts';

type Context = Pick<ApiKeysContext, 'management' | 'audience'>;

export async function grantScopes(
  { management, audience }: Context,
  clientId: string,
  scopes: readonly string[],
): Promise<void> {
  const grants = await management.listClientGrants(clientId, audience);
  for (const grant of grants) await management.updateClientGrant(grant, [...scopes]);
  if (grants.length === 0) await management.createClientGrant(clientId, audience, [...scopes]);
}

/**
 * Writes what the registry says.
 * @param changes only what is named here is written
 */
export async function writeKeyClient(
  { management, audience }: Context,
  { client_id, name, scopes }: ApiKeyClient,
  changes: KeyChanges,
): Promise<void> {
  if (changes.scopes && scopes) {
    const grants = await management.listClientGrants(client_id, audience);
    for (const grant of grants) await management.updateClientGrant(grant, [...scopes]);
    if (grants.length === 0) await management.createClientGrant(client_id, audience, [...scopes]);
  }
  if (changes.name !== undefined) await management.renameClient(client_id, name);
}
