// Made by `npm run generate` from openapi/ and the names of files. Do not edit.
/** How each relay operation answers when its outcome is known. */
import type { RelayOperationId } from '../relay/jobs/index.ts';
import type { RelayedAnswer } from './relayed.ts';
import { toAnswer as adoptClient } from './adoptions/adoptClient.ts';
import { toAnswer as adoptUsers } from './adoptions/adoptUsers.ts';
import { toAnswer as createApiKey } from './api-keys/createApiKey.ts';
import { toAnswer as createPasswordReset } from './users/createPasswordReset.ts';
import { toAnswer as createTenant } from './tenants/createTenant.ts';
import { toAnswer as createUser } from './users/createUser.ts';
import { toAnswer as deleteApiKey } from './api-keys/deleteApiKey.ts';
import { toAnswer as deleteRegisteredApp } from './oauth/deleteRegisteredApp.ts';
import { toAnswer as deleteTenant } from './tenants/deleteTenant.ts';
import { toAnswer as deleteUser } from './users/deleteUser.ts';
import { toAnswer as endUserSessions } from './users/endUserSessions.ts';
import { toAnswer as finishTenantChangeOver } from './tenants/finishTenantChangeOver.ts';
import { toAnswer as getAccountDiagnosis } from './operator/getAccountDiagnosis.ts';
import { toAnswer as getUser } from './users/getUser.ts';
import { toAnswer as getUserRoles } from './users/getUserRoles.ts';
import { toAnswer as listConsents } from './me/listConsents.ts';
import { toAnswer as listUserSessions } from './users/listUserSessions.ts';
import { toAnswer as listUsers } from './users/listUsers.ts';
import { toAnswer as registerApp } from './oauth/registerApp.ts';
import { toAnswer as replaceTenantWebApp } from './tenants/replaceTenantWebApp.ts';
import { toAnswer as replaceUserRoles } from './users/replaceUserRoles.ts';
import { toAnswer as rotateApiKey } from './api-keys/rotateApiKey.ts';
import { toAnswer as sendVerificationEmail } from './users/sendVerificationEmail.ts';
import { toAnswer as startAuthorization } from './oauth/startAuthorization.ts';
import { toAnswer as startTenantChangeOver } from './tenants/startTenantChangeOver.ts';
import { toAnswer as updateApiKey } from './api-keys/updateApiKey.ts';
import { toAnswer as updateRegisteredApp } from './oauth/updateRegisteredApp.ts';
import { toAnswer as updateUser } from './users/updateUser.ts';
import { toAnswer as withdrawConsent } from './me/withdrawConsent.ts';

export const relayedAnswers: { [Id in RelayOperationId]: RelayedAnswer<Id> } = {
  adoptClient,
  adoptUsers,
  createApiKey,
  createPasswordReset,
  createTenant,
  createUser,
  deleteApiKey,
  deleteRegisteredApp,
  deleteTenant,
  deleteUser,
  endUserSessions,
  finishTenantChangeOver,
  getAccountDiagnosis,
  getUser,
  getUserRoles,
  listConsents,
  listUserSessions,
  listUsers,
  registerApp,
  replaceTenantWebApp,
  replaceUserRoles,
  rotateApiKey,
  sendVerificationEmail,
  startAuthorization,
  startTenantChangeOver,
  updateApiKey,
  updateRegisteredApp,
  updateUser,
  withdrawConsent,
};
