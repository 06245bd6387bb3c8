import { randomUUID } from 'node:crypto';
import { sameScopes } from '../../src/api-keys/changed-key.ts';
import type { ExistingClient } from '../../src/auth0/management-clients.ts';
import { Problem } from '../../src/problem.ts';
import { redisTimestamp } from '../../src/redis/clock.ts';
import { entryOf, type StoredApiKey } from '../../src/registry/api-keys.ts';
import type { AdoptClientInput, AdoptClientOutcome } from '../../src/relay/jobs/adoptClient.ts';
import { checkMachineClient, metadataToWrite, notSuitable } from './check-client-adoption.ts';
import { metadataOf, toKey, type NewKey } from './make-api-key.ts';
import type { ManagementContext } from './performer.ts';
import { checkScopesExist } from './scopes-exist.ts';

type Made = Omit<AdoptClientOutcome, 'tenantId' | 'clientId' | 'as' | 'dryRun'>;

/** An existing machine client becomes an API key: whoever has its secret has the key. @throws Problem */
export async function adoptKey(
  context: ManagementContext,
  input: AdoptClientInput,
  client: ExistingClient,
): Promise<Made> {
  const { management, audience, readKey } = context;
  const { clientId, dryRun, tenantId } = input;
  const all = await management.readClientGrants(clientId);
  checkMachineClient(client, all);
  const grants = all.filter((grant) => grant.audience === audience);
  const granted = [...new Set(grants.flatMap(({ scope }) => scope))];
  const entered = await readKey(clientId);
  const scopes = chooseScopes(input, granted, entered);
  const wanted = toNewKey(input, client, scopes);
  const metadata = metadataToWrite(client, metadataOf(wanted, entered?.key.created_at ?? redisTimestamp()));

  const isMarked = client.client_metadata['kind'] === metadata['kind'];
  const outcome = entered && isMarked && sameScopes(granted, scopes) ? 'already' : 'adopted';
  const made: Made = {
    outcome,
    name: wanted.name,
    scopes,
    addedScopes: scopes.filter((scope) => !granted.includes(scope)),
    removedScopes: granted.filter((scope) => !scopes.includes(scope)),
  };
  if (outcome === 'already') return made;
  await checkScopesExist(context, scopes);
  if (dryRun) return made;

  if (!entered) await enter(context, input, wanted);
  for (const grant of grants)
    if (!sameScopes(grant.scope, scopes)) await management.updateClientGrant(grant.id, scopes);
  if (grants.length === 0) await management.createClientGrant(clientId, audience, scopes);
  // Those of an earlier attempt stay.
  if (!isMarked) await management.updateClient(clientId, { client_metadata: metadata });
  await forgetEarlierChecks(context, tenantId, clientId);
  return made;
}

/** @throws Problem `client_not_suitable` */
function chooseScopes(
  { scopes: asked, knownScopes }: AdoptClientInput,
  granted: readonly string[],
  entered: StoredApiKey | undefined,
): string[] {
  const entry = entered?.key.scopes;
  if (entry && asked && !sameScopes(entry, asked))
    throw notSuitable('It is a key of this tenant already: change its scopes as those of a key.');
  const scopes = entry ?? asked ?? granted.filter((scope) => knownScopes.includes(scope));
  if (scopes.length === 0)
    throw notSuitable('It has no client grant with scopes of this API: say which scopes the key is to have.');
  return [...scopes];
}

function toNewKey(
  { tenantId, keyId, allowedAddresses, limit }: AdoptClientInput,
  { name = 'API key' }: ExistingClient,
  scopes: string[],
): NewKey {
  return { tenantId, keyId, name, scopes, limit, ...(allowedAddresses && { allowedAddresses }) };
}

/** @throws Problem `client_owned`, `tenant_busy`, `api_key_limit_reached` */
async function enter(
  { changeKeys }: ManagementContext,
  { clientId, limit }: AdoptClientInput,
  wanted: NewKey,
): Promise<void> {
  const key = toKey(wanted, clientId, redisTimestamp());
  if (!(await changeKeys(wanted.tenantId, [entryOf(key)], { limit })))
    throw new Problem('client_owned', { internal: 'entered by somebody else meanwhile' });
}

/** A token from before the client was marked does not name the tenant. */
async function forgetEarlierChecks(
  { changeKeys, readKey }: ManagementContext,
  tenantId: string,
  clientId: string,
): Promise<void> {
  for (let stored: StoredApiKey | undefined; (stored = await readKey(clientId));) {
    const to = { ...stored.key, recheck: randomUUID() };
    if (await changeKeys(tenantId, [{ clientId, from: stored.text, to }])) return;
  }
}
