/** Differences between registry and authority, and how they are told of. */
import type { Redis } from 'ioredis';
import { systemEvent } from '../../src/events/event.ts';
import { listDrifts, saveDrifts } from '../../src/registry/client-store.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import type { AuthorityClient } from './read-authority.ts';

/** One difference. Ids only. */
export interface Drift {
  what:
    /** The registry was lost, and this was entered again. */
    | 'lost_entry'
    /** At the authority, and unknown here. */
    | 'orphan_client'
    /** Here, and unknown at the authority. */
    | 'missing_client'
    /** An API key that may ask for nothing. */
    | 'missing_grant'
    /** An API key that may ask for other scopes than it was made with. What it may do here is what both allow. */
    | 'other_scopes'
    /** An API key with scopes that the API at the authority lacks: no token ever has them. */
    | 'unknown_scopes'
    /** The client of a web app or of an app, or the user that holds a tenant's settings, does not say how it stands. */
    | 'stale_metadata'
    /** A client whose refresh tokens or way to authenticate are weaker than what clients are made with. */
    | 'other_settings'
    /** An app that the authority holds to the older, laxer rules for third parties. */
    | 'permissive_client';
  /** Of settings, the id of the user that holds them. */
  client_id: string;
  /** Of a tenant that the registry knows. */
  tenant_id?: string;
  /** `waits`: for its grace time to be over. `told`: nothing is done about it. */
  done: 'mended' | 'removed' | 'waits' | 'told';
}

/** The ids that tell which client differs, and whose it is. */
export function idsOf(client: AuthorityClient | RegisteredClient): Pick<Drift, 'client_id' | 'tenant_id'> {
  const { tenant_id } =
    'client_metadata' in client ? client.client_metadata : { tenant_id: undefined, ...client };
  return { client_id: client.client_id, tenant_id: typeof tenant_id === 'string' ? tenant_id : undefined };
}

/** Such as `orphan_client.found`, `orphan_client.removed`, `missing_grant.mended`. */
export function driftEvent({ what, client_id, tenant_id, done }: Drift): string {
  const happened = done === 'waits' || done === 'told' ? 'found' : done;
  return systemEvent(`${what}.${happened}`, tenant_id, client_id);
}

/** Changes of the registry, which are told in their own transaction. */
const isToldAlready = ({ what, done }: Drift): boolean =>
  what === 'lost_entry' || (what === 'missing_client' && done === 'removed');

/**
 * Tells of what was done, each time, and of what was only found, once: not again each hour for as long as it lasts.
 * @returns what was not known before
 */
export async function tellDrifts(redis: Redis, drifts: readonly Drift[]): Promise<Drift[]> {
  const found = drifts.filter(({ done }) => done === 'waits' || done === 'told');
  const nameOf = ({ what, client_id }: Drift) => `${what} ${client_id}`;
  const known = await listDrifts(redis);
  const fresh = drifts.filter((drift) => !(found.includes(drift) && known.has(nameOf(drift))));
  const events = fresh.filter((drift) => !isToldAlready(drift)).map(driftEvent);
  await saveDrifts(redis, found.map(nameOf), events);
  return fresh;
}
