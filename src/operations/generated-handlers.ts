// Made by `npm run generate` from openapi/ and the names of files. Do not edit.
/** Every operation and its handler. */
import type { OperationId } from '../contract/load-contract.ts';
import { adoptClient } from './adoptions/adoptClient.ts';
import { adoptUsers } from './adoptions/adoptUsers.ts';
import { cancelApiKeyRotation } from './api-keys/cancelApiKeyRotation.ts';
import { cancelUserImport } from './user-imports/cancelUserImport.ts';
import { chooseTenant } from './oauth/chooseTenant.ts';
import { completeApiKeyRotation } from './api-keys/completeApiKeyRotation.ts';
import { createApiKey } from './api-keys/createApiKey.ts';
import { createInitialAccessToken } from './operator/createInitialAccessToken.ts';
import { createPasswordReset } from './users/createPasswordReset.ts';
import { createTenant } from './tenants/createTenant.ts';
import { createTenantInitialAccessToken } from './apps/createTenantInitialAccessToken.ts';
import { createUser } from './users/createUser.ts';
import { createUserImport } from './user-imports/createUserImport.ts';
import { createWebhook } from './webhooks/createWebhook.ts';
import { decideOnTenantApp } from './apps/decideOnTenantApp.ts';
import { deleteApiKey } from './api-keys/deleteApiKey.ts';
import { deleteDeadLetter } from './operator/deleteDeadLetter.ts';
import { deleteInitialAccessToken } from './operator/deleteInitialAccessToken.ts';
import { deleteRegisteredApp } from './oauth/deleteRegisteredApp.ts';
import { deleteTenant } from './tenants/deleteTenant.ts';
import { deleteTenantInitialAccessToken } from './apps/deleteTenantInitialAccessToken.ts';
import { deleteUser } from './users/deleteUser.ts';
import { deleteWebhook } from './webhooks/deleteWebhook.ts';
import { endUserSessions } from './users/endUserSessions.ts';
import { finishTenantChangeOver } from './tenants/finishTenantChangeOver.ts';
import { getAccountDiagnosis } from './operator/getAccountDiagnosis.ts';
import { getApiKey } from './api-keys/getApiKey.ts';
import { getAuthorizationServerMetadata } from './oauth/getAuthorizationServerMetadata.ts';
import { getBudget } from './operator/getBudget.ts';
import { getConsole } from './service/getConsole.ts';
import { getConsoleFile } from './service/getConsoleFile.ts';
import { getContract } from './service/getContract.ts';
import { getDiagnosis } from './operator/getDiagnosis.ts';
import { getDocs } from './service/getDocs.ts';
import { getDocsAsset } from './service/getDocsAsset.ts';
import { getHealth } from './service/getHealth.ts';
import { getJob } from './jobs/getJob.ts';
import { getJwks } from './service/getJwks.ts';
import { getMe } from './me/getMe.ts';
import { getMetrics } from './service/getMetrics.ts';
import { getProblem } from './service/getProblem.ts';
import { getProtectedResourceMetadata } from './oauth/getProtectedResourceMetadata.ts';
import { getReadiness } from './service/getReadiness.ts';
import { getRegisteredApp } from './oauth/getRegisteredApp.ts';
import { getRoot } from './service/getRoot.ts';
import { getTenant } from './tenant/getTenant.ts';
import { getTenantById } from './tenants/getTenantById.ts';
import { getTenantOverview } from './tenant/getTenantOverview.ts';
import { getUsage } from './tenant/getUsage.ts';
import { getUser } from './users/getUser.ts';
import { getUserAdoption } from './adoptions/getUserAdoption.ts';
import { getUserImport } from './user-imports/getUserImport.ts';
import { getUserRoles } from './users/getUserRoles.ts';
import { getWebhook } from './webhooks/getWebhook.ts';
import { listAdoptedUsers } from './adoptions/listAdoptedUsers.ts';
import { listAllAuditEvents } from './operator/listAllAuditEvents.ts';
import { listApiKeys } from './api-keys/listApiKeys.ts';
import { listApps } from './operator/listApps.ts';
import { listAuditEvents } from './audit/listAuditEvents.ts';
import { listConsents } from './me/listConsents.ts';
import { listDeadLetters } from './operator/listDeadLetters.ts';
import { listInitialAccessTokens } from './operator/listInitialAccessTokens.ts';
import { listMyOperations } from './me/listMyOperations.ts';
import { listRefusals } from './operator/listRefusals.ts';
import { listTenantApps } from './apps/listTenantApps.ts';
import { listTenantInitialAccessTokens } from './apps/listTenantInitialAccessTokens.ts';
import { listTenants } from './tenants/listTenants.ts';
import { listUserImportRows } from './user-imports/listUserImportRows.ts';
import { listUserImports } from './user-imports/listUserImports.ts';
import { listUserSessions } from './users/listUserSessions.ts';
import { listUsers } from './users/listUsers.ts';
import { listWebhookDeliveries } from './webhooks/listWebhookDeliveries.ts';
import { listWebhooks } from './webhooks/listWebhooks.ts';
import { pauseUserImport } from './user-imports/pauseUserImport.ts';
import { receiveAuthorityEvent } from './authority-events/receiveAuthorityEvent.ts';
import { recordServiceEvent } from './service-events/recordServiceEvent.ts';
import { registerApp } from './oauth/registerApp.ts';
import { replaceTenantWebApp } from './tenants/replaceTenantWebApp.ts';
import { replaceUserRoles } from './users/replaceUserRoles.ts';
import { replayDeadLetter } from './operator/replayDeadLetter.ts';
import { replayWebhook } from './webhooks/replayWebhook.ts';
import { resumeTenant } from './tenants/resumeTenant.ts';
import { resumeUserImport } from './user-imports/resumeUserImport.ts';
import { rotateApiKey } from './api-keys/rotateApiKey.ts';
import { rotateWebhookSecret } from './webhooks/rotateWebhookSecret.ts';
import { sendVerificationEmail } from './users/sendVerificationEmail.ts';
import { startAuthorization } from './oauth/startAuthorization.ts';
import { startTenantChangeOver } from './tenants/startTenantChangeOver.ts';
import { suspendTenant } from './tenants/suspendTenant.ts';
import { testWebhook } from './webhooks/testWebhook.ts';
import { updateApiKey } from './api-keys/updateApiKey.ts';
import { updateApp } from './operator/updateApp.ts';
import { updateRegisteredApp } from './oauth/updateRegisteredApp.ts';
import { updateTenant } from './tenant/updateTenant.ts';
import { updateTenantById } from './tenants/updateTenantById.ts';
import { updateUser } from './users/updateUser.ts';
import { updateWebhook } from './webhooks/updateWebhook.ts';
import { watchDeployment } from './operator/watchDeployment.ts';
import { watchUserImport } from './user-imports/watchUserImport.ts';
import { withdrawConsent } from './me/withdrawConsent.ts';
import type { Services } from '../services.ts';
import type { Operation } from './operation.ts';

export const handlers: { [Id in OperationId]: Operation<Id, keyof Services> } = {
  adoptClient,
  adoptUsers,
  cancelApiKeyRotation,
  cancelUserImport,
  chooseTenant,
  completeApiKeyRotation,
  createApiKey,
  createInitialAccessToken,
  createPasswordReset,
  createTenant,
  createTenantInitialAccessToken,
  createUser,
  createUserImport,
  createWebhook,
  decideOnTenantApp,
  deleteApiKey,
  deleteDeadLetter,
  deleteInitialAccessToken,
  deleteRegisteredApp,
  deleteTenant,
  deleteTenantInitialAccessToken,
  deleteUser,
  deleteWebhook,
  endUserSessions,
  finishTenantChangeOver,
  getAccountDiagnosis,
  getApiKey,
  getAuthorizationServerMetadata,
  getBudget,
  getConsole,
  getConsoleFile,
  getContract,
  getDiagnosis,
  getDocs,
  getDocsAsset,
  getHealth,
  getJob,
  getJwks,
  getMe,
  getMetrics,
  getProblem,
  getProtectedResourceMetadata,
  getReadiness,
  getRegisteredApp,
  getRoot,
  getTenant,
  getTenantById,
  getTenantOverview,
  getUsage,
  getUser,
  getUserAdoption,
  getUserImport,
  getUserRoles,
  getWebhook,
  listAdoptedUsers,
  listAllAuditEvents,
  listApiKeys,
  listApps,
  listAuditEvents,
  listConsents,
  listDeadLetters,
  listInitialAccessTokens,
  listMyOperations,
  listRefusals,
  listTenantApps,
  listTenantInitialAccessTokens,
  listTenants,
  listUserImportRows,
  listUserImports,
  listUserSessions,
  listUsers,
  listWebhookDeliveries,
  listWebhooks,
  pauseUserImport,
  receiveAuthorityEvent,
  recordServiceEvent,
  registerApp,
  replaceTenantWebApp,
  replaceUserRoles,
  replayDeadLetter,
  replayWebhook,
  resumeTenant,
  resumeUserImport,
  rotateApiKey,
  rotateWebhookSecret,
  sendVerificationEmail,
  startAuthorization,
  startTenantChangeOver,
  suspendTenant,
  testWebhook,
  updateApiKey,
  updateApp,
  updateRegisteredApp,
  updateTenant,
  updateTenantById,
  updateUser,
  updateWebhook,
  watchDeployment,
  watchUserImport,
  withdrawConsent,
};
