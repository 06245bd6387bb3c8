import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { AUDIENCE, callManagement, operatorToken, postToken, startStandIn } from './account.ts';

type Body = Record<string, unknown>;

describe('stand-in: APIs, grants and roles, as recorded', () => {
  let standIn: StandIn;
  let operator: string;
  let count = 0;

  before(async () => {
    standIn = await startStandIn();
    operator = await operatorToken(standIn);
  });
  after(() => standIn.close());

  const call = <T = Body>(method: string, path: string, body?: unknown) =>
    callManagement<T>(standIn, operator, method, path, body);

  async function makeApi(more: Body = {}): Promise<Body> {
    count += 1;
    const made = await call('POST', 'resource-servers', { identifier: `https://${count}.example`, ...more });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    return made.body;
  }

  describe('APIs', () => {
    it('show neither name nor scopes that nobody gave them', async () => {
      const made = await makeApi();
      const path = `resource-servers/${String(made['id'])}`;
      for (const answer of [made, (await call('GET', path)).body])
        expect(answer).not.to.have.any.keys('name', 'scopes');
      const named = await call('PATCH', path, { name: 'Named', scopes: [{ value: 'read:all' }] });
      expect(named.body).to.deep.include({ name: 'Named', scopes: [{ value: 'read:all' }] });
      expect(await makeApi({ scopes: [] })).to.deep.include({ scopes: [] });
    });

    it('without scopes and a name are good for tokens all the same', async () => {
      const { identifier } = await makeApi();
      const grant = { client_id: 'key', audience: identifier, scope: ['read:all'] };
      expect((await call('POST', 'client-grants', grant)).status).to.equal(201);
      const token = await postToken(standIn, {
        grant_type: 'client_credentials',
        client_id: 'key',
        client_secret: 'key-secret',
        audience: String(identifier),
      });
      expect(token.status).to.equal(200);
      expect(token.body).not.to.have.property('scope', 'read:all');
    });

    const KEPT: Body[] = [
      {
        token_encryption: {
          format: 'compact-nested-jwe',
          encryption_key: { name: 'A', alg: 'RSA-OAEP-256' },
        },
      },
      { authorization_details: [{ type: 'payment' }] },
      { proof_of_possession: { mechanism: 'dpop', required: true } },
      { consent_policy: 'transactional-authorization-with-mfa' },
      { authorization_policy: { policy_id: 'p' } },
    ];
    for (const given of KEPT)
      it(`take ${Object.keys(given).join()} away with null, and take null for nothing`, async () => {
        const [name = ''] = Object.keys(given);
        const made = await makeApi(given);
        expect(made).to.deep.include(given);
        const path = `resource-servers/${String(made['id'])}`;
        const { body } = await call('PATCH', path, { [name]: null });
        expect(body).to.deep.equal(Object.fromEntries(Object.entries(made).filter(([one]) => one !== name)));
        expect((await call('GET', path)).body).to.deep.equal(body);
        expect(await makeApi({ [name]: null })).not.to.have.property(name);
      });

    it('refuse null for what cannot go', async () => {
      const { id } = await makeApi();
      for (const name of ['scopes', 'token_lifetime', 'subject_type_authorization', 'signing_alg'])
        expect((await call('PATCH', `resource-servers/${String(id)}`, { [name]: null })).status).to.equal(
          400,
        );
    });

    it('keep what is not changed of who may ask', async () => {
      const { id } = await makeApi();
      const { body } = await call('PATCH', `resource-servers/${String(id)}`, {
        subject_type_authorization: { user: { policy: 'deny_all' } },
      });
      expect(body['subject_type_authorization']).to.deep.equal({
        user: { policy: 'deny_all' },
        client: { policy: 'require_client_grant' },
      });
    });

    it('take `allow_online_access`, and keep the key for encryption to themselves', async () => {
      const key = { name: 'A', alg: 'RSA-OAEP-256', kid: 'k', pem: '-----BEGIN PUBLIC KEY-----' };
      const made = await makeApi({
        allow_online_access: true,
        token_encryption: { format: 'compact-nested-jwe', encryption_key: key },
      });
      expect(made).to.deep.include({
        allow_online_access: true,
        token_encryption: {
          format: 'compact-nested-jwe',
          encryption_key: { name: 'A', alg: 'RSA-OAEP-256', kid: 'k' },
        },
      });
    });
  });

  describe('client grants', () => {
    it('take scopes that the API lacks, and give none of them', async () => {
      const { identifier } = await makeApi({ scopes: [{ value: 'read:all' }] });
      const scope = ['read:all', 'no:such'];
      const made = await call('POST', 'client-grants', { client_id: 'key', audience: identifier, scope });
      expect(made.status).to.equal(201);
      expect(made.body).to.deep.include({ scope });
      const token = await postToken(standIn, {
        grant_type: 'client_credentials',
        client_id: 'key',
        client_secret: 'key-secret',
        audience: String(identifier),
      });
      expect(token.body['scope']).to.equal('read:all');
    });

    it('lose what is set to null', async () => {
      const { identifier } = await makeApi();
      const wanted = { client_id: 'web', audience: identifier, organization_usage: 'allow' };
      const made = await call('POST', 'client-grants', wanted);
      const path = `client-grants/${String(made.body['id'])}`;
      const { body } = await call('PATCH', path, { organization_usage: null, allow_any_organization: null });
      expect(body).not.to.have.any.keys('organization_usage', 'allow_any_organization');
    });
  });

  describe('roles', () => {
    it('say that nobody described them, and whose they are, in every answer', async () => {
      const made = await call('POST', 'roles', { name: 'plain' });
      const path = `roles/${String(made.body['id'])}`;
      const plain = { description: null, type: 'tenant' };
      await call('POST', 'users/auth0%7Cann/roles', { roles: [made.body['id']] });
      const listed = await call<Body[]>('GET', 'roles');
      const ofUser = await call<Body[]>('GET', 'users/auth0%7Cann/roles');
      for (const answer of [made.body, (await call('GET', path)).body, ...listed.body, ...ofUser.body])
        expect(answer).to.include(plain);
      const described = await call('PATCH', path, { description: 'Described' });
      expect(described.body).to.include({ description: 'Described', type: 'tenant' });
      expect((await call('PATCH', path, { description: null })).body).to.include(plain);
    });

    it('are listed by whose they are, when asked for', async () => {
      await call('POST', 'roles', { name: 'listed', type: 'organization', owner_id: 'org_1' });
      const names = async (query: string) =>
        (await call<Body[]>('GET', `roles?name_filter=listed&${query}`)).body.map(({ type }) => type);
      expect(await names('')).to.deep.equal(['organization']);
      expect(await names('type=organization')).to.deep.equal(['organization']);
      expect(await names('type=tenant')).to.deep.equal([]);
    });

    const MADE: [body: Body, status: number][] = [
      [{ name: 'of tenant', type: 'tenant' }, 200],
      [{ name: 'of organization', type: 'organization', owner_id: 'org_1' }, 200],
      [{ name: 'of nobody', type: 'organization' }, 400],
      [{ name: 'of both', type: 'tenant', owner_id: 'org_1' }, 400],
      [{ name: 'of another kind', type: 'team' }, 400],
    ];
    for (const [body, status] of MADE)
      it(`answer ${status} to ${JSON.stringify(body)}`, async () => {
        const answer = await call('POST', 'roles', body);
        expect(answer.status).to.equal(status);
        if (status === 200) expect(answer.body).to.deep.include({ ...body, description: null });
      });
  });

  describe('permissions that are not there', () => {
    const UNKNOWN: [what: string, permission: Body][] = [
      ['of an API that is', { resource_server_identifier: AUDIENCE, permission_name: 'no:such' }],
      [
        'of one that is not',
        { resource_server_identifier: 'https://nowhere', permission_name: 'read:users' },
      ],
    ];
    for (const [what, permission] of UNKNOWN)
      it(`${what} answer 404 inexistent_resource_server_permission, for roles and users`, async () => {
        const role = await call('POST', 'roles', { name: `wants ${what}` });
        for (const path of [`roles/${String(role.body['id'])}`, 'users/auth0%7Cann']) {
          const { body } = await call('POST', `${path}/permissions`, { permissions: [permission] });
          expect(body).to.include({ statusCode: 404, errorCode: 'inexistent_resource_server_permission' });
        }
      });

    it('nor of an API without scopes', async () => {
      const { identifier } = await makeApi();
      const permissions = [{ resource_server_identifier: identifier, permission_name: 'read:all' }];
      const answer = await call('POST', 'users/auth0%7Cann/permissions', { permissions });
      expect(answer.status).to.equal(404);
    });
  });

  describe('verification mails', () => {
    it('are not sent for a client that is not there: 400', async () => {
      const ask = (client_id: string) =>
        call('POST', 'jobs/verification-email', { user_id: 'auth0|ann', client_id });
      expect((await ask('nobody')).status).to.equal(400);
      expect((await ask('spa')).status).to.equal(201);
    });
  });
});
