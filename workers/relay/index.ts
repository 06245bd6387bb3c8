/** Who performs each relay job. A missing or an unknown one does not compile. */
import type { InputOf, OutcomeOf, RelayOperationId } from '../../src/relay/jobs/index.ts';
import { createApiKey } from './createApiKey.ts';
import { createPasswordReset } from './createPasswordReset.ts';
import { createTenant } from './createTenant.ts';
import { createUser } from './createUser.ts';
import { deleteApiKey } from './deleteApiKey.ts';
import { deleteRegisteredApp } from './deleteRegisteredApp.ts';
import { deleteTenant } from './deleteTenant.ts';
import { deleteUser } from './deleteUser.ts';
import { getUser } from './getUser.ts';
import { getUserRoles } from './getUserRoles.ts';
import { listConsents } from './listConsents.ts';
import { listUsers } from './listUsers.ts';
import { ofActiveTenant } from './of-active-tenant.ts';
import type { Performer } from './performer.ts';
import { registerApp } from './registerApp.ts';
import { replaceTenantWebApp } from './replaceTenantWebApp.ts';
import { replaceUserRoles } from './replaceUserRoles.ts';
import { rotateApiKey } from './rotateApiKey.ts';
import { sendVerificationEmail } from './sendVerificationEmail.ts';
import { startAuthorization } from './startAuthorization.ts';
import { updateRegisteredApp } from './updateRegisteredApp.ts';
import { updateUser } from './updateUser.ts';
import { withdrawConsent } from './withdrawConsent.ts';

export const performers: { [Id in RelayOperationId]: Performer<InputOf<Id>, OutcomeOf<Id>> } = {
  createApiKey: ofActiveTenant(createApiKey),
  createPasswordReset: ofActiveTenant(createPasswordReset),
  createTenant,
  createUser: ofActiveTenant(createUser),
  deleteApiKey,
  deleteRegisteredApp,
  deleteTenant,
  deleteUser: ofActiveTenant(deleteUser),
  getUser: ofActiveTenant(getUser),
  getUserRoles: ofActiveTenant(getUserRoles),
  listConsents,
  listUsers: ofActiveTenant(listUsers),
  registerApp,
  replaceTenantWebApp,
  replaceUserRoles: ofActiveTenant(replaceUserRoles),
  rotateApiKey: ofActiveTenant(rotateApiKey),
  sendVerificationEmail: ofActiveTenant(sendVerificationEmail),
  startAuthorization,
  updateRegisteredApp,
  updateUser: ofActiveTenant(updateUser),
  withdrawConsent,
};
