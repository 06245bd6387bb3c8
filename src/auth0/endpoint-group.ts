import type { EndpointGroup } from '../plans.ts';

/** Path segments that are part of an endpoint's name; every other segment is an id, which may be personal. */
const FIXED_SEGMENTS = new Set([
  'users',
  'users-by-email',
  'jobs',
  'users-imports',
  'sessions',
  'revoke-access',
  'verification-email',
  'errors',
  'tickets',
  'password-change',
  'clients',
  'cimd',
  'register',
  'credentials',
  'rotate-secret',
  'client-grants',
  'grants',
  'connections',
  'resource-servers',
  'logs',
  'organizations',
  'name',
  'members',
  'roles',
  'enabled_connections',
  'invitations',
]);

const PREFIX = '/api/v2/';

const segmentsOf = ({ pathname }: URL): string[] => pathname.slice(PREFIX.length).split('/');

/** @param url of a call to the Management API */
export function endpointGroupOf(method: string, url: URL): EndpointGroup {
  const [resource = '', id, ...below] = segmentsOf(url);
  if (resource === 'organizations') return organizationGroupOf(method === 'GET', id, below);
  if (method === 'GET') {
    if (resource === 'users' && below[0] === 'organizations') return 'user_organizations_read';
    if (resource === 'users' || resource === 'users-by-email') return 'users_read';
    if (resource === 'logs') return 'logs_read';
    if (resource === 'connections') return 'connections_read';
    if (resource === 'clients') return url.searchParams.has('q') ? 'clients_search' : 'clients_read';
    return 'other';
  }
  if (resource !== 'users' || below.length > 0) return 'other';
  return method === 'DELETE' ? 'users_delete' : 'users_write';
}

/** Groups to read and to write what hangs below an organization. What isn't here has no row in the tables: it counts as `other`. */
const BELOW_ORGANIZATION = new Map<string, readonly [read: EndpointGroup, write: EndpointGroup]>([
  ['members', ['organization_members_read', 'organization_members_write']],
  ['members/roles', ['organization_member_roles_read', 'organization_member_roles_write']],
  ['enabled_connections', ['organization_connections_read', 'organization_connections_write']],
  ['client-grants', ['organization_client_grants_read', 'organization_client_grants_write']],
  ['invitations', ['organization_invitations_read', 'other']],
]);

function organizationGroupOf(
  isRead: boolean,
  id: string | undefined,
  below: readonly string[],
): EndpointGroup {
  if (id === 'name' && below.length > 0) return 'organizations_read_by_name';
  const [what, , ofMember] = below;
  if (what === undefined) {
    if (!isRead) return 'organizations_write';
    return id === undefined ? 'organizations_read' : 'organizations_read_by_id';
  }
  const [read, write] = BELOW_ORGANIZATION.get(ofMember ? `${what}/${ofMember}` : what) ?? ['other', 'other'];
  return isRead ? read : write;
}

/**
 * Names a call by its endpoint, as in the Management API's documentation: `PATCH /api/v2/users/{id}`.
 * @param url of a call to the Management API
 */
export function endpointOf(method: string, url: URL): string {
  const named = segmentsOf(url).map((segment, index, all) =>
    // An organization may have any of these names.
    FIXED_SEGMENTS.has(segment) && all[index - 1] !== 'name' ? segment : '{id}',
  );
  return `${method} ${PREFIX}${named.join('/')}`;
}
