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

/**
 * All of it, or nothing: a client that cannot be completed is deleted. What a crash leaves goes with the upkeep (`clean-up.ts`).
 * @param settled runs when either is done
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
