/** Every relay job. Its keys type the performers' table in `workers/relay/index.ts` and the answers' table in `src/operations`. */
import type { RelayJob } from '../relay-job.ts';
import { createApiKey } from './createApiKey.ts';
import { createPasswordReset } from './createPasswordReset.ts';
import { createTenant } from './createTenant.ts';
import { createUser } from './createUser.ts';
import { deleteApiKey } from './deleteApiKey.ts';
import { deleteTenant } from './deleteTenant.ts';
import { deleteUser } from './deleteUser.ts';
import { getUser } from './getUser.ts';
import { getUserRoles } from './getUserRoles.ts';
import { listUsers } from './listUsers.ts';
import { registerApp } from './registerApp.ts';
import { replaceTenantWebApp } from './replaceTenantWebApp.ts';
import { replaceUserRoles } from './replaceUserRoles.ts';
import { rotateApiKey } from './rotateApiKey.ts';
import { sendVerificationEmail } from './sendVerificationEmail.ts';
import { updateUser } from './updateUser.ts';

export const relayJobs = {
  createApiKey,
  createPasswordReset,
  createTenant,
  createUser,
  deleteApiKey,
  deleteTenant,
  deleteUser,
  getUser,
  getUserRoles,
  listUsers,
  registerApp,
  replaceTenantWebApp,
  replaceUserRoles,
  rotateApiKey,
  sendVerificationEmail,
  updateUser,
};

export type RelayJobs = typeof relayJobs;
export type RelayOperationId = keyof RelayJobs;
export type InputOf<Id extends RelayOperationId> =
  RelayJobs[Id] extends RelayJob<infer Input, unknown> ? Input : never;
export type OutcomeOf<Id extends RelayOperationId> =
  RelayJobs[Id] extends RelayJob<never, infer Outcome>
    ? Outcome
    : RelayJobs[Id] extends RelayJob<infer _I, infer O>
      ? O
      : never;
