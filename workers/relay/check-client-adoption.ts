/** Whether a client that exists may become a tenant's. Pure. */
import type { ExistingClient } from '../../src/auth0/management-clients.ts';
import type { ExistingClientGrant } from '../../src/auth0/management-grants.ts';
import { wrongWithOrigin, wrongWithUrl } from '../../src/exact-address.ts';
import { Problem } from '../../src/problem.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import type { WebAppAddresses } from '../../src/relay/jobs/createTenant.ts';

type Kind = 'tenant' | 'user';

/** Auth0's limit. */
const MAX_METADATA = 10;
/** What a rebuild of the registry reads of a key or a web app. */
const READ_NAMES =
  /^(kind|tenant_id|key_id|created_at|created_by|expires_at|addresses_\d+|connection|made_by)$/;

/** @throws Problem `client_owned` */
export function checkOwner(
  { client_id, client_metadata }: ExistingClient,
  registered: RegisteredClient | undefined,
  { tenantId, kind, ownClients }: { tenantId: string; kind: Kind; ownClients: readonly string[] },
): void {
  const owned = (detail: string) => new Problem('client_owned', { detail });
  if (ownClients.includes(client_id))
    throw owned("It is the deployment's own (WEB_APP_CLIENT_IDS, OPERATOR_CLIENT_IDS).");
  if (registered && (registered.kind !== kind || registered.tenant_id !== tenantId))
    throw owned('It is in the registry: as that of another tenant, or as another kind of client.');
  const { kind: marked, tenant_id } = client_metadata;
  const named = (name: string) =>
    owned(`Its client_metadata have another ${name}. If that is a value of yours, rename it.`);
  if (isThere(tenant_id) && tenant_id !== tenantId) throw named('tenant_id');
  if (isThere(marked) && marked !== kind) throw named('kind');
}

/** @returns what is written, besides what is there @throws Problem `client_not_suitable` */
export function metadataToWrite(
  { client_metadata }: ExistingClient,
  wanted: Record<string, string>,
): Record<string, string> {
  // Written by an earlier attempt.
  const isMarked = isThere(client_metadata['kind']);
  const taken = Object.keys(client_metadata).filter((name) => READ_NAMES.test(name) && name !== 'tenant_id');
  if (!isMarked && taken.length > 0)
    throw notSuitable(`Its client_metadata have ${taken.join(', ')} from elsewhere: rename them.`);
  const names = new Set([...Object.keys(client_metadata), ...Object.keys(wanted)]);
  if (names.size > MAX_METADATA)
    throw notSuitable(`Its client_metadata would have ${names.size} members; Auth0 allows ${MAX_METADATA}.`);
  return wanted;
}

/** @throws Problem `client_not_suitable` */
export function checkMachineClient(client: ExistingClient, grants: readonly ExistingClientGrant[]): void {
  checkFirstParty(client);
  const { app_type, grant_types = [], token_endpoint_auth_method: method } = client;
  if (app_type !== 'non_interactive')
    throw notSuitable('It is no machine-to-machine application (app_type).');
  if (!grant_types.includes('client_credentials'))
    throw notSuitable('It may not use the client-credentials grant (grant_types).');
  // A key's secret is exchanged so, and the reconciliation would change another method.
  if (method !== 'client_secret_post')
    throw notSuitable(
      'It must authenticate with a secret in the body: token_endpoint_auth_method "client_secret_post".',
    );
  // Whoever has the secret of such a client can change every tenant's users, whatever this API says.
  if (grants.some(({ audience }) => MANAGEMENT_API.test(audience)))
    throw notSuitable('It has a client grant for the Management API: remove that first.');
}

const MANAGEMENT_API = /\/api\/v2\/?$/;

/** @returns its addresses @throws Problem `client_not_suitable` */
export function checkWebAppClient(client: ExistingClient): WebAppAddresses {
  checkFirstParty(client);
  const { app_type, token_endpoint_auth_method } = client;
  if (app_type !== 'spa') throw notSuitable('It is no single-page application (app_type).');
  if (token_endpoint_auth_method !== 'none')
    throw notSuitable('It authenticates with a secret (token_endpoint_auth_method).');
  const { callbacks = [], web_origins = [], allowed_origins = [], allowed_logout_urls = [] } = client;
  const origins = [...new Set([...web_origins, ...allowed_origins])];
  if (callbacks.length === 0 || origins.length === 0)
    throw notSuitable('It has no callbacks, or no web origins.');
  for (const origin of origins) checkAddress('origin', origin, wrongWithOrigin(origin));
  for (const url of callbacks) checkAddress('callback', url, wrongWithUrl(url));
  for (const url of allowed_logout_urls) checkAddress('logout URL', url, wrongWithUrl(url));
  return { origins, callbackUrls: callbacks, logoutUrls: allowed_logout_urls };
}

function checkFirstParty({ is_first_party }: ExistingClient): void {
  if (is_first_party === false) throw notSuitable("It is a third party's.");
}

function checkAddress(what: string, address: string, wrong: string | undefined): void {
  if (wrong !== undefined) throw notSuitable(`Its ${what} ${address} ${wrong}.`);
}

export const notSuitable = (detail: string): Problem => new Problem('client_not_suitable', { detail });

const isThere = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
