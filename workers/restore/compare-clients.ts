/** API keys and apps of a restored registry become what the authority's metadata say. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { withoutUndefined } from '../../src/contract/without-undefined.ts';
import { changeApiKeys, readApiKey } from '../../src/registry/api-keys.ts';
import type { Apps } from '../../src/registry/apps.ts';
import { appFromMetadata } from '../../src/registry/client-metadata.ts';
import { listClients, saveClient } from '../../src/registry/client-store.ts';
import type { ApiKeyClient, AppClient } from '../../src/registry/clients.ts';
import { removeApiKey } from '../../src/registry/remove-api-key.ts';
import type { Finding } from '../../src/restore/restored-state.ts';
import type { AuthorityState } from '../reconcile/read-authority.ts';
import { linked } from '../reconcile/rebuild.ts';
import { correctedEvent } from './compare-tenants.ts';

interface Parts {
  redis: Redis;
  apps: Apps;
  dryRun: boolean;
}

/** Every key is validated anew at its next use, because its secret may have been rotated. */
export async function compareKeys({ redis, dryRun }: Parts, authority: AuthorityState): Promise<Finding[]> {
  const found: Finding[] = [];
  const { clients, grants } = authority;
  const theirs = new Map(
    linked(
      [...clients.values()].filter(({ kind }) => kind === 'tenant'),
      grants,
    ).map((key) => [key.client_id, key]),
  );
  for (const ours of await listClients(redis)) {
    if (ours.kind !== 'tenant' || !clients.has(ours.client_id)) continue;
    const { client_id: id, tenant_id } = ours;
    const key = theirs.get(id);
    const isSame =
      key !== undefined && stateOf(key) === stateOf({ ...ours, scopes: ours.scopes ?? key.scopes });
    if (!isSame) found.push({ what: key ? 'key_changed' : 'key_ended', id, tenant_id, done: 'applied' });
    if (dryRun) continue;
    if (key) await saveKey(redis, id, key, isSame);
    // The overlap of its rotation is over.
    else await removeApiKey(redis, id, { eventOf: () => correctedEvent(tenant_id, id) });
  }
  return found;
}

/** What the authority knows of it. */
const stateOf = ({
  name,
  scopes = [],
  expires_at,
  allowed_addresses,
  replaces,
  replaced_by,
  retires_at,
}: ApiKeyClient) =>
  JSON.stringify([name, scopes.toSorted(), expires_at, allowed_addresses, replaces, replaced_by, retires_at]);

async function saveKey(redis: Redis, id: string, theirs: ApiKeyClient, isSame: boolean): Promise<void> {
  for (;;) {
    const stored = await readApiKey(redis, id);
    if (!stored) return;
    const { name, scopes, expires_at, allowed_addresses, replaces, replaced_by, retires_at } = theirs;
    const known = { name, scopes, expires_at, allowed_addresses, replaces, replaced_by, retires_at };
    const to = withoutUndefined<ApiKeyClient>({
      ...stored.key,
      ...(!isSame && known),
      recheck: randomUUID(),
    });
    const events = isSame ? [] : [correctedEvent(to.tenant_id, id)];
    if (await changeApiKeys(redis, to.tenant_id, [{ clientId: id, from: stored.text, to }], { events }))
      return;
  }
}

export async function compareApps(
  { redis, apps, dryRun }: Parts,
  { clients, userGrants }: AuthorityState,
): Promise<Finding[]> {
  const found: Finding[] = [];
  const unwritten = new Set(await apps.listUnwritten());
  for (const ours of await listClients(redis)) {
    if (ours.kind !== 'app') continue;
    const { client_id: id } = ours;
    // Its document is at its own address, and decisions on it are here only.
    if (ours.registration === 'metadata_document') {
      found.push({ what: 'app_decision', id, done: 'unknown' });
      continue;
    }
    const client = clients.get(id);
    if (!client) continue;
    const theirs = appFromMetadata(client.client_metadata, client, userGrants.get(id) ?? []);
    if (appState(ours) === appState(theirs) || (unwritten.has(id) && ours.status === 'blocked')) continue;
    found.push({ what: 'app_changed', id, done: 'applied' });
    const { name, scopes, status, status_by, flags, vouched_by, vouch_lapsed_at } = theirs;
    const { statement_issuer, registration_token_hash } = theirs;
    const known = { name, scopes, status, status_by, flags, vouched_by, vouch_lapsed_at };
    const next = withoutUndefined<AppClient>({
      ...ours,
      ...known,
      statement_issuer,
      registration_token_hash,
    });
    if (!dryRun) await saveClient(redis, next, correctedEvent(undefined, id));
  }
  return found;
}

const appState = ({ name, scopes, status, status_by, flags, ...more }: AppClient) => {
  const { vouched_by, vouch_lapsed_at, statement_issuer, registration_token_hash } = more;
  const settings = [name, scopes.toSorted(), status, status_by, flags, vouched_by, vouch_lapsed_at];
  return JSON.stringify([settings, statement_issuer, registration_token_hash]);
};
