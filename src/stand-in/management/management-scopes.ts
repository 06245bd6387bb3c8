/** Scopes of the Management API: those of its endpoints here, and others that the usual tools request. */
const RESOURCES: Record<string, string> = {
  users: 'crud',
  users_app_metadata: 'crud',
  user_custom_blocks: 'crd',
  user_tickets: 'c',
  user_idp_tokens: 'r',
  current_user: 'rud',
  current_user_metadata: 'cud',
  current_user_identities: 'cud',
  clients: 'crud',
  client_keys: 'crud',
  client_credentials: 'crud',
  client_token_vault_privileged_access: 'u',
  client_summary: 'r',
  client_grants: 'crud',
  grants: 'rd',
  connections: 'crud',
  connections_options: 'ru',
  resource_servers: 'crud',
  roles: 'crud',
  role_members: 'crd',
  organizations: 'crud',
  organization_members: 'crd',
  organizations_summary: 'r',
  organization_connections: 'crud',
  organization_member_roles: 'crd',
  organization_client_grants: 'crd',
  organization_invitations: 'crd',
  organization_discovery_domains: 'crud',
  organization_clients: 'crud',
  logs: 'r',
  logs_users: 'r',
  log_streams: 'crud',
  event_streams: 'crud',
  event_deliveries: 'ru',
  custom_domains: 'crud',
  rate_limit_policies: 'crud',
  sessions: 'rd',
  refresh_tokens: 'rd',
  authentication_methods: 'crud',
  guardian_enrollments: 'rd',
  device_credentials: 'crud',
  actions: 'crud',
  federated_connections_tokens: 'rd',
  groups: 'r',
  tenant_settings: 'ru',
  stats: 'r',
  insights: 'r',
  events: 'r',
};

const VERBS: Record<string, string> = { c: 'create', r: 'read', u: 'update', d: 'delete' };

export const MANAGEMENT_SCOPES: { value: string; description: string }[] = Object.entries(RESOURCES).flatMap(
  ([resource, verbs]) =>
    [...verbs].map((letter) => {
      const verb = VERBS[letter] ?? '';
      return {
        value: `${verb}:${resource}`,
        description: `${capitalized(verb)} ${resource.replaceAll('_', ' ')}`,
      };
    }),
);

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
