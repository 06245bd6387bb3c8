import type { Management, NewAuth0Client } from '../../src/auth0/management.ts';
import type { AppMetadata, RegisterAppInput, RegisterAppOutcome } from '../../src/relay/jobs/registerApp.ts';
import { findMarkedClients } from './find-marked-clients.ts';
import { nameLimit } from './name-limit.ts';
import type { Performer } from './performer.ts';

/** A client and its grant, or neither: a client that may ask for nothing only fills the account's limit. */
export const registerApp: Performer<RegisterAppInput, RegisterAppOutcome> = async (
  bench,
  input,
  { mayBeDone },
) => {
  const { management, audience, saveClient } = bench;
  const { registrationId, metadata } = input;
  // Its secret was in the answer that was lost, so what an earlier try made is of no use any more.
  if (mayBeDone) await removeEarlier(management, registrationId);
  const client = await management.createThirdPartyClient(toClient(metadata, registrationId)).catch(nameLimit);
  const issued_at = Math.floor(Date.now() / 1000);
  try {
    await management.createUserGrantOf(client.client_id, audience, metadata.scope.split(' ').filter(Boolean));
    await saveClient({
      client_id: client.client_id,
      kind: 'app',
      name: metadata.client_name,
      created_at: new Date(issued_at * 1000).toISOString(),
    });
  } catch (error) {
    await management.deleteClient(client.client_id);
    throw error;
  }
  return {
    client_id: client.client_id,
    ...(metadata.token_endpoint_auth_method === 'none' ? {} : { client_secret: client.client_secret! }),
    issued_at,
    metadata,
  };
};

function toClient(metadata: AppMetadata, registrationId: string): NewAuth0Client {
  return {
    name: metadata.client_name,
    callbacks: metadata.redirect_uris,
    token_endpoint_auth_method: metadata.token_endpoint_auth_method,
    app_type: metadata.application_type === 'native' ? 'native' : 'regular_web',
    ...(metadata.logo_uri ? { logo_uri: metadata.logo_uri } : {}),
    client_metadata: { kind: 'app', registration_id: registrationId },
  };
}

async function removeEarlier(management: Management, registrationId: string): Promise<void> {
  const stale = await findMarkedClients(
    (page, perPage) => management.listThirdPartyClients(page, perPage),
    (metadata) => metadata['registration_id'] === registrationId,
  );
  for (const client of stale) await management.deleteClient(client.client_id);
}
