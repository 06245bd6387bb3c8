// Made by `npm run generate` from openapi/ and the names of files. Do not edit.
/** Who performs each relay job. */
import type { RelayOperationId } from '../../src/relay/jobs/index.ts';
import type { Performer } from './performer.ts';
import { adoptClient } from './adoptClient.ts';
import { adoptUsers } from './adoptUsers.ts';
import { createApiKey } from './createApiKey.ts';
import { createPasswordReset } from './createPasswordReset.ts';
import { createTenant } from './createTenant.ts';
import { createUser } from './createUser.ts';
import { deleteApiKey } from './deleteApiKey.ts';
import { deleteRegisteredApp } from './deleteRegisteredApp.ts';
import { deleteTenant } from './deleteTenant.ts';
import { deleteUser } from './deleteUser.ts';
import { endUserSessions } from './endUserSessions.ts';
import { finishTenantChangeOver } from './finishTenantChangeOver.ts';
import { getAccountDiagnosis } from './getAccountDiagnosis.ts';
import { getUser } from './getUser.ts';
import { getUserRoles } from './getUserRoles.ts';
import { listConsents } from './listConsents.ts';
import { listUserSessions } from './listUserSessions.ts';
import { listUsers } from './listUsers.ts';
import { registerApp } from './registerApp.ts';
import { replaceTenantWebApp } from './replaceTenantWebApp.ts';
import { replaceUserRoles } from './replaceUserRoles.ts';
import { rotateApiKey } from './rotateApiKey.ts';
import { sendVerificationEmail } from './sendVerificationEmail.ts';
import { startAuthorization } from './startAuthorization.ts';
import { startTenantChangeOver } from './startTenantChangeOver.ts';
import { updateApiKey } from './updateApiKey.ts';
import { updateRegisteredApp } from './updateRegisteredApp.ts';
import { updateUser } from './updateUser.ts';
import { withdrawConsent } from './withdrawConsent.ts';

export const performers: { [Id in RelayOperationId]: Performer<Id> } = {
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
