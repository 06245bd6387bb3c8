import type { ApiConfig } from '../../config.ts';
import { randomUUID } from 'node:crypto';
import { limitsOf } from '../../authorization/tenant-settings.ts';
import { retyped } from '../../events/event.ts';
import { Problem } from '../../problem.ts';
import { checkNewApiKey } from '../api-keys/check-new-api-key.ts';
import { changedCall, type Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { adoptingTenant } from './adopting-tenant.ts';

const SHARED = 'Users of this tenant sign in to the web app of the deployment (WEB_APP_CLIENT_IDS).';

export const adoptClient: Operation<'adoptClient', 'config' | 'tenants' | Relaying> = async (call) => {
  const { body, path, query, services } = call;
  const tenant = await adoptingTenant(services, path.tenant_id);
  if (body.as === 'api_key') checkNewApiKey(services.contract, body);
  // Its users sign in to the deployment's web app, and a token of another one would be refused.
  else if (tenant.shared_web_app) throw new Problem('web_app_shared', { detail: SHARED });
  const dryRun = query.dry_run ?? false;
  const input = {
    tenantId: tenant.id,
    clientId: body.client_id,
    as: body.as,
    scopes: body.scopes,
    knownScopes: services.contract.scopes,
    allowedAddresses: body.allowed_addresses && [...body.allowed_addresses],
    limit: limitsOf(tenant, services.tenants.defaults).api_keys,
    ownClients: deploymentClients(services.config),
    keyId: randomUUID(),
    dryRun,
  };
  if (!dryRun) return relayed(call, input, toAnswer);
  const event = retyped(call.event, 'client.adoption_previewed');
  return relayed(changedCall(call, { event }), input, toAnswer);
};

export const toAnswer: RelayedAnswer<'adoptClient'> = (made) => ({
  status: 200,
  body: {
    tenant_id: made.tenantId,
    client_id: made.clientId,
    as: made.as,
    outcome: made.outcome,
    dry_run: made.dryRun,
    name: made.name,
    scopes: made.scopes,
    added_scopes: made.addedScopes,
    removed_scopes: made.removedScopes,
    origins: made.origins,
  },
});

const deploymentClients = ({
  CONSOLE_CLIENT_ID,
  OPERATOR_CLIENT_IDS,
  WEB_APP_CLIENT_IDS,
}: ApiConfig): string[] => [
  ...WEB_APP_CLIENT_IDS,
  ...OPERATOR_CLIENT_IDS,
  ...(CONSOLE_CLIENT_ID === undefined ? [] : [CONSOLE_CLIENT_ID]),
];
