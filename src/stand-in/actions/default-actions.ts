/**
 * The Actions of an account whose seed names none: those of docs/auth0-account.md, for whichever API a token is. They add the claims of a
 * tenant, deny who belongs to none where tenants share an application, and mark guests of organizations.
 */
export const DEFAULT_ACTIONS = [
  {
    name: 'Claims (sign-in)',
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    code: `exports.onExecutePostLogin = async (event, api) => {
  const ns = (event.resource_server || {}).identifier; // in an account: your AUDIENCE
  const own = event.user.app_metadata || {};
  const org = event.organization; // undefined: a sign-in without an organization
  const named = org ? (org.metadata || {}).tenant_id : own.tenant_id;
  const tenant_id = typeof named === 'string' && named ? named : undefined;
  const isHome = Boolean(tenant_id) && own.tenant_id === tenant_id;
  const found = org && tenant_id && own[org.id]; // what names another tenant is left from one that was this organization before
  const isMark =
    found && typeof found === 'object' && !Array.isArray(found) && found.tenant_id === tenant_id;
  const { kind } = event.client.metadata;
  const isOperator =
    kind === 'console' && !tenant_id && !own.tenant_id && [].concat(own.roles).includes('operator');
  if (!tenant_id && !isOperator && (kind === 'shared_web_app' || kind === 'console'))
    return api.access.deny('Your account belongs to no company here. Ask your administrator to add you.');
  if (org && tenant_id && !isHome && !isMark) {
    if ((event.transaction || {}).protocol === 'oauth2-refresh-token')
      return api.access.deny('You are not a member any more. Sign in again if you are.');
    api.user.setAppMetadata(org.id, { tenant_id, roles: [] });
  }
  if (isOperator)
    api.accessToken.setCustomClaim(\`\${ns}/operator_of\`, org ? org.id : event.connection.name);
  api.accessToken.setCustomClaim(\`\${ns}/tenant_id\`, tenant_id);
  api.accessToken.setCustomClaim(\`\${ns}/user_id\`, event.user.user_id);
  api.accessToken.setCustomClaim(\`\${ns}/roles\`, (isMark ? found.roles : isHome ? own.roles : []) || []);
};
`,
  },
  {
    name: 'Claims (API keys)',
    supported_triggers: [{ id: 'credentials-exchange', version: 'v2' }],
    code: `exports.onExecuteCredentialsExchange = async (event, api) => {
  const ns = event.resource_server.identifier; // in an account: your AUDIENCE
  api.accessToken.setCustomClaim(\`\${ns}/tenant_id\`, event.client.metadata.tenant_id);
};
`,
  },
];
