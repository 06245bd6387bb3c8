import type { Management } from '../../src/auth0/management.ts';
import type { DeleteApiKeyInput } from '../../src/relay/jobs/deleteApiKey.ts';
import type { Performer } from './performer.ts';

export const deleteApiKey: Performer<DeleteApiKeyInput, null> = async (
  { management, leaving },
  { clientId },
) => {
  await deleteKeyClient(management, clientId);
  await leaving.remove(clientId);
  return null;
};

/** The grants first: without them the client gets no more tokens, whatever happens to the rest. */
export async function deleteKeyClient(management: Management, clientId: string): Promise<void> {
  for (const grant of await management.listClientGrants(clientId)) await management.deleteClientGrant(grant);
  await management.deleteClient(clientId);
}
