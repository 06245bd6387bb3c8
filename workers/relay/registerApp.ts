import type { Auth0Client } from '../../src/auth0/management-clients.ts';
import { apiScopesOf, usesSecret } from '../../src/registry/client-registration.ts';
import { ALLOW_ORGANIZATIONS, toClient } from './app-client.ts';
import { deleteClientAndGrants } from './remove-client.ts';
import { findAppClients } from './find-marked-clients.ts';
import type { AppsContext, Performer } from './performer.ts';
import { redisTimestamp } from '../../src/redis/clock.ts';
import { issuedAtOf } from '../../src/registry/apps.ts';

/**
 * Steps 2 and 3 of a registration (`RegistrationSaga`): a client without a grant would only use up the account's limit. After a crash the
 * client is found by the registration's id.
 */
export const registerApp: Performer<'registerApp'> = async (context, input, { mayHaveRun }) => {
  const { audience, keyedHash, management, registrations } = context;
  const { registrationId, metadata, entry, forOrganizations } = input;
  // The secret was lost with the answer, so what an earlier attempt created is useless.
  if (mayHaveRun) await removeEarlier(context, registrationId);
  const secretOf = (client: Auth0Client) => (usesSecret(metadata) ? client.client_secret : undefined);
  const { app, client } = await registrations.enter(registrationId, metadata, {
    create: () =>
      management.createThirdPartyClient({
        ...toClient(metadata, registrationId, entry),
        ...(forOrganizations && ALLOW_ORGANIZATIONS),
      }),
    async finish(client) {
      const { client_id } = client;
      const secret = secretOf(client);
      const created_at = redisTimestamp();
      const secret_hash =
        secret === undefined ? undefined : keyedHash('app-secret', `${client_id}:${secret}`);
      await management.createUserGrantOf(client_id, audience, apiScopesOf(metadata));
      return { ...entry, client_id, created_at, secret_hash };
    },
    remove: (client) => management.deleteClient(client.client_id),
  });
  return {
    client_id: app.client_id,
    client_secret: secretOf(client),
    issued_at: issuedAtOf(app),
    metadata,
  };
};

async function removeEarlier(
  { apps, clientsToDelete, management }: AppsContext,
  registrationId: string,
): Promise<void> {
  for (const { client_id } of await findAppClients(management, [registrationId])) {
    await apps.remove(client_id);
    await deleteClientAndGrants(management, client_id);
    await clientsToDelete.remove(client_id);
  }
}
