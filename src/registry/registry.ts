/**
 * Who may call, as the request path reads it: Redis, with a memory of half a second. Whatever is revoked there is
 * refused by every process within a second (invariant 3), and a hot client costs two reads a second, not one a request.
 */
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { readClient, readOrigin } from './clients.ts';
import type { RegisteredClient } from './clients.ts';
import { readTenant } from './tenants.ts';
import type { Tenant } from './tenants.ts';

/** Half of the second in which a revocation must be seen. */
const MEMORY_MS = 500;
const MAX_ENTRIES = 10_000;

export interface Registry {
  client(clientId: string): Promise<RegisteredClient | undefined>;
  tenant(id: string): Promise<Tenant | undefined>;
  /** Whether pages of this origin belong to a tenant's single-page app. */
  isRegisteredOrigin(origin: string): Promise<boolean>;
}

export function createRegistry(redis: Redis): Registry {
  const client = remember((id) => readClient(redis, id));
  const tenant = remember((id) => readTenant(redis, id));
  const origin = remember((text) => readOrigin(redis, text));
  return { client, tenant, isRegisteredOrigin: async (text) => (await origin(text)) !== undefined };
}

/** Unknown ids are remembered too, so that guessing them costs Redis little. Concurrent reads of one id share one. */
function remember<T extends object | string>(read: (id: string) => Promise<T | undefined>) {
  const cache = new LRUCache<string, { value: T | undefined }>({
    max: MAX_ENTRIES,
    ttl: MEMORY_MS,
    fetchMethod: async (id) => ({ value: await read(id) }),
  });
  // What is remembered takes the short way: `fetch` makes promises and bookkeeping for it all the same.
  return async (id: string): Promise<T | undefined> => (cache.get(id) ?? (await cache.fetch(id)))?.value;
}
