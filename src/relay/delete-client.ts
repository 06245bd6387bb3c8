import { internalFlow } from './fair-queue/flow.ts';
import type { Relay } from './relay.ts';

export interface ClientDeletion {
  operationId: 'deleteApiKey' | 'deleteRegisteredApp';
  /** Owner of the key; left out: the client is an app. */
  tenantId?: string;
  clientId: string;
  requestId: string;
}

/**
 * Deletes a client at Auth0 after the registry has removed it. Not awaited: if the job cannot be submitted, or is lost, the upkeep
 * deletes the client.
 */
export async function deleteClient(relay: Pick<Relay, 'run'>, deletion: ClientDeletion): Promise<void> {
  const { operationId, tenantId, clientId, requestId } = deletion;
  const asked = relay.run({
    operationId,
    tenantId,
    requestId,
    input: { clientId },
    // The request is recorded with the change of the registry.
    event: undefined,
    by: undefined,
    maker: undefined,
    makerUser: undefined,
    subject: undefined,
    flow: internalFlow(tenantId ?? 'apps'),
    idempotency: undefined,
    waitMs: 0,
    signal: new AbortController().signal,
  });
  // The client has no access any more, even if this fails.
  await asked.catch(() => undefined);
}
