/** What the operator changes, and apps themselves: each on something that is made for it. */
import { randomUUID } from 'node:crypto';
import { management } from '../support/authority.ts';
import { aTenant, tenantToMake } from '../support/tenants.ts';
import { appMetadata, registerApp } from '../support/apps.ts';
import { call } from '../support/client.ts';
import { anInitialAccessToken } from '../boundary/things.ts';
import { aDeadLetter } from '../support/dead-letters.ts';

export interface Request {
  method: string;
  path: string;
  as?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
}

/** By operation, or what it is called with. @param as the operator */
export const ofOthers: Record<string, (as: string) => Promise<Request>> = {
  createTenant: (as) => Promise.resolve({ method: 'POST', path: '/v1/tenants', as, body: tenantToMake() }),
  updateTenantById: async (as) => {
    const { path } = await aTenant();
    const { headers } = await call('GET', path, { as });
    return {
      method: 'PATCH',
      path,
      as,
      body: { name: 'New' },
      headers: { 'if-match': headers.get('etag')! },
    };
  },
  suspendTenant: async (as) => ({ method: 'POST', path: `${(await aTenant()).path}/suspend`, as }),
  resumeTenant: async (as) => {
    const { path } = await aTenant();
    await call('POST', `${path}/suspend`, { as });
    return { method: 'POST', path: `${path}/resume`, as };
  },
  replaceTenantWebApp: async (as) => {
    const { id, path } = await aTenant();
    const origins = [`https://new.${id}.example`];
    const body = { origins, callback_urls: [`${origins[0]}/cb`], logout_urls: [] };
    return { method: 'PUT', path: `${path}/web-app`, as, body };
  },
  adoptUsers: async (as) => {
    const { path } = await aTenant();
    const { connection } = (await call('GET', path, { as })).body as { connection: string };
    const sdk = await management();
    const password = 'A-good-Passw0rd-of-mine';
    const email = `${randomUUID()}@adopted.example`;
    const { user_id } = await sdk.users.create({ connection, email, password });
    return { method: 'POST', path: `${path}/user-adoptions`, as, body: { user_ids: [user_id] } };
  },
  adoptClient: async (as) => {
    const { path } = await aTenant();
    const sdk = await management();
    const { client_id } = await sdk.clients.create({
      name: 'Existing',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_post',
    });
    const body = { client_id, as: 'api_key', scopes: ['read:tenant'] };
    return { method: 'POST', path: `${path}/client-adoptions`, as, body };
  },
  startTenantChangeOver: async (as) => {
    const { path } = await aTenant();
    return { method: 'POST', path: `${path}/change-over`, as, body: { web_app: 'shared' } };
  },
  finishTenantChangeOver: async (as) => {
    const { path } = await aTenant();
    await call('POST', `${path}/change-over`, { as, body: { web_app: 'shared' } });
    return { method: 'POST', path: `${path}/change-over/finish`, as };
  },
  deleteTenant: async (as) => {
    const { path } = await aTenant();
    const dry = await call('DELETE', `${path}?users=delete&dry_run=true`, { as });
    return { method: 'DELETE', path: `${path}?users=delete&confirm=${dry.body.confirmation as string}`, as };
  },
  createInitialAccessToken: (as) =>
    Promise.resolve({ method: 'POST', path: '/v1/initial-access-tokens', as, body: { name: 'A partner' } }),
  deleteInitialAccessToken: async (as) => {
    const { body } = await call('POST', '/v1/initial-access-tokens', { as, body: { name: 'A partner' } });
    return { method: 'DELETE', path: `/v1/initial-access-tokens/${body.id as string}`, as };
  },
  replayDeadLetter: async (as) => ({
    method: 'POST',
    path: `/v1/dead-letters/${(await aDeadLetter()).id}/replay`,
    as,
  }),
  deleteDeadLetter: async (as) => ({
    method: 'DELETE',
    path: `/v1/dead-letters/${(await aDeadLetter()).id}`,
    as,
  }),
  updateApp: async (as) => ({
    method: 'PATCH',
    path: `/v1/apps/${(await registerApp()).clientId}`,
    as,
    body: { status: 'blocked' },
  }),
  registerApp: () => Promise.resolve({ method: 'POST', path: '/oauth/register', body: appMetadata() }),
  'registerApp with an initial access token': async () => ({
    method: 'POST',
    path: '/oauth/register',
    body: appMetadata(),
    as: `Bearer ${(await anInitialAccessToken()).token}`,
  }),
  'updateRegisteredApp beyond what was decided': async (as) => {
    const { clientId, path, manages } = await registerApp();
    await call('PATCH', `/v1/apps/${clientId}`, { as, body: { status: 'approved' } });
    const body = { ...appMetadata({ client_name: 'Another Name' }), client_id: clientId };
    return { method: 'PUT', path, as: manages, body };
  },
  deleteRegisteredApp: async () => {
    const { path, manages } = await registerApp();
    return { method: 'DELETE', path, as: manages };
  },
};
