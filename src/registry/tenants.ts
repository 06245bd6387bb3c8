import type { Redis } from 'ioredis';
import { redisTimestamp } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { parseStored, toPairs } from '../redis/replies.ts';
import { defineScript } from '../redis/scripts.ts';
import type { ChangeOver } from './change-over.ts';
import { KEPT_CHANGES } from './changes.ts';

export interface Limits {
  /** User imports that run at the same time. */
  imports: number;
  api_keys: number;
  /** Limit of all its callers together. */
  requests_per_minute: number;
  /** Limit of one API key, one user, or one app for one user. */
  requests_per_minute_per_principal: number;
}

/** Whether a tenant shares a database or web app with others, or has its own. */
export type TenantPart = 'shared' | 'own';

export interface Tenant {
  id: string;
  name: string;
  /** Its callers are accepted only while it is active. */
  status: 'creating' | 'active' | 'suspended' | 'deleting';
  /** The connection of its users at the authority (docs/decisions/0030). */
  connection: string;
  /** Whether the connection has other tenants' users, too. Missing in older records: use `databaseOf`. */
  database?: TenantPart;
  /** The connection was created for this tenant, and is deleted with it. */
  owns_connection?: true;
  /** Client id of its own single-page app. Missing in older records: find it by `findWebApps`, unless `shared_web_app`. */
  web_app?: string;
  /** It has no single-page app of its own: its users sign in to the deployment's (WEB_APP_CLIENT_IDS). */
  shared_web_app?: true;
  /** Its organization at the authority, `org_…`: its users are members, and sign in to it. Omitted: it is none. */
  organization?: string;
  /** The organization was created for this tenant, and is deleted with it. */
  owns_organization?: true;
  /** Limits in force. An omitted limit defaults to the deployment's: use `limitsOf`. */
  limits?: Partial<Limits>;
  /** Upper bounds for its own admins. */
  max_limits?: Partial<Limits>;
  /** Roles that its callers may assign to its users; omitted: every role of the contract. */
  assignable_roles?: readonly string[];
  /** Roles from which its own admins may choose `assignable_roles`. Omitted: `assignable_roles`. */
  allowed_roles?: readonly string[];
  /** Whether third-party apps may act for its users without a decision on the app; omitted: they may. */
  default_app_access?: 'allow' | 'deny';
  /** Of its users' email addresses, lower case; no two tenants have the same one. */
  email_domains?: readonly string[];
  created_at: string;
  /** The relay job that creates or created it: no other job may continue its provisioning. */
  made_by?: string;
  /** While it is being deleted: whether its users are deleted, and since when, ISO 8601. */
  deletion?: { users: 'delete' | 'keep'; since: string };
  /** While it changes over to the shared web app or to an organization; for a time, both ways are accepted then. */
  change_over?: ChangeOver;
}

/** Name of the connection that is created for a tenant with a database of its own. */
export const ownConnectionName = (tenantId: string): string => `${tenantId}-users`;

/** In records from before `database` was stored, a connection created for the tenant, or named like one, is its own. */
export function databaseOf({
  id,
  connection,
  owns_connection,
  database = owns_connection || connection === ownConnectionName(id) ? 'own' : 'shared',
}: Pick<Tenant, 'id' | 'connection' | 'owns_connection' | 'database'>): TenantPart {
  return database;
}

/** A name by `ownConnectionName`, case-insensitive: whether Auth0 distinguishes case is not documented. */
const OWN_CONNECTION = /^(.+)-users$/;

/** @returns the tenant that owns the database connection of this name */
export async function findDatabaseOwner(redis: Redis, connection: string): Promise<Tenant | undefined> {
  const [, id] = OWN_CONNECTION.exec(connection.toLowerCase()) ?? [];
  const tenant = id === undefined ? undefined : await readTenant(redis, id);
  return tenant && databaseOf(tenant) === 'own' ? tenant : undefined;
}

/** A tenant, and its stored JSON text. */
export interface StoredTenant {
  tenant: Tenant;
  text: string;
}

/** Matches any previous value. */
const ANY = '*';
const change = defineScript({
  file: new URL('./change-tenant.lua', import.meta.url),
  keys: ['tenants', 'retired', 'changes', 'unwritten', 'outbox', 'domains', 'organized', 'changing'],
  args: ['id', 'from', 'becomes', 'channel', 'maxChanges', 'retiredAt', 'event'],
});

/**
 * @param from expected value: `text` of a `StoredTenant`; '' if none may exist
 * @param to undefined: remove it; its id is never assigned again unless `keepId`
 * @param event JSON text
 * @returns `changed meanwhile` when it has changed since it was read; `retired` when a deleted tenant had this id; `domain taken` when
 * another tenant has one of its email domains. Then nothing is changed
 */
export async function changeTenant(
  redis: Redis,
  id: string,
  from: string,
  to: Tenant | undefined,
  { keepId = false, event = '' } = {},
): Promise<TenantChange> {
  const done = await change(redis, {
    tenants: keys.tenants,
    retired: keys.retiredTenants,
    changes: keys.registryChanges,
    unwritten: keys.unwrittenTenants,
    outbox: keys.registryOutbox,
    domains: keys.emailDomains,
    organized: keys.tenantsWithOrganization,
    changing: keys.tenantsChangingOver,
    id,
    from,
    becomes: to ? JSON.stringify(to) : '',
    channel: keys.registryChanged,
    maxChanges: KEPT_CHANGES,
    retiredAt: keepId ? '' : redisTimestamp(),
    event,
  });
  return RESULTS[Number(done)] ?? 'changed meanwhile';
}

/** Indexed by the number that `change-tenant.lua` returns. */
const RESULTS = ['changed meanwhile', 'done', 'retired', 'domain taken'] as const;
export type TenantChange = (typeof RESULTS)[number];

/** Replaces any previous entry. */
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

/** @param domain of email addresses, in lower case. @returns the id of the tenant that has it */
export async function findByEmailDomain(redis: Redis, domain: string): Promise<string | undefined> {
  return (await redis.hget(keys.emailDomains, domain)) ?? undefined;
}

/** Whether the tenants' users sign in by several connections or organizations. Stops reading at the second one. */
export async function hasSeveralSignIns(redis: Redis): Promise<boolean> {
  const found = new Set<string>();
  for await (const { connection, organization = '' } of eachTenant(redis)) {
    found.add(`${organization} ${connection}`);
    if (found.size > 1) return true;
  }
  return false;
}

const isOrganized = ({ organization, change_over }: Tenant): boolean =>
  organization !== undefined || change_over?.organization !== undefined;

/** Whether a tenant is an organization, or is becoming one. */
export async function hasOrganizations(redis: Redis): Promise<boolean> {
  await untilIndexed(redis);
  return (await redis.scard(keys.tenantsWithOrganization)) > 0;
}

/** Tenants that are organizations, or are becoming one. */
export async function listWithOrganization(redis: Redis): Promise<Tenant[]> {
  await untilIndexed(redis);
  return (await readTenants(redis, await redis.smembers(keys.tenantsWithOrganization))).filter(isOrganized);
}

/** Tenants with a `change_over`. */
export async function listChangingOver(redis: Redis): Promise<Tenant[]> {
  await untilIndexed(redis);
  const found = await readTenants(redis, await redis.smembers(keys.tenantsChangingOver));
  return found.filter(({ change_over }) => change_over !== undefined);
}

/**
 * Lists in these sets what a version wrote that did not keep them. Whoever leaves a set meanwhile and is listed again is left out by the
 * readers.
 */
export async function indexTenants(redis: Redis, tenants: readonly Tenant[]): Promise<void> {
  for (const [key, isIn] of [
    [keys.tenantsWithOrganization, isOrganized],
    [keys.tenantsChangingOver, ({ change_over }: Tenant) => change_over !== undefined],
  ] as const) {
    const ids = tenants.filter(isIn).map(({ id }) => id);
    if (ids.length > 0) await redis.sadd(key, ...ids);
  }
}

const indexed = new WeakMap<Redis, Promise<void>>();

/** Once in each process, all tenants are read; `reconcile` repeats it, in case an older version runs beside this one. */
function untilIndexed(redis: Redis): Promise<void> {
  const known = indexed.get(redis);
  if (known) return known;
  const work = (async () => {
    for await (const tenant of eachTenant(redis)) await indexTenants(redis, [tenant]);
  })();
  indexed.set(redis, work);
  work.catch(() => indexed.delete(redis));
  return work;
}

/** In no order; a tenant that changes meanwhile may come twice. */
async function* eachTenant(redis: Redis): AsyncGenerator<Tenant> {
  let cursor = '0';
  do {
    const [next, flat] = await redis.hscan(keys.tenants, cursor, 'COUNT', SCAN_COUNT);
    for (const [, text] of toPairs(flat)) yield parseStored<Tenant>(text);
    cursor = next;
  } while (cursor !== '0');
}

const SCAN_COUNT = 200;

/** Whether a deleted tenant had this id. */
export async function isRetired(redis: Redis, id: string): Promise<boolean> {
  return (await redis.hexists(keys.retiredTenants, id)) === 1;
}

/** Ids of existing and of deleted tenants. */
export async function listKnownTenantIds(redis: Redis): Promise<Set<string>> {
  return new Set([...(await redis.hkeys(keys.tenants)), ...(await redis.hkeys(keys.retiredTenants))]);
}

/** Ids of tenants whose change has not been written to the authority yet. */
export const listUnwrittenTenants = (redis: Redis): Promise<string[]> =>
  redis.smembers(keys.unwrittenTenants);

export async function removeUnwrittenTenant(redis: Redis, id: string): Promise<void> {
  await redis.srem(keys.unwrittenTenants, id);
}

/** Ordered by id. @param after id after which the page begins */
export async function listTenants(redis: Redis, limit: number, after = ''): Promise<Tenant[]> {
  const ids = (await redis.hkeys(keys.tenants)).sort();
  return readTenants(redis, ids.filter((id) => id > after).slice(0, limit));
}

async function readTenants(redis: Redis, ids: readonly string[]): Promise<Tenant[]> {
  if (ids.length === 0) return [];
  const texts = await redis.hmget(keys.tenants, ...ids);
  return texts.flatMap((text) => parseStored<Tenant>(text) ?? []);
}
