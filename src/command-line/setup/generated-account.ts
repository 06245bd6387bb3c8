// Made by `npm run generate` from openapi/ and src/auth0/. Do not edit.
export const API_SCOPES = [
  { value: 'read:users', description: 'See the users of your organization, with names and email addresses' },
  { value: 'create:users', description: 'Create users in your organization' },
  {
    value: 'update:users',
    description: 'Change, block and unblock users of your organization, and their roles',
  },
  { value: 'delete:users', description: 'Delete users of your organization' },
  {
    value: 'create:user_tickets',
    description: 'Create password-reset links and send verification emails for users of your organization',
  },
  { value: 'read:user_imports', description: 'See bulk imports of users, and the result of each row' },
  { value: 'create:user_imports', description: 'Create many users at once' },
  { value: 'read:tenant', description: 'See the name and settings of your organization' },
  { value: 'read:audit_events', description: 'See who did what in your organization, and what was refused' },
  { value: 'read:usage', description: 'See how much your organization uses this API' },
  { value: 'manage:apps', description: 'Decide which third-party apps users of your organization may use' },
  { value: 'update:tenant', description: 'Change the name and settings of your organization' },
  {
    value: 'manage:webhooks',
    description: 'Have events of your organization sent to systems of your choice',
  },
  {
    value: 'manage:api_keys',
    description: 'See, create, change, rotate and delete the API keys of your organization',
  },
];
export const WORKER_SCOPES = [
  'read:users',
  'create:users',
  'update:users',
  'delete:users',
  'create:user_tickets',
  'read:clients',
  'create:clients',
  'update:clients',
  'delete:clients',
  'update:client_keys',
  'read:client_credentials',
  'create:client_credentials',
  'delete:client_credentials',
  'read:client_grants',
  'create:client_grants',
  'update:client_grants',
  'delete:client_grants',
  'read:grants',
  'delete:grants',
  'read:connections',
  'create:connections',
  'update:connections',
  'delete:connections',
  'read:resource_servers',
  'read:organizations',
  'create:organizations',
  'update:organizations',
  'delete:organizations',
  'read:organization_members',
  'create:organization_members',
  'delete:organization_members',
  'read:organization_connections',
  'create:organization_connections',
  'update:organization_connections',
];
export const POST_LOGIN =
  "exports.onExecutePostLogin = async (event, api) => {\n  const ns = 'https://api.example.com'; // your AUDIENCE\n  const own = event.user.app_metadata || {};\n  const org = event.organization; // undefined: a sign-in without an organization\n  const named = org ? (org.metadata || {}).tenant_id : own.tenant_id;\n  const tenant_id = typeof named === 'string' && named ? named : undefined;\n  const isHome = Boolean(tenant_id) && own.tenant_id === tenant_id;\n  const found = org && tenant_id && own[org.id]; // what names another tenant is left from one that was this organization before\n  const isMark =\n    found && typeof found === 'object' && !Array.isArray(found) && found.tenant_id === tenant_id;\n  if (!tenant_id && event.client.metadata.kind === 'shared_web_app')\n    return api.access.deny('Your account belongs to no company here. Ask your administrator to add you.');\n  if (org && tenant_id && !isHome && !isMark) {\n    if ((event.transaction || {}).protocol === 'oauth2-refresh-token')\n      return api.access.deny('You are not a member any more. Sign in again if you are.');\n    api.user.setAppMetadata(org.id, { tenant_id, roles: [] });\n  }\n  api.accessToken.setCustomClaim(`${ns}/tenant_id`, tenant_id);\n  api.accessToken.setCustomClaim(`${ns}/user_id`, event.user.user_id);\n  api.accessToken.setCustomClaim(`${ns}/roles`, (isMark ? found.roles : isHome ? own.roles : []) || []);\n};\n";
export const CREDENTIALS_EXCHANGE =
  "exports.onExecuteCredentialsExchange = async (event, api) => {\n  api.accessToken.setCustomClaim('https://api.example.com/tenant_id', event.client.metadata.tenant_id);\n};\n";
