import { internalFlow } from '../../relay/fair-queue/flow.ts';
import type { Services } from '../../services.ts';

/** The authority's half of an app's end: nobody waits for it, and the upkeep does it if the job is lost. */
export async function deleteClient(
  { relay }: Pick<Services, 'relay'>,
  clientId: string,
  requestId: string,
): Promise<void> {
  const asked = relay.run({
    operationId: 'deleteRegisteredApp',
    tenantId: undefined,
    requestId,
    event: undefined,
    by: undefined,
    maker: undefined,
    makerUser: undefined,
    subject: undefined,
    flow: internalFlow('apps'),
    input: { clientId },
    idempotency: undefined,
    waitMs: 0,
    signal: new AbortController().signal,
  });
  // The app is gone here, whatever comes of this.
  await asked.catch(() => undefined);
}
