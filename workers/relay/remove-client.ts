import type { Management } from '../../src/auth0/management.ts';
import type { PendingCleanups } from '../../src/registry/pending-cleanups.ts';

type ClientDeletion = Pick<Management, 'listClientGrants' | 'deleteClientGrant' | 'deleteClient'>;

/** What the authority knows of a client that the registry has forgotten already: with it go consents and tokens to come. */
export async function removeClient(
  { management, leaving }: { management: ClientDeletion; leaving: PendingCleanups },
  { clientId }: { clientId: string },
): Promise<null> {
  await deleteClientAndGrants(management, clientId);
  await leaving.remove(clientId);
  return null;
}

/** The grants first: without them the client gets no more tokens, whatever happens to the rest. */
export async function deleteClientAndGrants(management: ClientDeletion, clientId: string): Promise<void> {
  for (const grant of await management.listClientGrants(clientId)) await management.deleteClientGrant(grant);
  await management.deleteClient(clientId);
}
