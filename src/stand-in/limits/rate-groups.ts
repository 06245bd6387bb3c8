/** Groups of Management endpoints that share a bucket on self-service plans (Auth0 docs, "Rate limit configurations"). */
export type RateGroup =
  | 'users_read'
  | 'users_write'
  | 'users_delete'
  | 'logs_read'
  | 'clients_read'
  | 'clients_search'
  | 'connections_read'
  | OrganizationGroup
  | 'other';

/** The same for organizations, also on enterprise plans, in addition to the global limit. The names are guessed except that of connections. */
export type OrganizationGroup =
  | 'organizations_read'
  | 'organizations_read_by_id'
  | 'organizations_read_by_name'
  | 'organizations_write'
  | 'organization_members_read'
  | 'organization_members_write'
  | 'organization_member_roles_read'
  | 'organization_member_roles_write'
  | 'organization_connections_read'
  | 'organization_connections_write'
  | 'organization_client_grants_read'
  | 'organization_client_grants_write'
  | 'organization_invitations_read'
  | 'user_organizations_read';

/** Which group a list belongs to is documented; that subresources of a user count as reading users is guessed. */
export function rateGroupOf(method: string, path: string, query: URLSearchParams): RateGroup {
  const [resource = '', id, ...below] = path.split('/');
  if (resource === 'organizations') return organizationGroupOf(method, id, below);
  if (method === 'GET') {
    if (resource === 'users' && below[0] === 'organizations') return 'user_organizations_read';
    if (resource === 'users' || resource === 'users-by-email') return 'users_read';
    if (resource === 'logs') return 'logs_read';
    if (resource === 'clients') return query.has('q') ? 'clients_search' : 'clients_read';
    if (resource === 'connections') return 'connections_read';
    return 'other';
  }
  if (resource !== 'users' || below.length > 0) return 'other';
  if (method === 'POST' || method === 'PATCH') return 'users_write';
  return method === 'DELETE' && id !== undefined ? 'users_delete' : 'other';
}

const BELOW_ORGANIZATIONS = new Map([
  ['members', 'organization_members'],
  ['enabled_connections', 'organization_connections'],
  ['client-grants', 'organization_client_grants'],
  ['invitations', 'organization_invitations'],
]);

function organizationGroupOf(method: string, id: string | undefined, below: readonly string[]): RateGroup {
  const kind = method === 'GET' ? 'read' : 'write';
  if (id === 'name' && below.length > 0) return 'organizations_read_by_name';
  const [thing, , roles] = below;
  if (thing === undefined) {
    if (kind === 'write') return 'organizations_write';
    return id === undefined ? 'organizations_read' : 'organizations_read_by_id';
  }
  const group = roles === 'roles' ? 'organization_member_roles' : BELOW_ORGANIZATIONS.get(thing);
  // Endpoints that no table lists count as `other`; so does writing invitations.
  if (group === undefined || (thing === 'invitations' && kind === 'write')) return 'other';
  return `${group}_${kind}` as OrganizationGroup;
}
