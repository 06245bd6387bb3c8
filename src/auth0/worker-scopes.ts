const of = (resource: string, ...actions: string[]) => actions.map((action) => `${action}:${resource}`);

/**
 * Management API scopes that the workers' client needs for the calls of `management*.ts`. The stand-in grants exactly
 * these and refuses anything beyond; README.md lists them (`npm run generate`).
 */
export const WORKER_SCOPES: readonly string[] = [
  ...of('users', 'read', 'create', 'update', 'delete'),
  ...of('user_tickets', 'create'),
  // For sessions of users, on Enterprise plans.
  ...of('sessions', 'read', 'delete'),
  ...of('refresh_tokens', 'delete'),
  ...of('clients', 'read', 'create', 'update', 'delete'),
  ...of('client_keys', 'update'),
  ...of('client_credentials', 'read', 'create', 'delete'),
  ...of('client_grants', 'read', 'create', 'update', 'delete'),
  ...of('grants', 'read', 'delete'),
  ...of('connections', 'read', 'create', 'update', 'delete'),
  ...of('resource_servers', 'read'),
  // Used where no event stream delivers.
  ...of('logs', 'read'),
  // Used only where tenants are organizations.
  ...of('organizations', 'read', 'create', 'update', 'delete'),
  ...of('organization_members', 'read', 'create', 'delete'),
  ...of('organization_connections', 'read', 'create', 'update'),
];
