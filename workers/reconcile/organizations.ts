/**
 * Compares the organizations of tenants with those at the authority, and repairs which tenant their metadata name: the account's Action
 * reads it, so without it nobody of the tenant gets a token. Notes guests whose membership was ended elsewhere, such as in Auth0's dashboard.
 */
import { randomInt } from 'node:crypto';
import type { Redis } from 'ioredis';
import { isFailure, onFailure } from '../failures.ts';
import type { ManagementFailure } from '../../src/auth0/errors.ts';
import type { Auth0Organization } from '../../src/auth0/management-organizations.ts';
import type { Management } from '../../src/auth0/management.ts';
import {
  databaseOf,
  indexTenants,
  listTenants,
  readTenant,
  type Tenant,
} from '../../src/registry/tenants.ts';
import { acceptsSharedWebApp } from '../../src/registry/change-over.ts';
import { marksToRemove } from '../../src/registry/pending-cleanups.ts';
import { leftMark } from '../relay/left-marks.ts';
import { formerGuestSearchText } from '../relay/search-text.ts';
import { SEARCH_LIMIT, searchUsers } from '../relay/search-users.ts';
import { isJoinedByLogin } from '../relay/tenant-organization.ts';
import { standingOf } from '../relay/whose-user.ts';
import type { Drift } from './drift.ts';
import type { AuthorityState } from './read-authority.ts';

interface Parts {
  redis: Redis;
  management: Management;
  dryRun: boolean;
}

/** Mark of the deployment's own web app in its metadata, which the account's Action reads, too. */
const SHARED_WEB_APP = 'shared_web_app';

/** Auth0's largest page. */
const PER_PAGE = 100;

/** Makes no call unless a tenant is an organization: the workers' client of other deployments may lack the scopes. */
export async function repairOrganizations(parts: Parts, authority: AuthorityState): Promise<Drift[]> {
  const all = await listTenants(parts.redis, Infinity);
  if (!parts.dryRun) await indexTenants(parts.redis, all);
  const tenants = all.filter(
    ({ status, organization }) =>
      organization !== undefined && (status === 'active' || status === 'suspended'),
  );
  if (tenants.length === 0) return [];
  return [
    ...findDenying(tenants, authority),
    ...(await compare(parts, tenants).catch(asMissingScope)),
    ...(await compareEach(parts, sample(tenants)).catch(asMissingScope)),
  ];
}

/** Everything else can be compared all the same. */
function asMissingScope(error: unknown): Drift[] {
  if (!isMissingScope(error)) throw error;
  const client_id = error.refusal?.missingScopes?.[0] ?? 'unknown';
  return [{ what: 'missing_scope', client_id, done: 'told' }];
}

/** What takes a call for each organization is compared for so many at a time, which is a minute of Auth0's rate limit. */
const SAMPLE = 100;

/** All of them, a part in each comparison. */
function sample(tenants: readonly Tenant[]): Tenant[] {
  const from = tenants.length > SAMPLE ? randomInt(tenants.length) : 0;
  return [...tenants, ...tenants].slice(from, from + Math.min(SAMPLE, tenants.length));
}

/** Who becomes a member by signing in is only told: somebody has set it at the authority, on purpose or not. */
async function compareEach(parts: Parts, tenants: readonly Tenant[]): Promise<Drift[]> {
  const { management } = parts;
  const drifts: Drift[] = [];
  for (const tenant of tenants) {
    const client_id = tenant.organization!;
    await noteFormerGuests(parts, tenant);
    const connections = await management
      .listOrganizationConnections(client_id)
      .catch(onFailure('not_found', () => []));
    const own = databaseOf(tenant) === 'own' ? tenant.connection : undefined;
    if (connections.some((one) => isJoinedByLogin(one) && one.connection?.name !== own))
      drifts.push({ what: 'joined_by_login', client_id, tenant_id: tenant.id, done: 'told' });
  }
  return drifts;
}

/** Web apps by which users of these tenants come. Only told: the operator may have denied it on purpose. */
function findDenying(tenants: readonly Tenant[], { listed }: AuthorityState): Drift[] {
  const isSharedUsed = tenants.some(acceptsSharedWebApp);
  return [...listed.values()].flatMap(({ client_id, client_metadata = {}, organization_usage: usage }) => {
    if (usage === 'allow' || usage === 'require') return [];
    const told = { what: 'denies_organizations', client_id, done: 'told' } as const;
    const { kind, tenant_id } = client_metadata;
    if (kind === SHARED_WEB_APP) return isSharedUsed ? [told] : [];
    const owner = kind === 'user' ? tenants.find(({ id }) => id === tenant_id) : undefined;
    return owner ? [{ ...told, tenant_id: owner.id }] : [];
  });
}

const isMissingScope = (error: unknown): error is ManagementFailure =>
  isFailure(error, 'refused') && error.refusal?.errorCode === 'insufficient_scope';

async function listOrganizations(management: Management): Promise<Map<string, Auth0Organization>> {
  const found = new Map<string, Auth0Organization>();
  for (let from: string | undefined; ;) {
    const { organizations, next } = await management.listOrganizations(from, PER_PAGE);
    for (const one of organizations) found.set(one.id, one);
    if (next === undefined) return found;
    from = next;
  }
}

async function compare(parts: Parts, tenants: readonly Tenant[]): Promise<Drift[]> {
  const organizations = await listOrganizations(parts.management);
  const drifts: Drift[] = [];
  for (const tenant of tenants) {
    const client_id = tenant.organization!;
    const add = (what: Drift['what'], done: Drift['done'] = 'told') =>
      drifts.push({ what, client_id, tenant_id: tenant.id, done });
    // The list may be outdated.
    const found = organizations.get(client_id) ?? (await parts.management.findOrganization(client_id));
    if (!found) {
      add('missing_organization');
      continue;
    }
    const named = found.metadata?.['tenant_id'];
    if (named === undefined) add('stale_metadata', (await nameTenant(parts, tenant)) ? 'mended' : 'told');
    else if (named !== tenant.id) add('foreign_organization');
    if (found.third_party_client_access !== 'allow') add('blocks_apps');
  }
  return [...drifts, ...(await findOrphans(parts, organizations))];
}

/**
 * Their marks say "guest" of nobody, and keep other tenants from changing their own users. Noted like people whom the tenant removes: the
 * upkeep looks again, because searches lag behind, removes the mark, and refuses their tokens (`left-marks.ts`).
 */
async function noteFormerGuests({ redis, management, dryRun }: Parts, tenant: Tenant): Promise<void> {
  const { id, organization } = tenant;
  if (dryRun || organization === undefined) return;
  const leaving = marksToRemove(redis);
  const query = formerGuestSearchText(organization, id);
  for (const user of (await searchUsers(management, query, { atLeast: SEARCH_LIMIT })).users) {
    const entry = leftMark(organization, user.user_id);
    if (standingOf(tenant, user) === 'guest' && (await leaving.since(entry)) === undefined)
      await leaving.add(entry);
  }
}

/** Metadata are replaced whole, so they are read again. @returns false when nothing was written */
async function nameTenant(
  { redis, management, dryRun }: Parts,
  { id, organization }: Tenant,
): Promise<boolean> {
  if (dryRun || organization === undefined) return false;
  const [now, found] = [await readTenant(redis, id), await management.findOrganization(organization)];
  const { metadata = {} } = found ?? {};
  if (!found || now?.organization !== organization || now.deletion || metadata['tenant_id'] !== undefined)
    return false;
  const names: Record<string, string> = {
    tenant_id: id,
    ...(now.made_by !== undefined && { made_by: now.made_by }),
  };
  await management.updateOrganization(organization, { metadata: { ...metadata, ...names } });
  return true;
}

/** Made by a relay job, for a tenant that the registry does not know. Without tenant_id: an unknown tenant has no audit log. */
async function findOrphans(
  { redis }: Parts,
  organizations: ReadonlyMap<string, Auth0Organization>,
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  for (const { id, metadata } of organizations.values()) {
    const { tenant_id, made_by } = metadata ?? {};
    if (tenant_id === undefined || made_by === undefined || (await readTenant(redis, tenant_id))) continue;
    drifts.push({ what: 'orphan_organization', client_id: id, done: 'told' });
  }
  return drifts;
}
