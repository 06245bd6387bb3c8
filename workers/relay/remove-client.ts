import type { Management } from '../../src/auth0/management.ts';
import type { PendingCleanups } from '../../src/registry/pending-cleanups.ts';

type ClientDeletion = Pick<Management, 'listClientGrants' | 'deleteClientGrant' | 'deleteClient'>;

/** Deletes at Auth0 what belongs to a client that the registry has removed, with its consents and future tokens. */
export async function removeClient(
  { management, clientsToDelete }: { management: ClientDeletion; clientsToDelete: PendingCleanups },
  { clientId }: { clientId: string },
): Promise<null> {
  await deleteClientAndGrants(management, clientId);
  await clientsToDelete.remove(clientId);
  return null;
}

/** The grants first: without them the client gets no more tokens, even if the rest fails. */
export async function deleteClientAndGrants(management: ClientDeletion, clientId: string): Promise<void> {
  for (const grant of await management.listClientGrants(clientId)) await management.deleteClientGrant(grant);
  await management.deleteClient(clientId);
}

/**
 * Completes a client, or deletes it when that fails. After a crash the upkeep deletes it (`clean-up.ts`).
 * @param settled runs after either
 * @throws whatever `complete` throws
 */
export async function orDelete<T>(
  management: Pick<Management, 'deleteClient'>,
  clientId: string,
  complete: () => Promise<T>,
  settled: () => Promise<void> = () => Promise.resolve(),
): Promise<T> {
  const completed = await complete().catch(async (error: unknown) => {
    await management.deleteClient(clientId);
    await settled();
    throw error;
  });
  await settled();
  return completed;
}
