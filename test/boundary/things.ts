/** Things of a tenant that operations name by id, made anew for whoever tries one. */
import { randomUUID } from 'node:crypto';
import type { OperationId } from '../../src/contract/load-contract.ts';
import { newApiKey } from '../support/api-keys.ts';
import { letIn, registerApp } from '../support/apps.ts';
import { apiKey, demoUser, operator, user } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { aWebhook } from '../support/webhooks.ts';

export interface Thing {
  /** GET when left out. */
  method?: string;
  body?: object;
  headers?: Record<string, string>;
  /** Id of the user that it is about: that one may call what is about itself. */
  about?: string;
  /** Scopes that the thing holds (a user by its roles, a key): who acts on it holds them, too. */
  holds?: readonly string[];
  /** Scopes of the roles that the request gives. */
  gives?: readonly string[];
  /** Takes it away again, where a tenant may have few. */
  clear?: (answer: Answer) => Promise<unknown>;
  /** Of a job: the operation that it did. */
  did?: OperationId;
  /** What the owner's path is. */
  path: string;
  /** The same with an id that nobody has. */
  unknown: string;
}

/** Of a user without more, and of a key of `newApiKey`. */
export const MEMBER_SCOPES = ['read:tenant'];

/** For each operation with an id: a thing of acme's. */
export const things: Record<string, () => Promise<Thing>> = {
  getUser: async () => {
    const { user_id } = await demoUser('acme', 'member');
    const path = `/v1/users/${encodeURIComponent(user_id)}`;
    return { path, unknown: `/v1/users/auth0%7C${randomUUID()}`, about: user_id };
  },
  updateUser: async () => ({ method: 'PATCH', body: { name: 'Changed' }, ...(await aMember()) }),
  deleteUser: async () => ({ method: 'DELETE', ...(await aMember()) }),
  getUserRoles: () => aUser('/roles'),
  replaceUserRoles: async () => ({
    method: 'PUT',
    body: { roles: ['member'] },
    gives: MEMBER_SCOPES,
    ...(await aMember('/roles')),
  }),
  createPasswordReset: async () => ({ method: 'POST', ...(await aMember('/password-reset')) }),
  sendVerificationEmail: async () => ({ method: 'POST', ...(await aMember('/verification-email')) }),
  listUserSessions: () => aMember('/sessions'),
  endUserSessions: async () => ({ method: 'DELETE', ...(await aMember('/sessions')) }),
  getJob: async () => {
    const { headers } = await call('GET', '/v1/users?limit=1', {
      as: await apiKey('acme'),
      headers: { prefer: 'respond-async' },
    });
    return { path: headers.get('location')!, unknown: `/v1/jobs/${randomUUID()}`, did: 'listUsers' };
  },
  getUserImport: async () => ({ path: await anImport(), unknown: `/v1/user-imports/${randomUUID()}` }),
  watchUserImport: async () => ({
    path: `${await anImport()}/events`,
    unknown: `/v1/user-imports/${randomUUID()}/events`,
  }),
  // Of an import that goes on: one that has ended gives 409.
  cancelUserImport: () => aPausedImport('/cancel'),
  pauseUserImport: () => aPausedImport('/pause'),
  resumeUserImport: () => aPausedImport('/resume'),
  getApiKey: async () => ({ path: await aKey(), unknown: unknownKey() }),
  updateApiKey: async () => ({
    method: 'PATCH',
    body: { name: 'Changed', scopes: MEMBER_SCOPES },
    path: await aKey(),
    unknown: unknownKey(),
  }),
  deleteApiKey: async () => ({ method: 'DELETE', path: await aKey(), unknown: unknownKey() }),
  rotateApiKey: async () => ({
    method: 'POST',
    body: {},
    holds: MEMBER_SCOPES,
    path: `${await aKey()}/rotate`,
    unknown: `${unknownKey()}/rotate`,
  }),
  completeApiKeyRotation: async () => ({
    method: 'POST',
    path: `${await aRotatedKey()}/rotate/complete`,
    unknown: `${unknownKey()}/rotate/complete`,
  }),
  cancelApiKeyRotation: async () => ({
    method: 'POST',
    path: `${await aRotatedKey()}/rotate/cancel`,
    unknown: `${unknownKey()}/rotate/cancel`,
  }),
  withdrawConsent: async () => {
    const { clientId } = await registerApp();
    await letIn({ clientId }, 'acme');
    const about = (await demoUser('acme', 'admin')).user_id;
    const path = (id: string) => `/v1/me/consents/${id}`;
    return { method: 'DELETE', path: path(clientId), unknown: path(`tpc_${randomUUID()}`), about };
  },
  decideOnTenantApp: async () => {
    const path = (id: string) => `/v1/tenant/apps/${id}`;
    const body = { decision: 'allowed' };
    return { method: 'PUT', body, path: path(await aVouchedApp()), unknown: path(`tpc_${randomUUID()}`) };
  },
  deleteTenantInitialAccessToken: async () => {
    const path = (id: string) => `/v1/tenant/initial-access-tokens/${id}`;
    const { id } = await anInitialAccessToken();
    return { method: 'DELETE', path: path(id), unknown: path('AAAAAAAAAAAAAAAA') };
  },
  getWebhook: () => ofAWebhook('GET'),
  updateWebhook: () => ofAWebhook('PATCH', '', { status: 'disabled' }),
  deleteWebhook: () => ofAWebhook('DELETE'),
  rotateWebhookSecret: () => ofAWebhook('POST', '/rotate-secret', {}),
  testWebhook: () => ofAWebhook('POST', '/test'),
  replayWebhook: () => ofAWebhook('POST', '/replay', { from: new Date().toISOString() }),
  listWebhookDeliveries: () => ofAWebhook('GET', '/deliveries'),
  listUserImportRows: async () => ({
    path: `${await anImport()}/rows`,
    unknown: `/v1/user-imports/${randomUUID()}/rows`,
  }),
};

async function aUser(below = ''): Promise<Thing> {
  const body = { email: `boundary-${randomUUID()}@acme.example` };
  const { headers } = await call('POST', '/v1/users', { as: await apiKey('acme'), body });
  return { path: headers.get('location')! + below, unknown: `/v1/users/auth0%7C${randomUUID()}${below}` };
}

/** Acted on, not just looked at. */
async function aMember(below = ''): Promise<Thing> {
  return { ...(await aUser(below)), holds: MEMBER_SCOPES };
}

async function ofAWebhook(method: string, below = '', body?: object): Promise<Thing> {
  const { path } = await aWebhook(await user('acme'), 'https://hooks.example.com/');
  const unknown = `/v1/tenant/webhooks/wh_${randomUUID().replaceAll('-', '')}`;
  const clear = async () => call('DELETE', path, { as: await user('acme') });
  return { method, path: path + below, unknown: unknown + below, clear, ...(body ? { body } : {}) };
}

const aKey = async () => (await newApiKey('acme')).path;
/** The key of a rotation that is under way. */
async function aRotatedKey(): Promise<string> {
  const path = await aKey();
  await call('POST', `${path}/rotate`, { as: await user('acme'), body: {} });
  return path;
}
const unknownKey = () => `/v1/tenant/api-keys/${randomUUID()}`;

export async function anInitialAccessToken(): Promise<{ id: string; token: string }> {
  const as = await user('acme');
  return (await call('POST', '/v1/tenant/initial-access-tokens', { as, body: { name: 'A partner' } }))
    .body as {
    id: string;
    token: string;
  };
}

/** One that nobody but acme has vouched for. */
export async function aVouchedApp(): Promise<string> {
  const { clientId } = await registerApp({}, `Bearer ${(await anInitialAccessToken()).token}`);
  const as = await operator();
  await call('PATCH', `/v1/apps/${clientId}`, { as, body: { status: 'pending' } });
  return clientId;
}

async function anImport(): Promise<string> {
  const body = [{ email: `boundary-${randomUUID()}@import.example` }];
  const { headers } = await call('POST', '/v1/user-imports', { as: await apiKey('acme'), body });
  return headers.get('location')!;
}

/** So many rows that it is not done before it is paused. */
async function aPausedImport(below: string): Promise<Thing> {
  const body = Array.from({ length: 1_000 }, () => ({ email: `boundary-${randomUUID()}@import.example` }));
  const as = await apiKey('acme');
  const { headers } = await call('POST', '/v1/user-imports', { as, body });
  const path = headers.get('location')!;
  await call('POST', `${path}/pause`, { as });
  const clear = () => call('POST', `${path}/cancel`, { as });
  return { method: 'POST', path: path + below, unknown: `/v1/user-imports/${randomUUID()}${below}`, clear };
}
