/**
 * Creates a client, its grant and its entry in the registry, or none of them. Until it is entered the key gives no access; after a crash
 * the upkeep deletes what is on the list of unfinished keys (`clean-up.ts`).
 */
import { apiKeyHash } from '../../src/secrets/keyed-hash.ts';
import { writeCreation } from '../../src/registry/client-metadata.ts';
import type { ApiKeyClient } from '../../src/registry/clients.ts';
import type { CreateApiKeyInput, NewApiKeyOutcome } from '../../src/relay/jobs/createApiKey.ts';
import { orDelete } from './remove-client.ts';
import { findKeyClients } from './find-marked-clients.ts';
import type { ApiKeysContext, Try } from './performer.ts';
import { redisTimestamp } from '../../src/redis/clock.ts';

/** Most characters of a value in client metadata (Auth0 docs, "Configure application metadata"). */
const MAX_VALUE = 255;

/** A new key of this tenant. */
export interface NewKey extends CreateApiKeyInput {
  tenantId: string;
}

/** @param enter adds the key to the registry, and returns its entry. @throws whatever `enter` throws, after the client was deleted */
export async function makeApiKey(
  context: ApiKeysContext,
  wanted: NewKey,
  { mayHaveRun }: Pick<Try, 'mayHaveRun'>,
  enter: (key: ApiKeyClient) => Promise<ApiKeyClient>,
): Promise<NewApiKeyOutcome> {
  const { management, audience, unfinishedKeys, keyedHash } = context;
  // The secret was lost with the answer, so what an earlier attempt created is useless.
  if (mayHaveRun) await removeEarlier(context, wanted.keyId);
  await unfinishedKeys.add(wanted.keyId);
  const created_at = redisTimestamp();
  const client_metadata = metadataOf(wanted, created_at);
  const client = await management.createMachineClient({ name: wanted.name, client_metadata });
  const { client_id, client_secret } = client;
  const complete = async () => {
    if (client_secret === undefined) throw new Error('the authority made a client without a secret');
    const secret_hash = apiKeyHash(keyedHash, client_id, client_secret);
    const key = { ...toKey(wanted, client_id, created_at), secret_hash };
    await management.createClientGrant(client_id, audience, wanted.scopes);
    return { key: await enter(key), client_secret };
  };
  return orDelete(management, client_id, complete, () => unfinishedKeys.remove(wanted.keyId));
}

/** Deletes what earlier attempts created for this key. */
export async function removeEarlier(context: ApiKeysContext, keyId: string): Promise<void> {
  for (const { client_id } of await findKeyClients(context.management, [keyId])) {
    await context.removeKey(client_id);
    await context.management.deleteClient(client_id);
  }
}

export function toKey(wanted: NewKey, client_id: string, created_at: string): ApiKeyClient {
  const { tenantId, name, scopes, createdBy, expiresAt, allowedAddresses } = wanted;
  return {
    kind: 'tenant',
    tenant_id: tenantId,
    client_id,
    name,
    scopes,
    created_at,
    created_by: createdBy,
    expires_at: expiresAt,
    allowed_addresses: allowedAddresses,
  };
}

/** Everything that is needed to rebuild the registry from Auth0. */
export function metadataOf(wanted: NewKey, created_at: string): Record<string, string> {
  const { tenantId, keyId, createdBy, expiresAt, allowedAddresses = [], replaces } = wanted;
  return {
    kind: 'tenant',
    tenant_id: tenantId,
    key_id: keyId,
    created_at: writeCreation(created_at, replaces),
    ...(createdBy === undefined
      ? {}
      : { created_by: `${createdBy.kind} ${createdBy.id}`.slice(0, MAX_VALUE) }),
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
    ...Object.fromEntries(lines(allowedAddresses).map((line, index) => [`addresses_${index}`, line])),
  };
}

/** Packs ranges into as few values as possible: twenty of maximum length need four. */
function lines(ranges: readonly string[]): string[] {
  const found: string[] = [];
  for (const range of ranges) {
    const last = found.at(-1);
    if (last !== undefined && last.length + 1 + range.length <= MAX_VALUE)
      found[found.length - 1] = `${last} ${range}`;
    else found.push(range);
  }
  return found;
}
