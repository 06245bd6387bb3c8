import { internalFlow } from './fair-queue/flow.ts';
import type { Relay } from './relay.ts';

export interface ClientDeletion {
  operationId: 'deleteApiKey' | 'deleteRegisteredApp';
  /** Whose key it is; left out: it is an app. */
  tenantId?: string;
  clientId: string;
  requestId: string;
}

/**
 * The authority's half of a client's end, which the registry does not have any more: nobody waits for it, and the upkeep does it if
 * it cannot be asked for, or its job is lost.
 */
export async function deleteClient(relay: Pick<Relay, 'run'>, deletion: ClientDeletion): Promise<void> {
  const { operationId, tenantId, clientId, requestId } = deletion;
  const asked = relay.run({
    operationId,
    tenantId,
    requestId,
    input: { clientId },
    // What its caller asked for is recorded with the change of the registry.
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
  // The client opens nothing any more, whatever comes of this.
  await asked.catch(() => undefined);
}
