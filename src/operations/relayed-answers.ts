/**
 * How each relay operation answers when its outcome is known: for the caller who waited, and in the job of one who did not.
 * A missing or an unknown one does not compile.
 */
import type { OutcomeOf, RelayOperationId } from '../relay/jobs/index.ts';
import type { NewApiKeyOutcome } from '../relay/jobs/createApiKey.ts';
import type { AnyPrincipal } from '../principal.ts';
import type { Seal } from '../secrets/seal.ts';
import { presentApiKey } from './api-keys/present-api-key.ts';
import { sealCursor } from './cursor.ts';
import { presentConsent } from './me/present-consent.ts';
import { NEVER_STORED, presentRegisteredClient } from './oauth/present-registered-client.ts';
import type { Answer } from './operation.ts';
import { presentCreatedTenant } from './tenants/present-created-tenant.ts';
import { presentTenantDeletion } from './tenants/present-tenant-deletion.ts';
import { presentWebApp } from './tenants/present-operated-tenant.ts';
import { presentUser } from './users/present-user.ts';

type Ended<Id extends RelayOperationId> = Exclude<
  Extract<Answer<Id>, { status: 200 | 201 | 204 | 302 }>,
  { status: 202 }
>;

/** Who is shown an answer: a cursor in it is good for nobody else. */
export interface Viewer {
  seal: Seal;
  principal: AnyPrincipal | undefined;
}

export const relayedAnswers: {
  [Id in RelayOperationId]: (outcome: OutcomeOf<Id>, viewer: Viewer) => Ended<Id>;
} = {
  createApiKey: presentNewApiKey,
  createTenant: (made) => ({
    status: 201,
    body: presentCreatedTenant(made),
    headers: { Location: `/v1/tenants/${made.tenant.id}`, 'Cache-Control': 'no-store' },
  }),
  createUser: (user) => ({
    status: 201,
    body: presentUser(user),
    headers: { Location: `/v1/users/${encodeURIComponent(user.user_id)}` },
  }),
  deleteApiKey: () => ({ status: 204 }),
  deleteRegisteredApp: () => ({ status: 204 }),
  deleteTenant: (preview) =>
    preview ? { status: 200, body: presentTenantDeletion(preview) } : { status: 204 },
  deleteUser: () => ({ status: 204 }),
  createPasswordReset: ({ url, expiresAt }) => ({
    status: 201,
    body: { reset_url: url, expires_at: expiresAt },
    headers: { 'Cache-Control': 'no-store' },
  }),
  getUserRoles: (roles) => ({ status: 200, body: { roles } }),
  getUser: (user) => ({ status: 200, body: presentUser(user) }),
  listConsents: (consents) => ({ status: 200, body: { consents: consents.map(presentConsent) } }),
  listUsers: ({ users, next, exceedsSearchLimit }, viewer) => ({
    status: 200,
    body: {
      users: users.map(presentUser),
      ...(next ? { next_cursor: userCursor(next, viewer) } : {}),
      ...(exceedsSearchLimit === undefined ? {} : { exceeds_search_limit: exceedsSearchLimit }),
    },
  }),
  registerApp: (registered) => ({
    status: 201,
    body: presentRegisteredClient(registered),
    headers: NEVER_STORED,
  }),
  replaceTenantWebApp: (webApp) => ({ status: 200, body: presentWebApp(webApp) }),
  replaceUserRoles: (roles) => ({ status: 200, body: { roles } }),
  rotateApiKey: presentNewApiKey,
  sendVerificationEmail: () => ({ status: 204 }),
  // Where to is for its handler to say.
  startAuthorization: () => ({ status: 302 }),
  updateRegisteredApp: (registered) => ({
    status: 200,
    body: presentRegisteredClient(registered),
    headers: NEVER_STORED,
  }),
  updateUser: (user) => ({ status: 200, body: presentUser(user) }),
  withdrawConsent: () => ({ status: 204 }),
};

function userCursor(next: NonNullable<OutcomeOf<'listUsers'>['next']>, viewer: Viewer): string {
  const { createdAt, given, filters } = next;
  return sealCursor({ ...viewer, operationId: 'listUsers', filters }, { createdAt, given });
}

/** With its secret, this once. */
function presentNewApiKey({ key, client_secret }: NewApiKeyOutcome) {
  return {
    status: 201 as const,
    body: { ...presentApiKey({ ...key, uses: 0 }), client_secret },
    headers: { Location: `/v1/tenant/api-keys/${key.client_id}`, 'Cache-Control': 'no-store' },
  };
}
