import { ACTIONS } from './actions/actions.ts';
import { TRIGGER_BINDINGS } from './actions/bindings.ts';
import { listTriggersEndpoint } from './actions/triggers.ts';
import { ACTION_EXECUTIONS } from './actions/executions.ts';
import { ACTION_VERSIONS } from './actions/versions.ts';
import { CUSTOM_DOMAINS } from './custom-domains/custom-domains.ts';
import { DEFAULT_DOMAIN } from './custom-domains/default-domain.ts';
import { EVENT_STREAMS } from './event-streams/event-streams.ts';
import { DELIVERIES } from './event-streams/list-deliveries.ts';
import { TEST_EVENTS } from './event-streams/test-events.ts';
import { LOG_STREAMS } from './log-streams/log-streams.ts';
import { RATE_LIMIT_POLICIES } from './rate-limit-policies/rate-limit-policies.ts';
import { createUsersExportEndpoint } from './jobs/create-users-export.ts';
import { createUsersImportEndpoint } from './jobs/create-users-import.ts';
import { createVerificationEmailEndpoint } from './jobs/create-verification-email.ts';
import { getJobErrorsEndpoint } from './jobs/get-job-errors.ts';
import { getJobEndpoint } from './jobs/get-job.ts';
import { addRolePermissionsEndpoint } from './roles/add-role-permissions.ts';
import { addRoleUsersEndpoint } from './roles/add-role-users.ts';
import { createRoleEndpoint } from './roles/create-role.ts';
import { deleteRoleEndpoint } from './roles/delete-role.ts';
import { getRoleEndpoint } from './roles/get-role.ts';
import { listRolePermissionsEndpoint } from './roles/list-role-permissions.ts';
import { listRoleUsersEndpoint } from './roles/list-role-users.ts';
import { listRolesEndpoint } from './roles/list-roles.ts';
import { removeRolePermissionsEndpoint } from './roles/remove-role-permissions.ts';
import { updateRoleEndpoint } from './roles/update-role.ts';
import { createEmailVerificationTicketEndpoint } from './tickets/create-email-verification-ticket.ts';
import { createPasswordChangeTicketEndpoint } from './tickets/create-password-change-ticket.ts';
import {
  deleteBlocksByIdentifierEndpoint,
  deleteUserBlocksEndpoint,
  getBlocksByIdentifierEndpoint,
  getUserBlocksEndpoint,
} from './user-blocks/user-blocks.ts';
import {
  addUserPermissionsEndpoint,
  removeUserPermissionsEndpoint,
} from './users/change-user-permissions.ts';
import { addUserRolesEndpoint, removeUserRolesEndpoint } from './users/change-user-roles.ts';
import {
  deleteUserRefreshTokensEndpoint,
  deleteUserSessionsEndpoint,
  revokeUserAccessEndpoint,
} from './users/end-user-sign-ins.ts';
import { linkIdentityEndpoint, unlinkIdentityEndpoint } from './users/link-identities.ts';
import { AUTHENTICATION_METHODS } from './users/authentication-methods.ts';
import { listUserLogsEndpoint } from './users/list-user-logs.ts';
import { regenerateRecoveryCodeEndpoint } from './users/regenerate-recovery-code.ts';
import { WHAT_USERS_LACK } from './users/what-users-lack.ts';
import { listClientConnectionsEndpoint } from './clients/list-client-connections.ts';
import { listClientGrantOrganizationsEndpoint } from './client-grants/list-client-grant-organizations.ts';
import { listUserPermissionsEndpoint } from './users/list-user-permissions.ts';
import { listUserRefreshTokensEndpoint } from './users/list-user-refresh-tokens.ts';
import { listUserRolesEndpoint } from './users/list-user-roles.ts';
import { listUserSessionsEndpoint } from './users/list-user-sessions.ts';
import { createClientGrantEndpoint } from './client-grants/create-client-grant.ts';
import { deleteClientGrantEndpoint } from './client-grants/delete-client-grant.ts';
import { getClientGrantEndpoint } from './client-grants/get-client-grant.ts';
import { listClientGrantsEndpoint } from './client-grants/list-client-grants.ts';
import { updateClientGrantEndpoint } from './client-grants/update-client-grant.ts';
import { createClientEndpoint } from './clients/create-client.ts';
import { deleteClientEndpoint } from './clients/delete-client.ts';
import { getClientEndpoint } from './clients/get-client.ts';
import { listClientsEndpoint } from './clients/list-clients.ts';
import {
  previewDocumentEndpoint,
  registerDocumentEndpoint,
} from './clients/metadata-document/register-document.ts';
import { rotateSecretEndpoint } from './clients/rotate-secret.ts';
import { updateClientEndpoint } from './clients/update-client.ts';
import { createConnectionEndpoint } from './connections/create-connection.ts';
import { getConnectionEndpoint } from './connections/get-connection.ts';
import { listConnectionsEndpoint } from './connections/list-connections.ts';
import { updateConnectionEndpoint } from './connections/update-connection.ts';
import {
  createCredentialEndpoint,
  deleteCredentialEndpoint,
  getCredentialEndpoint,
  listCredentialsEndpoint,
  updateCredentialEndpoint,
} from './clients/credentials.ts';
import {
  listConnectionClientsEndpoint,
  updateConnectionClientsEndpoint,
} from './connections/connection-clients.ts';
import { deleteConnectionEndpoint } from './connections/delete-connection.ts';
import type { Endpoint } from './endpoint.ts';
import { DISCOVERY_DOMAINS } from './organizations/discovery-domains.ts';
import { ENABLED_CONNECTIONS } from './organizations/enabled-connections.ts';
import { INVITATIONS } from './organizations/invitations.ts';
import { ORGANIZATION_MEMBERS } from './organizations/members.ts';
import { ORGANIZATION_CLIENTS } from './organizations/organization-clients.ts';
import { ORGANIZATION_GRANTS } from './organizations/organization-grants.ts';
import { ORGANIZATIONS } from './organizations/organizations.ts';
import { listUserOrganizationsEndpoint } from './organizations/user-organizations.ts';
import { deleteGrantEndpoint } from './grants/delete-grant.ts';
import { deleteGrantsOfUserEndpoint } from './grants/delete-grants-of-user.ts';
import { listGrantsEndpoint } from './grants/list-grants.ts';
import { getLogEndpoint } from './logs/get-log.ts';
import { listLogsEndpoint } from './logs/list-logs.ts';
import { createResourceServerEndpoint } from './resource-servers/create-resource-server.ts';
import { deleteResourceServerEndpoint } from './resource-servers/delete-resource-server.ts';
import { getResourceServerEndpoint } from './resource-servers/get-resource-server.ts';
import { listResourceServersEndpoint } from './resource-servers/list-resource-servers.ts';
import { updateResourceServerEndpoint } from './resource-servers/update-resource-server.ts';
import {
  getTenantSettingsEndpoint,
  updateTenantSettingsEndpoint,
} from './tenant-settings/tenant-settings-endpoints.ts';
import { createUserEndpoint } from './users/create-user.ts';
import { deleteUserEndpoint } from './users/delete-user.ts';
import { getUserEndpoint } from './users/get-user.ts';
import { listUsersByEmailEndpoint } from './users/list-users-by-email.ts';
import { listUsersEndpoint } from './users/list-users.ts';
import { updateUserEndpoint } from './users/update-user.ts';

/** All endpoints of the Management API that the stand-in implements. */
export const ENDPOINTS: readonly Endpoint[] = [
  getTenantSettingsEndpoint,
  updateTenantSettingsEndpoint,
  ...ACTIONS,
  ...ACTION_VERSIONS,
  ...ACTION_EXECUTIONS,
  listTriggersEndpoint,
  ...TRIGGER_BINDINGS,
  ...DEFAULT_DOMAIN,
  ...CUSTOM_DOMAINS,
  ...LOG_STREAMS,
  ...EVENT_STREAMS,
  ...DELIVERIES,
  ...TEST_EVENTS,
  ...RATE_LIMIT_POLICIES,
  createUserEndpoint,
  listUsersEndpoint,
  getUserEndpoint,
  updateUserEndpoint,
  deleteUserEndpoint,
  listUsersByEmailEndpoint,
  listUserRolesEndpoint,
  addUserRolesEndpoint,
  removeUserRolesEndpoint,
  listUserLogsEndpoint,
  linkIdentityEndpoint,
  unlinkIdentityEndpoint,
  regenerateRecoveryCodeEndpoint,
  ...AUTHENTICATION_METHODS,
  ...WHAT_USERS_LACK,
  listUserPermissionsEndpoint,
  addUserPermissionsEndpoint,
  removeUserPermissionsEndpoint,
  listUserRefreshTokensEndpoint,
  deleteUserRefreshTokensEndpoint,
  listUserSessionsEndpoint,
  deleteUserSessionsEndpoint,
  revokeUserAccessEndpoint,
  getUserBlocksEndpoint,
  deleteUserBlocksEndpoint,
  getBlocksByIdentifierEndpoint,
  deleteBlocksByIdentifierEndpoint,
  createRoleEndpoint,
  listRolesEndpoint,
  getRoleEndpoint,
  updateRoleEndpoint,
  deleteRoleEndpoint,
  listRolePermissionsEndpoint,
  addRolePermissionsEndpoint,
  removeRolePermissionsEndpoint,
  listRoleUsersEndpoint,
  addRoleUsersEndpoint,
  createUsersImportEndpoint,
  createUsersExportEndpoint,
  createVerificationEmailEndpoint,
  getJobEndpoint,
  getJobErrorsEndpoint,
  createPasswordChangeTicketEndpoint,
  createEmailVerificationTicketEndpoint,
  previewDocumentEndpoint,
  registerDocumentEndpoint,
  createClientEndpoint,
  listClientsEndpoint,
  getClientEndpoint,
  updateClientEndpoint,
  deleteClientEndpoint,
  rotateSecretEndpoint,
  listClientConnectionsEndpoint,
  createCredentialEndpoint,
  listCredentialsEndpoint,
  getCredentialEndpoint,
  updateCredentialEndpoint,
  deleteCredentialEndpoint,
  deleteConnectionEndpoint,
  listConnectionClientsEndpoint,
  updateConnectionClientsEndpoint,
  listClientGrantOrganizationsEndpoint,
  createClientGrantEndpoint,
  listClientGrantsEndpoint,
  getClientGrantEndpoint,
  updateClientGrantEndpoint,
  deleteClientGrantEndpoint,
  listGrantsEndpoint,
  deleteGrantEndpoint,
  deleteGrantsOfUserEndpoint,
  createResourceServerEndpoint,
  listResourceServersEndpoint,
  getResourceServerEndpoint,
  updateResourceServerEndpoint,
  deleteResourceServerEndpoint,
  createConnectionEndpoint,
  listConnectionsEndpoint,
  getConnectionEndpoint,
  updateConnectionEndpoint,
  ...ORGANIZATIONS,
  ...ENABLED_CONNECTIONS,
  ...ORGANIZATION_MEMBERS,
  listUserOrganizationsEndpoint,
  ...INVITATIONS,
  ...ORGANIZATION_GRANTS,
  ...DISCOVERY_DOMAINS,
  ...ORGANIZATION_CLIENTS,
  listLogsEndpoint,
  getLogEndpoint,
];
