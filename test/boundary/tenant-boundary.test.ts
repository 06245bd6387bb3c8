/**
 * No caller of one tenant reads, changes or learns of anything of another (invariant 1): what names no thing by id. What does is tried
 * in `matrix.test.ts`.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { management } from '../support/authority.ts';
import { apiKey, app, demoUser, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { inEachTenancy, type Tenancy } from '../support/tenancies.ts';
import { world } from '../support/world.ts';
import { anInitialAccessToken, aVouchedApp } from './things.ts';

const callers = { user, key: apiKey, app } as const;

describe('tenant boundary', () => inEachTenancy(boundaryOf));

function boundaryOf(tenancy: Tenancy): void {
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

  if (tenancy !== 'own') {
    it('knows users of one web app by their tenant', async () => {
      for (const id of ['acme', 'globex'] as const) {
        const { body } = await call('GET', '/v1/me', { as: await user(id) });
        expect(body.tenant_id).to.equal(id);
      }
    });
    return;
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
        authority,
        audience,
        clientId: tenant.spa_client_id,
        redirectUri: tenant.spa_redirect_uri,
        scope: 'openid',
        email,
        password,
      });
    expect(await through(acme!, acme!.users[0]!)).to.be.a('string');
    const refused = await through(globex!, acme!.users[0]!).catch((error: Error) => error.message);
    expect(refused).to.match(/unexpected page/);
  });
}
