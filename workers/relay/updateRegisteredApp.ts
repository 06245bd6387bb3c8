import { apiScopesOf, usesSecret } from '../../src/registry/client-registration.ts';
import { toClientChanges, toCredentials } from './app-client.ts';
import type { Performer } from './performer.ts';

const NO_KEYS = { keys: [] };

/** Returns a secret when the app gets its first one. */
export const updateRegisteredApp: Performer<'updateRegisteredApp'> = async (
  { management },
  { clientId, metadata, before, issuedAt },
) => {
  for (const grant of await management.listClientGrants(clientId))
    await management.updateClientGrant(grant, apiScopesOf(metadata));
  await management.updateClient(clientId, toClientChanges(metadata));
  const { jwks = NO_KEYS } = metadata;
  if (JSON.stringify(jwks) !== JSON.stringify(before.jwks ?? NO_KEYS))
    await management.replaceClientKeys(clientId, toCredentials(jwks));
  const outcome = { client_id: clientId, issued_at: issuedAt, metadata };
  if (!usesSecret(metadata) || usesSecret(before)) return outcome;
  // The secret that Auth0 assigned on creation was never disclosed.
  return { ...outcome, client_secret: await management.rotateClientSecret(clientId) };
};
