const of = (resource: string, ...actions: string[]) => actions.map((action) => `${action}:${resource}`);

/**
 * Scopes of the Management API that the workers' client needs, for what `management*.ts` calls. The stand-in is given exactly these and
 * refuses what is beyond them; README.md lists them (`npm run generate`).
 */
export const WORKER_SCOPES: readonly string[] = [
  ...of('users', 'read', 'create', 'update', 'delete'),
  ...of('user_tickets', 'create'),
  ...of('clients', 'read', 'create', 'update', 'delete'),
  ...of('client_keys', 'update'),
  ...of('client_credentials', 'read', 'create', 'delete'),
  ...of('client_grants', 'read', 'create', 'update', 'delete'),
  ...of('grants', 'read', 'delete'),
  ...of('connections', 'read', 'create', 'update', 'delete'),
  ...of('resource_servers', 'read'),
];
