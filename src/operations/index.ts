/** Every operation and its handler. A missing or an unknown one does not compile; at start it refuses to run. */
import type { OperationId } from '../contract/load-contract.ts';
import { cancelApiKeyRotation } from './api-keys/cancelApiKeyRotation.ts';
import { completeApiKeyRotation } from './api-keys/completeApiKeyRotation.ts';
import { createApiKey } from './api-keys/createApiKey.ts';
import { deleteApiKey } from './api-keys/deleteApiKey.ts';
import { getApiKey } from './api-keys/getApiKey.ts';
import { listApiKeys } from './api-keys/listApiKeys.ts';
import { rotateApiKey } from './api-keys/rotateApiKey.ts';
import { listAuditEvents } from './audit/listAuditEvents.ts';
import { createTenantInitialAccessToken } from './apps/createTenantInitialAccessToken.ts';
import { decideOnTenantApp } from './apps/decideOnTenantApp.ts';
import { deleteTenantInitialAccessToken } from './apps/deleteTenantInitialAccessToken.ts';
import { listTenantApps } from './apps/listTenantApps.ts';
import { listTenantInitialAccessTokens } from './apps/listTenantInitialAccessTokens.ts';
import { getJob } from './jobs/getJob.ts';
import { getMe } from './me/getMe.ts';
import { listConsents } from './me/listConsents.ts';
import { withdrawConsent } from './me/withdrawConsent.ts';
import { deleteRegisteredApp } from './oauth/deleteRegisteredApp.ts';
import { getAuthorizationServerMetadata } from './oauth/getAuthorizationServerMetadata.ts';
import { getProtectedResourceMetadata } from './oauth/getProtectedResourceMetadata.ts';
import { getRegisteredApp } from './oauth/getRegisteredApp.ts';
import { registerApp } from './oauth/registerApp.ts';
import { startAuthorization } from './oauth/startAuthorization.ts';
import { updateRegisteredApp } from './oauth/updateRegisteredApp.ts';
import { createInitialAccessToken } from './operator/createInitialAccessToken.ts';
import { deleteDeadLetter } from './operator/deleteDeadLetter.ts';
import { deleteInitialAccessToken } from './operator/deleteInitialAccessToken.ts';
import { getBudget } from './operator/getBudget.ts';
import { listAllAuditEvents } from './operator/listAllAuditEvents.ts';
import { listApps } from './operator/listApps.ts';
import { listDeadLetters } from './operator/listDeadLetters.ts';
import { listInitialAccessTokens } from './operator/listInitialAccessTokens.ts';
import { replayDeadLetter } from './operator/replayDeadLetter.ts';
import { updateApp } from './operator/updateApp.ts';
import { getContract } from './service/getContract.ts';
import { getDocs } from './service/getDocs.ts';
import { getDocsAsset } from './service/getDocsAsset.ts';
import { getHealth } from './service/getHealth.ts';
import { getMetrics } from './service/getMetrics.ts';
import { getProblem } from './service/getProblem.ts';
import { getReadiness } from './service/getReadiness.ts';
import { getRoot } from './service/getRoot.ts';
import { getTenant } from './tenant/getTenant.ts';
import { getUsage } from './tenant/getUsage.ts';
import { updateTenant } from './tenant/updateTenant.ts';
import { createTenant } from './tenants/createTenant.ts';
import { deleteTenant } from './tenants/deleteTenant.ts';
import { getTenantById } from './tenants/getTenantById.ts';
import { listTenants } from './tenants/listTenants.ts';
import { replaceTenantWebApp } from './tenants/replaceTenantWebApp.ts';
import { resumeTenant } from './tenants/resumeTenant.ts';
import { suspendTenant } from './tenants/suspendTenant.ts';
import { updateTenantById } from './tenants/updateTenantById.ts';
import { cancelUserImport } from './user-imports/cancelUserImport.ts';
import { createUserImport } from './user-imports/createUserImport.ts';
import { getUserImport } from './user-imports/getUserImport.ts';
import { listUserImportRows } from './user-imports/listUserImportRows.ts';
import { listUserImports } from './user-imports/listUserImports.ts';
import { pauseUserImport } from './user-imports/pauseUserImport.ts';
import { resumeUserImport } from './user-imports/resumeUserImport.ts';
import { watchUserImport } from './user-imports/watchUserImport.ts';
import { createPasswordReset } from './users/createPasswordReset.ts';
import { createUser } from './users/createUser.ts';
import { deleteUser } from './users/deleteUser.ts';
import { getUser } from './users/getUser.ts';
import { getUserRoles } from './users/getUserRoles.ts';
import { listUsers } from './users/listUsers.ts';
import { replaceUserRoles } from './users/replaceUserRoles.ts';
import { sendVerificationEmail } from './users/sendVerificationEmail.ts';
import { updateUser } from './users/updateUser.ts';
import { createWebhook } from './webhooks/createWebhook.ts';
import { deleteWebhook } from './webhooks/deleteWebhook.ts';
import { getWebhook } from './webhooks/getWebhook.ts';
import { listWebhookDeliveries } from './webhooks/listWebhookDeliveries.ts';
import { listWebhooks } from './webhooks/listWebhooks.ts';
import { replayWebhook } from './webhooks/replayWebhook.ts';
import { rotateWebhookSecret } from './webhooks/rotateWebhookSecret.ts';
import { testWebhook } from './webhooks/testWebhook.ts';
import { updateWebhook } from './webhooks/updateWebhook.ts';
import type { Operation } from './operation.ts';

const table: { [Id in OperationId]: Operation<Id> } = {
  cancelApiKeyRotation,
  cancelUserImport,
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
  getApiKey,
  getAuthorizationServerMetadata,
  getBudget,
  getContract,
  getDocs,
  getDocsAsset,
  getHealth,
  getJob,
  getMe,
  getMetrics,
  getProblem,
  getProtectedResourceMetadata,
  getReadiness,
  getRoot,
  getRegisteredApp,
  getTenant,
  getTenantById,
  getUsage,
  getUser,
  getUserImport,
  getUserRoles,
  getWebhook,
  listAllAuditEvents,
  listApiKeys,
  listApps,
  listAuditEvents,
  listConsents,
  listDeadLetters,
  listInitialAccessTokens,
  listTenantApps,
  listTenantInitialAccessTokens,
  listTenants,
  listUserImportRows,
  listUserImports,
  listUsers,
  listWebhookDeliveries,
  listWebhooks,
  pauseUserImport,
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
  suspendTenant,
  testWebhook,
  updateApp,
  updateRegisteredApp,
  updateTenant,
  updateTenantById,
  updateUser,
  updateWebhook,
  withdrawConsent,
  watchUserImport,
};

/** A handler as the pipeline calls it: the contract has checked its input, and will check its answer. */
export type AnyOperation = (call: Record<string, unknown>) => Promise<HandlerAnswer> | HandlerAnswer;

export interface HandlerAnswer {
  status: number;
  body?: unknown;
  type?: string;
  headers?: Record<string, string>;
}

export const operations = table as unknown as Record<OperationId, AnyOperation>;
