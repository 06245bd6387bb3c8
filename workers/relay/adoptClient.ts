import { Problem } from '../../src/problem.ts';
import type { AdoptClientInput } from '../../src/relay/jobs/adoptClient.ts';
import { toRetriable } from '../failures.ts';
import { adoptingTenant } from './adopt-batch.ts';
import { adoptKey } from './adopt-key.ts';
import { adoptWebApp } from './adopt-web-app.ts';
import { checkOwner } from './check-client-adoption.ts';
import type { Performer } from './performer.ts';

const KINDS = { api_key: 'tenant', web_app: 'user' } as const satisfies Record<
  AdoptClientInput['as'],
  string
>;

/**
 * Entered in the registry first, marked at Auth0 last: a client that is marked and not entered would be taken for an orphan and be deleted.
 * Each step is idempotent, and nothing is undone, because nothing is made: what fails half-way is completed by the same request.
 */
export const adoptClient: Performer<'adoptClient'> = async (context, input, { jobId }) => {
  const { adoptions, management, tenants } = context;
  const { tenantId, clientId, as, ownClients } = input;
  const claim = `client ${clientId}`;
  if (!(await adoptions.claim(jobId, [claim])).has(claim))
    throw new Problem('client_owned', { detail: 'Another adoption is at this client right now.' });
  try {
    const tenant = await adoptingTenant(context, tenantId);
    const client = await management.readClient(clientId);
    if (!client) throw new Problem('unknown_client');
    const registered = await tenants.readClient(clientId);
    checkOwner(client, registered, { tenantId, kind: KINDS[as], ownClients });
    const made = await (as === 'api_key'
      ? adoptKey(context, input, client)
      : adoptWebApp(context, input, tenant, client));
    return { tenantId, clientId, as, dryRun: input.dryRun, ...made };
  } catch (error) {
    throw toRetriable(error);
  } finally {
    await adoptions.release(jobId, claim);
  }
};
