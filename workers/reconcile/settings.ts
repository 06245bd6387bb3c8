/** Compares security settings of clients at the authority with those of new clients, and repairs them. */
import type { Management } from '../../src/auth0/management.ts';
import { REFRESH_TOKENS } from '../../src/auth0/refresh-tokens.ts';
import { idAtAuthority, type Apps } from '../../src/registry/apps.ts';
import type { AppAuthMethod } from '../../src/registry/client-registration.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import { idsOf, type Drift } from './drift.ts';
import type { AuthorityState, ListedClient } from './read-authority.ts';

interface Parts {
  apps: Apps;
  management: Management;
  dryRun: boolean;
}

/** A security mode cannot be changed (Auth0 docs, "Permissive mode"), so it is only reported. */
export async function repairSettings(
  { apps, management, dryRun }: Parts,
  registry: readonly RegisteredClient[],
  { listed }: Pick<AuthorityState, 'listed'>,
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  for (const entry of registry) {
    const client = listed.get(idAtAuthority(entry));
    if (!client) continue;
    const of = idsOf(entry);
    if (entry.kind === 'app' && isPermissive(client))
      drifts.push({ what: 'permissive_client', ...of, done: 'told' });
    const changes = changesTo(client, entry.kind, await methodOf(apps, entry));
    if (Object.keys(changes).length === 0) continue;
    if (!dryRun) await management.updateClient(client.client_id, changes);
    drifts.push({ what: 'other_settings', ...of, done: dryRun ? 'told' : 'mended' });
  }
  return drifts;
}

const isPermissive = ({ third_party_security_mode: mode }: ListedClient): boolean =>
  mode !== undefined && mode !== 'strict';

/** @returns its authentication method at the token endpoint; undefined: unknown after a rebuild */
async function methodOf(apps: Apps, entry: RegisteredClient): Promise<AppAuthMethod | undefined> {
  if (entry.kind === 'user') return 'none';
  if (entry.kind === 'tenant') return 'client_secret_post';
  return (await apps.readMetadata(entry.client_id))?.token_endpoint_auth_method;
}

/** Changes to settings that are weaker than those of new clients. Shorter lifetimes and a leeway are the operator's choice. */
function changesTo(
  client: ListedClient,
  kind: RegisteredClient['kind'],
  method: AppAuthMethod | undefined,
): Record<string, unknown> {
  const refresh = kind === 'tenant' || isAsSafe(client) ? {} : { refresh_token: REFRESH_TOKENS };
  // Auth0 allows either keys (client_authentication_methods) or token_endpoint_auth_method. The keys themselves are compared on change.
  const isKeyed = method === 'private_key_jwt' || method === undefined;
  const isSame = isKeyed || client.token_endpoint_auth_method === method;
  if (isSame) return refresh;
  const keys = client.client_authentication_methods ? { client_authentication_methods: null } : {};
  return { ...refresh, ...keys, token_endpoint_auth_method: method };
}

function isAsSafe({ refresh_token: has }: ListedClient): boolean {
  return (
    has?.rotation_type === REFRESH_TOKENS.rotation_type &&
    has.expiration_type === REFRESH_TOKENS.expiration_type &&
    has.infinite_token_lifetime !== true &&
    has.infinite_idle_token_lifetime !== true &&
    Number(has.token_lifetime ?? 0) <= REFRESH_TOKENS.token_lifetime &&
    Number(has.idle_token_lifetime ?? 0) <= REFRESH_TOKENS.idle_token_lifetime
  );
}
