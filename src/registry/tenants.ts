import type { Redis } from 'ioredis';
import { redisTimestamp } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { parseStored } from '../redis/replies.ts';
import { defineScript } from '../redis/scripts.ts';
import { KEPT_CHANGES } from './changes.ts';

export interface Limits {
  /** User imports that run at the same time. */
  imports: number;
  api_keys: number;
  /** Of all its callers together. */
  requests_per_minute: number;
  /** Of one API key, one user, or one app for one user. */
  requests_per_minute_per_principal: number;
}

/** What a tenant has for itself, or shares with others. */
export type TenantPart = 'shared' | 'own';

export interface Tenant {
  id: string;
  name: string;
  /** Nobody of it is let in unless it is active. */
  status: 'creating' | 'active' | 'suspended' | 'deleting';
  /** The connection at the authority that its users live in (docs/decisions/0030). */
  connection: string;
  /** Whether other tenants' users live there, too. Older records lack it: ask `databaseOf`. */
  database?: TenantPart;
  /** The connection was made for this tenant, and goes with it. */
  owns_connection?: true;
  /** Client id of its own single-page app. Older records lack it: look for it, unless `shared_web_app`. */
  web_app?: string;
  /** It has no single-page app of its own: its users sign in to the deployment's (WEB_APP_CLIENT_IDS). */
  shared_web_app?: true;
  /** What holds. A limit that is left out is the deployment's own: ask `limitsOf`. */
  limits?: Partial<Limits>;
  /** How far its own people may raise them. */
  max_limits?: Partial<Limits>;
  /** The roles that its callers may give to its users; left out, every role of the contract. */
  assignable_roles?: readonly string[];
  /** Of which its own people may choose those. Left out: `assignable_roles`. */
  allowed_roles?: readonly string[];
  /** Whether third-party apps may act for its users where nothing is said of the app; left out: they may. */
  default_app_access?: 'allow' | 'deny';
  created_at: string;
  /** The relay job that makes it or made it: nobody else's making may go on with it. */
  made_by?: string;
  /** While it is being deleted: what becomes of its users, and since when, ISO 8601. */
  deletion?: { users: 'delete' | 'keep'; since: string };
}

/** Name of the connection that is created for a tenant with a database of its own. */
export const ownConnectionName = (tenantId: string): string => `${tenantId}-users`;

/** Records from before `database` was stored: the connection was created for the tenant, or is named as if. */
export function databaseOf({
  id,
  connection,
  owns_connection,
  database = owns_connection || connection === ownConnectionName(id) ? 'own' : 'shared',
}: Pick<Tenant, 'id' | 'connection' | 'owns_connection' | 'database'>): TenantPart {
  return database;
}

/** As `ownConnectionName` names it, in any case: whether Auth0 compares the case of names is not documented. */
const OWN_CONNECTION = /^(.+)-users$/;

/** @returns the tenant whose own database a connection of this name is */
export async function findDatabaseOwner(redis: Redis, connection: string): Promise<Tenant | undefined> {
  const [, id] = OWN_CONNECTION.exec(connection.toLowerCase()) ?? [];
  const tenant = id === undefined ? undefined : await readTenant(redis, id);
  return tenant && databaseOf(tenant) === 'own' ? tenant : undefined;
}

/** A tenant, and the text that it is stored as. */
export interface StoredTenant {
  tenant: Tenant;
  text: string;
}

/** Whatever it was before. */
const ANY = '*';
const change = defineScript({
  file: new URL('./change-tenant.lua', import.meta.url),
  keys: ['tenants', 'retired', 'changes', 'unwritten', 'outbox'],
  args: ['id', 'from', 'becomes', 'channel', 'maxChanges', 'retiredAt', 'event'],
});

/**
 * @param from `text` of a `StoredTenant` as it was read; '' when there must be none
 * @param to undefined: it goes, and its id is not given again unless `keepId` says so
 * @param event that tells of it, as text
 * @returns `changed meanwhile` when it is not any more as it was read; `retired` when there was one with this id
 */
export async function changeTenant(
  redis: Redis,
  id: string,
  from: string,
  to: Tenant | undefined,
  { keepId = false, event = '' } = {},
): Promise<'done' | 'changed meanwhile' | 'retired'> {
  const done = await change(redis, {
    tenants: keys.tenants,
    retired: keys.retiredTenants,
    changes: keys.registryChanges,
    unwritten: keys.unwrittenTenants,
    outbox: keys.registryOutbox,
    id,
    from,
    becomes: to ? JSON.stringify(to) : '',
    channel: keys.registryChanged,
    maxChanges: KEPT_CHANGES,
    retiredAt: keepId ? '' : redisTimestamp(),
    event,
  });
  return done === 1 ? 'done' : done === 2 ? 'retired' : 'changed meanwhile';
}

/** Whatever was there before. */
export async function saveTenant(redis: Redis, tenant: Tenant): Promise<void> {
  await changeTenant(redis, tenant.id, ANY, tenant);
}

export async function readStoredTenant(redis: Redis, id: string): Promise<StoredTenant | undefined> {
  const text = await redis.hget(keys.tenants, id);
  return text === null ? undefined : { tenant: parseStored<Tenant>(text), text };
}

export async function readTenant(redis: Redis, id: string): Promise<Tenant | undefined> {
  return (await readStoredTenant(redis, id))?.tenant;
}

/** @returns name of the database connection that the tenant shares with others; undefined when it has its own */
export async function readSharedDatabase(redis: Redis, id: string): Promise<string | undefined> {
  const tenant = await readTenant(redis, id);
  return tenant && databaseOf(tenant) === 'shared' ? tenant.connection : undefined;
}

/** Whether there was one that was deleted. */
export async function isRetired(redis: Redis, id: string): Promise<boolean> {
  return (await redis.hexists(keys.retiredTenants, id)) === 1;
}

/** Of tenants that are, and of those that were deleted. */
export async function listKnownTenantIds(redis: Redis): Promise<Set<string>> {
  return new Set([...(await redis.hkeys(keys.tenants)), ...(await redis.hkeys(keys.retiredTenants))]);
}

/** Ids of tenants whose change is still to be written at the authority. */
export const listUnwrittenTenants = (redis: Redis): Promise<string[]> =>
  redis.smembers(keys.unwrittenTenants);

export async function removeUnwrittenTenant(redis: Redis, id: string): Promise<void> {
  await redis.srem(keys.unwrittenTenants, id);
}

/** By id. @param after only those behind this one */
export async function listTenants(redis: Redis, limit: number, after = ''): Promise<Tenant[]> {
  const ids = (await redis.hkeys(keys.tenants)).sort();
  const page = ids.filter((id) => id > after).slice(0, limit);
  if (page.length === 0) return [];
  const texts = await redis.hmget(keys.tenants, ...page);
  return texts.flatMap((text) => parseStored<Tenant>(text) ?? []);
}
