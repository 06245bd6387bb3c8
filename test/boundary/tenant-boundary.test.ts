/**
 * No caller of one tenant reads, changes or learns of anything of another (invariant 1): every operation that names a thing by
 * id, for each kind of caller. A refusal counts only beside its control: first the owner gets the thing, then the stranger
 * gets exactly what an id gets that nobody has.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { loadContract } from '../../src/contract/load-contract.ts';
import type { OperationId } from '../../src/contract/load-contract.ts';
import { management } from '../support/authority.ts';
import { newApiKey } from '../support/api-keys.ts';
import { letIn, registerApp } from '../support/apps.ts';
import { apiKey, app, demoUser, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import type { Answer } from '../support/client.ts';
import { aWebhook } from '../support/webhooks.ts';
import { world, WORLD_MS } from '../support/world.ts';

const callers = { user, key: apiKey, app } as const;

interface Thing {
  /** GET when left out. */
  method?: string;
  body?: object;
  /** What the owner's path is. */
  path: string;
  /** The same with an id that nobody has. */
  unknown: string;
}

/** For each operation with an id: a thing of acme's. An operation that is missing here fails the first test. */
const things: Record<string, () => Promise<Thing>> = {
  getUser: async () => {
    const { user_id } = await demoUser('acme', 'member');
    return { path: `/v1/users/${encodeURIComponent(user_id)}`, unknown: `/v1/users/auth0%7C${randomUUID()}` };
  },
  updateUser: async () => ({ method: 'PATCH', body: { name: 'Changed' }, ...(await aUser()) }),
  deleteUser: async () => ({ method: 'DELETE', ...(await aUser()) }),
  getUserRoles: () => aUser('/roles'),
  replaceUserRoles: async () => ({ method: 'PUT', body: { roles: ['member'] }, ...(await aUser('/roles')) }),
  createPasswordReset: async () => ({ method: 'POST', ...(await aUser('/password-reset')) }),
  sendVerificationEmail: async () => ({ method: 'POST', ...(await aUser('/verification-email')) }),
  getJob: async () => {
    const { headers } = await call('GET', '/v1/users?limit=1', {
      as: await apiKey('acme'),
      headers: { prefer: 'respond-async' },
    });
    return { path: headers.get('location')!, unknown: `/v1/jobs/${randomUUID()}` };
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
  deleteApiKey: async () => ({ method: 'DELETE', path: await aKey(), unknown: unknownKey() }),
  rotateApiKey: async () => ({
    ...{ method: 'POST', body: {} },
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
    const path = (id: string) => `/v1/me/consents/${id}`;
    return { method: 'DELETE', path: path(clientId), unknown: path(`tpc_${randomUUID()}`) };
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

async function ofAWebhook(method: string, below = '', body?: object): Promise<Thing> {
  const { path } = await aWebhook(await user('acme'), 'https://hooks.example.com/');
  const unknown = `/v1/tenant/webhooks/wh_${randomUUID().replaceAll('-', '')}`;
  return { method, path: path + below, unknown: unknown + below, ...(body ? { body } : {}) };
}

const aKey = async () => (await newApiKey('acme')).path;
/** The key of a rotation that is under way. */
async function aRotatedKey(): Promise<string> {
  const path = await aKey();
  await call('POST', `${path}/rotate`, { as: await user('acme'), body: {} });
  return path;
}
const unknownKey = () => `/v1/tenant/api-keys/${randomUUID()}`;

async function anInitialAccessToken(): Promise<{ id: string; token: string }> {
  const as = await user('acme');
  return (await call('POST', '/v1/tenant/initial-access-tokens', { as, body: { name: 'A partner' } }))
    .body as {
    id: string;
    token: string;
  };
}

/** One that nobody but acme has vouched for. */
async function aVouchedApp(): Promise<string> {
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
  return { method: 'POST', path: path + below, unknown: `/v1/user-imports/${randomUUID()}${below}` };
}

function takes(operation: string, kind: string): boolean {
  const scheme = ({ user: 'user', key: 'apiKey', app: 'app' } as const)[kind as keyof typeof callers];
  return loadContract()
    .operations.get(operation as OperationId)!
    .security.has(scheme);
}

/** All of an answer that a caller could tell two refusals apart by. */
function visible({ status, headers, body }: Answer): unknown {
  const { request_id: _id, instance: _path, ...rest } = body as Record<string, unknown>;
  const names = [...headers.keys()].filter(
    (name) => !['date', 'content-length', 'x-request-id'].includes(name),
  );
  return { status, rest, names: names.sort() };
}

describe('tenant boundary', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('has a thing to try for every operation that names one', () => {
    const named = [...loadContract().operations.values()]
      .filter(
        ({ security, parameters }) =>
          security.size > 0 &&
          [...security.keys()].some((scheme) => scheme !== 'operator') &&
          // Of one app, and of no tenant: test/operations/oauth/management.test.ts.
          !security.has('registrationToken') &&
          parameters.some((parameter) => parameter.in === 'path'),
      )
      .map(({ id }) => id);
    expect(Object.keys(things).sort()).to.deep.equal(named.sort());
  });

  for (const [operation, make] of Object.entries(things)) {
    for (const [kind, credential] of Object.entries(callers)) {
      // No app may manage keys: it is refused before anybody looks whose they are.
      if (!takes(operation, kind)) continue;
      it(`${operation}: a ${kind} of another tenant gets what an unknown id gets`, async () => {
        const { method = 'GET', body, path, unknown } = await make();
        const stranger = await credential('globex');
        const foreign = await call(method, path, { as: stranger, body });
        expect(foreign.status).to.equal(404);
        expect(visible(foreign)).to.deep.equal(visible(await call(method, unknown, { as: stranger, body })));
        // The control comes last, because some of them end the thing: the stranger has changed nothing.
        const control = await call(method, path, { as: await credential('acme'), body });
        expect(control.status).to.be.within(200, 204);
      });
    }
  }

  for (const [kind, credential] of Object.entries(callers)) {
    it(`listUsers: a ${kind} sees its own tenant only, by list and by email`, async () => {
      const foreign = await demoUser('acme', 'admin');
      const own = await demoUser('globex', 'admin');
      const as = await credential('globex');
      const emails = async (query: string, caller = as) => {
        const { body } = await call('GET', `/v1/users?${query}`, { as: caller });
        return body.users.map(({ email }: { email: string }) => email) as string[];
      };
      const listed = await emails('limit=100');
      expect(listed).to.include(own.email).and.not.include(foreign.email);
      expect(await emails(`email=${own.email}`)).to.deep.equal([own.email]);
      expect(await emails(`email=${foreign.email}`)).to.deep.equal([]);
      expect(await emails(`email=${foreign.email}`, await credential('acme'))).to.deep.equal([foreign.email]);
    });

    it(`createUser: a ${kind} creates in its own tenant, whatever it sends`, async () => {
      const as = await credential('globex');
      const email = `${kind}-${randomUUID()}@globex.example`;
      for (const smuggled of [
        { app_metadata: { tenant_id: 'acme' } },
        { tenant_id: 'acme' },
        { connection: 'acme-users' },
        { user_id: 'auth0|mine' },
      ]) {
        const refused = await call('POST', '/v1/users', { as, body: { email, ...smuggled } });
        expect(refused.status).to.equal(422);
      }
      const created = await call('POST', '/v1/users', {
        as,
        body: { email, user_metadata: { tenant_id: 'acme', app_metadata: { tenant_id: 'acme' } } },
      });
      expect(created.status).to.equal(201);
      const record = await (await management()).users.get(created.body.user_id as string);
      expect(record.app_metadata).to.deep.equal({ tenant_id: 'globex', roles: ['member'] });
      const foreign = await call('GET', created.headers.get('location')!, { as: await credential('acme') });
      expect(foreign.status).to.equal(404);
    });

    it(`createUserImport: a ${kind} creates in its own tenant`, async () => {
      const email = `import-${kind}-${randomUUID()}@globex.example`;
      const body = [{ email }, { email: `x${email}`, app_metadata: { tenant_id: 'acme' } }];
      const as = await credential('globex');
      const { headers, status } = await call('POST', '/v1/user-imports', { as, body });
      expect(status).to.equal(202);
      expect((await call('GET', headers.get('location')!, { as: await credential('acme') })).status).to.equal(
        404,
      );
    });

    it(`getMe and getTenant: a ${kind} is told of its own tenant`, async () => {
      const as = await credential('globex');
      expect((await call('GET', '/v1/me', { as })).body.tenant_id).to.equal('globex');
      expect((await call('GET', '/v1/tenant', { as })).body.id).to.equal('globex');
    });
  }

  for (const [kind, credential] of Object.entries({ user, key: apiKey })) {
    it(`listTenantApps and listTenantInitialAccessTokens: a ${kind} sees its own tenant's only`, async () => {
      const [vouched, { id }] = [await aVouchedApp(), await anInitialAccessToken()];
      const seen = async (tenant: 'acme' | 'globex') => {
        const as = await credential(tenant);
        const { apps } = (await call('GET', '/v1/tenant/apps', { as })).body;
        const { initial_access_tokens: issued } = (
          await call('GET', '/v1/tenant/initial-access-tokens', { as })
        ).body;
        return [
          ...apps.map((one: { client_id: string }) => one.client_id),
          ...issued.map((one: { id: string }) => one.id),
        ];
      };
      expect(await seen('acme')).to.include.members([vouched, id]);
      expect(await seen('globex'))
        .to.not.include(vouched)
        .and.not.include(id);
    });
  }

  it('lets nobody sign in to a tenant through the web app of another', async () => {
    const { accessToken } = await import('../../src/start/sign-in.ts');
    const { authority, audience, tenants } = await world();
    const [acme, globex] = tenants;
    const through = (
      tenant: NonNullable<typeof acme>,
      { email, password }: { email: string; password: string },
    ) =>
      accessToken({
        ...{ authority, audience, clientId: tenant.spa_client_id, redirectUri: tenant.spa_redirect_uri },
        ...{ scope: 'openid', email, password },
      });
    expect(await through(acme!, acme!.users[0]!)).to.be.a('string');
    const refused = await through(globex!, acme!.users[0]!).catch((error: Error) => error.message);
    expect(refused).to.match(/leads no further/);
  });
});
