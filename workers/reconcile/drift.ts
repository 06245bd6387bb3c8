/** Differences between registry and authority, and their events. */
import type { Redis } from 'ioredis';
import { systemEvent } from '../../src/events/event.ts';
import { listDrifts, saveDrifts } from '../../src/registry/client-store.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import type { AuthorityClient } from './read-authority.ts';

/** One difference. Contains ids only. */
export interface Drift {
  what:
    /** The registry was lost, and this entry was restored. */
    | 'lost_entry'
    /** Exists at the authority, but not in the registry. */
    | 'orphan_client'
    /** Exists in the registry, but not at the authority. */
    | 'missing_client'
    /** An API key without a client grant. */
    | 'missing_grant'
    /** An API key whose client grant has other scopes than it was created with. It may use the intersection of both. */
    | 'other_scopes'
    /** An API key with scopes that the API at the authority does not define: no token has them. */
    | 'unknown_scopes'
    /** Outdated metadata of a web app's or app's client, of the user with a tenant's settings, or of an organization. */
    | 'stale_metadata'
    /** A client whose refresh token settings or authentication method are weaker than those of new clients. */
    | 'other_settings'
    /** An app in the authority's permissive security mode for third parties. */
    | 'permissive_client'
    /** A tenant's organization does not exist at the authority. */
    | 'missing_organization'
    /** A tenant's organization names another tenant in its metadata. */
    | 'foreign_organization'
    /** An organization that was created here names a tenant that the registry does not know. */
    | 'orphan_organization'
    /** A tenant's organization blocks third-party apps. */
    | 'blocks_apps'
    /** Whoever signs in to a tenant's organization by a database with others' users becomes a member. */
    | 'joined_by_login'
    /** The web app of tenants that are organizations, own or shared, does not let users sign in to organizations. */
    | 'denies_organizations'
    /** Organizations cannot be compared: the workers' client lacks this scope. */
    | 'missing_scope';
  /** For a tenant's settings, the id of the user that stores them; for an organization, its id; for a missing scope, the scope. */
  client_id: string;
  /** A tenant in the registry. */
  tenant_id?: string;
  /** `mended`: repaired. `waits`: until its grace time is over. `told`: only reported. */
  done: 'mended' | 'removed' | 'waits' | 'told';
}

/** Ids of a differing client and its tenant. */
export function idsOf(client: AuthorityClient | RegisteredClient): Pick<Drift, 'client_id' | 'tenant_id'> {
  const { tenant_id } =
    'client_metadata' in client ? client.client_metadata : { tenant_id: undefined, ...client };
  return { client_id: client.client_id, tenant_id: typeof tenant_id === 'string' ? tenant_id : undefined };
}

/** @returns the event as JSON text, of a type such as `orphan_client.found`, `orphan_client.removed`, `missing_grant.mended` */
export function driftEvent({ what, client_id, tenant_id, done }: Drift): string {
  const happened = done === 'waits' || done === 'told' ? 'found' : done;
  return systemEvent(`${what}.${happened}`, tenant_id, client_id);
}

/** Changes of the registry record their event in their own transaction. */
const isRecordedAlready = ({ what, done }: Drift): boolean =>
  what === 'lost_entry' || (what === 'missing_client' && done === 'removed');

/**
 * Records an event for each repair and removal, and one for each difference that was only found: not again each hour while it lasts.
 * @returns the differences that the previous run had not reported
 */
export async function recordDrifts(redis: Redis, drifts: readonly Drift[]): Promise<Drift[]> {
  const found = drifts.filter(({ done }) => done === 'waits' || done === 'told');
  const nameOf = ({ what, client_id }: Drift) => `${what} ${client_id}`;
  const known = await listDrifts(redis);
  const fresh = drifts.filter((drift) => !(found.includes(drift) && known.has(nameOf(drift))));
  const events = fresh.filter((drift) => !isRecordedAlready(drift)).map(driftEvent);
  await saveDrifts(redis, found.map(nameOf), events);
  return fresh;
}
