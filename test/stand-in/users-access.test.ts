import { expect } from 'chai';
import { decodeJwt } from 'jose';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import {
  account,
  AUDIENCE,
  callManagement,
  operatorToken,
  PASSWORD,
  postToken,
  startStandIn,
} from './account.ts';
import { signIn } from './sign-in-as-spa.ts';
import { CookieJar, EndedOnPage } from './sign-in-by-form.ts';

const ANN = 'auth0%7Cann';

describe('stand-in: what users may do, and where they are signed in', () => {
  let standIn: StandIn;
  let token: string;

  beforeEach(async () => {
    standIn = await startStandIn();
    token = await operatorToken(standIn);
  });
  afterEach(() => standIn.close());

  const call = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
    callManagement<T>(standIn, token, method, path, body);
  const permission = (permission_name: string) => ({ resource_server_identifier: AUDIENCE, permission_name });

  async function newRole(name: string): Promise<string> {
    return String((await call('POST', 'roles', { name, description: 'A role' })).body['id']);
  }

  describe('roles (recorded)', () => {
    it('are made, changed, listed and deleted, with Auth0’s statuses', async () => {
      const made = await call('POST', 'roles', { name: 'editor', description: 'A role' });
      expect(made.status).to.equal(200);
      expect(made.body).to.have.all.keys('id', 'name', 'description', 'type');
      const id = String(made.body['id']);
      expect(id).to.match(/^rol_\w{16}$/);
      expect((await call('GET', `roles/${id}`)).body).to.deep.equal(made.body);
      const changed = await call('PATCH', `roles/${id}`, { name: 'author' });
      expect(changed.body).to.deep.equal({ ...made.body, name: 'author' });
      await newRole('reader');
      const list = await call('GET', 'roles?include_totals=true&name_filter=AUTH');
      expect(list.body).to.deep.equal({ total: 1, start: 0, limit: 50, roles: [changed.body] });
      const deleted = await call('DELETE', `roles/${id}`);
      expect([deleted.status, deleted.body]).to.deep.equal([200, {}]);
      const gone = await call('GET', `roles/${id}`);
      expect([gone.status, gone.body]).to.deep.equal([
        404,
        { statusCode: 404, error: 'Not Found', message: 'The role does not exist.' },
      ]);
    });

    it('refuse a name twice (status specified)', async () => {
      await newRole('editor');
      expect((await call('POST', 'roles', { name: 'editor' })).status).to.equal(409);
    });

    it('are given to users from both ends, and gone with the role', async () => {
      const [editor, reader] = [await newRole('editor'), await newRole('reader')];
      expect((await call('POST', `users/${ANN}/roles`, { roles: [editor] })).status).to.equal(204);
      const given = await call('POST', `roles/${reader}/users`, { users: ['auth0|ann', 'auth0|gus'] });
      expect([given.status, given.body]).to.deep.equal([200, {}]);
      const names = async () =>
        (await call<{ name: string }[]>('GET', `users/${ANN}/roles`)).body.map(({ name }) => name);
      expect(await names()).to.deep.equal(['editor', 'reader']);
      const members = await call<{ user_id: string }[]>('GET', `roles/${reader}/users`);
      expect(members.body.map(({ user_id }) => user_id)).to.have.members(['auth0|ann', 'auth0|gus']);
      expect(members.body[0]).to.have.all.keys('user_id', 'email', 'picture', 'name');
      expect((await call('DELETE', `users/${ANN}/roles`, { roles: [editor] })).status).to.equal(204);
      await call('DELETE', `roles/${reader}`);
      expect(await names()).to.deep.equal([]);
    });

    it('page their users by checkpoint', async () => {
      const id = await newRole('reader');
      await call('POST', `roles/${id}/users`, { users: ['auth0|ann', 'auth0|gus'] });
      interface Page {
        users: object[];
        next?: string;
      }
      const first = (await call<Page>('GET', `roles/${id}/users?take=1`)).body;
      expect(first.users).to.have.length(1);
      const second = (await call<Page>('GET', `roles/${id}/users?take=1&from=${first.next}`)).body;
      expect(second.users).to.have.length(1);
      expect(second).not.to.have.property('next');
    });

    it('name users and permissions that exist', async () => {
      const id = await newRole('reader');
      expect((await call('POST', `roles/${id}/users`, { users: ['auth0|nobody'] })).status).to.equal(404);
      expect((await call('POST', `users/${ANN}/roles`, { roles: ['rol_0'] })).status).to.equal(400);
      const permissions = [permission('fly:kites')];
      expect((await call('POST', `roles/${id}/permissions`, { permissions })).status).to.equal(404);
      const empty = await call('POST', `roles/${id}/permissions`, { permissions: [] });
      expect(empty.body['message']).to.equal(
        "Payload validation error: 'Array is too short (0), minimum 1' on property permissions.",
      );
    });
  });

  describe('permissions', () => {
    it('are a user’s own or come with roles, and say which (recorded)', async () => {
      const id = await newRole('reader');
      const added = await call('POST', `roles/${id}/permissions`, {
        permissions: [permission('read:users')],
      });
      expect([added.status, added.body]).to.deep.equal([201, {}]);
      await call('POST', `users/${ANN}/roles`, { roles: [id] });
      await call('POST', `users/${ANN}/permissions`, {
        permissions: [permission('read:users'), permission('create:users')],
      });
      const { body } = await call<object[]>('GET', `users/${ANN}/permissions`);
      const direct = { source_id: '', source_name: '', source_type: 'DIRECT' };
      expect(body).to.deep.equal([
        {
          ...permission('read:users'),
          description: 'Read users',
          resource_server_name: 'Example API',
          sources: [direct, { source_id: id, source_name: 'reader', source_type: 'ROLE' }],
        },
        {
          ...permission('create:users'),
          description: 'Create users',
          resource_server_name: 'Example API',
          sources: [direct],
        },
      ]);
      const removed = await call('DELETE', `users/${ANN}/permissions`, {
        permissions: [permission('read:users'), permission('create:users')],
      });
      expect(removed.status).to.equal(204);
      expect((await call<object[]>('GET', `users/${ANN}/permissions`)).body).to.have.length(1);
      await call('DELETE', `roles/${id}/permissions`, { permissions: [permission('read:users')] });
      expect((await call<object[]>('GET', `users/${ANN}/permissions`)).body).to.deep.equal([]);
    });

    it('limit the scopes of a token and are told in it, where the API asks for that (Auth0 docs, "Role-based access control")', async () => {
      const server = standIn.store.resourceServers.first('identifier', AUDIENCE);
      await call('PATCH', `resource-servers/${server?.id}`, {
        enforce_policies: true,
        token_dialect: 'access_token_authz',
      });
      await call('POST', `users/${ANN}/permissions`, { permissions: [permission('create:users')] });
      const tokens = await signIn(standIn, { scope: 'openid read:users create:users offline_access' });
      expect(tokens.scope?.split(' ')).to.have.members(['openid', 'create:users', 'offline_access']);
      const claims = decodeJwt(tokens.access_token);
      expect(claims['permissions']).to.deep.equal(['create:users']);
      expect(String(claims['scope'])).not.to.contain('read:users');
      // What is taken away is gone with the next token.
      await call('DELETE', `users/${ANN}/permissions`, { permissions: [permission('create:users')] });
      const { body } = await postToken(standIn, {
        grant_type: 'refresh_token',
        client_id: 'spa',
        refresh_token: tokens.refresh_token!,
      });
      expect(decodeJwt(String(body['access_token']))['permissions']).to.deep.equal([]);
      const machine = await postToken(standIn, {
        grant_type: 'client_credentials',
        client_id: 'key',
        client_secret: 'key-secret',
        audience: AUDIENCE,
      });
      expect(decodeJwt(String(machine.body['access_token']))['permissions']).to.deep.equal(['read:users']);
    });

    it('are not told otherwise', async () => {
      const tokens = await signIn(standIn, { scope: 'read:users' });
      expect(decodeJwt(tokens.access_token)).not.to.have.property('permissions');
      expect(tokens.scope).to.equal('read:users');
    });
  });

  describe('sessions and refresh tokens', () => {
    const refresh = (refresh_token = '') =>
      postToken(standIn, { grant_type: 'refresh_token', client_id: 'spa', refresh_token });

    it('are listed without giving away what they are made of (recorded in form)', async () => {
      const { refresh_token } = await signIn(standIn, { scope: 'openid read:users offline_access' });
      const listed = await call<{ tokens: Record<string, unknown>[]; total: number }>(
        'GET',
        `users/${ANN}/refresh-tokens?include_totals=true`,
      );
      expect(listed.body.total).to.equal(1);
      expect(listed.body.tokens[0]).to.deep.include({
        user_id: 'auth0|ann',
        client_id: 'spa',
        rotating: true,
      });
      const [{ audience, scopes }] = listed.body.tokens[0]!['resource_servers'] as [
        { audience: string; scopes: string },
      ];
      expect(audience).to.equal(AUDIENCE);
      expect(scopes.split(' ')).to.have.members(['openid', 'read:users', 'offline_access']);
      const { body } = await call<{ sessions: Record<string, unknown>[] }>('GET', `users/${ANN}/sessions`);
      expect(body.sessions[0]).to.deep.include({ user_id: 'auth0|ann', clients: [{ client_id: 'spa' }] });
      expect(JSON.stringify([listed.body, body])).not.to.contain(refresh_token!);
    });

    it('end when they are deleted, each kind by itself', async () => {
      const cookies = new CookieJar();
      const first = await signIn(standIn, { scope: 'offline_access', cookies });
      const deleted = await call('DELETE', `users/${ANN}/refresh-tokens`);
      expect([deleted.status, deleted.body]).to.deep.equal([202, {}]);
      expect((await refresh(first.refresh_token)).status).to.equal(403);
      // The session is still there: no password is asked for.
      const second = await signIn(standIn, { scope: 'offline_access', cookies, password: 'not asked for' });
      expect((await call('DELETE', `users/${ANN}/sessions`)).status).to.equal(202);
      const again = signIn(standIn, { scope: 'openid', cookies, password: 'asked for again' });
      expect(await again.catch((error: unknown) => error)).to.be.instanceOf(Error);
      expect((await refresh(second.refresh_token)).status).to.equal(200);
    });

    it('end together when access is revoked, but for refresh tokens that are to stay (specified)', async () => {
      const kept = await signIn(standIn, { scope: 'offline_access' });
      await call('POST', `users/${ANN}/revoke-access`, { preserve_refresh_tokens: true });
      const { body } = await refresh(kept.refresh_token);
      expect((await call('POST', `users/${ANN}/revoke-access`, {})).status).to.equal(202);
      expect((await refresh(String(body['refresh_token']))).status).to.equal(403);
      expect(
        (await call<{ sessions: object[] }>('GET', `users/${ANN}/sessions`)).body.sessions,
      ).to.deep.equal([]);
    });
  });

  it('blocks after ten wrong passwords, until it is lifted (Auth0 docs, "Brute-force protection")', async () => {
    const attempt = (password: string) =>
      signIn(standIn, { scope: 'openid', password }).then(
        () => 'signed in',
        (error: unknown) =>
          error instanceof EndedOnPage ? /id="error">([^<]*)</.exec(error.html)?.[1] : error,
      );
    const blocks = async (path: string) =>
      (await call<{ blocked_for: object[] }>('GET', path)).body.blocked_for;
    for (let wrong = 1; wrong < 10; wrong += 1)
      expect(await attempt('wrong')).to.equal('Wrong email or password');
    expect(await blocks(`user-blocks/${ANN}`)).to.deep.equal([]);
    expect(await attempt('wrong')).to.match(/^Your account has been blocked/);
    expect(await attempt(PASSWORD)).to.match(/^Your account has been blocked/);
    const [block] = await blocks(`user-blocks/${ANN}`);
    expect(block).to.include({ identifier: 'ann@example.com' }).and.to.have.property('ip');
    expect(await blocks('user-blocks?identifier=ann@example.com')).to.deep.equal([block]);
    expect([...standIn.store.logs.values()].filter(({ type }) => type === 'limit_wc')).to.have.length(1);
    expect((await call('DELETE', `user-blocks/${ANN}`)).status).to.equal(204);
    expect(await attempt(PASSWORD)).to.equal('signed in');
    for (let wrong = 0; wrong < 10; wrong += 1) await attempt('wrong');
    expect((await call('DELETE', 'user-blocks?identifier=ann@example.com')).status).to.equal(204);
    expect(await attempt(PASSWORD)).to.equal('signed in');
  });

  it('can be seeded', async () => {
    await standIn.close();
    const roles = [{ name: 'editor', permissions: [permission('read:users')], users: ['auth0|ann'] }];
    standIn = await startStandIn({ seed: { ...account(), roles } });
    token = await operatorToken(standIn);
    const owned = await call<{ permission_name: string }[]>('GET', `users/${ANN}/permissions`);
    expect(owned.body.map(({ permission_name }) => permission_name)).to.deep.equal(['read:users']);
  });

  it('links accounts and parts them again (recorded)', async () => {
    const linked = await call<object[]>('POST', `users/${ANN}/identities`, {
      provider: 'auth0',
      user_id: 'gus',
    });
    expect(linked.status).to.equal(201);
    expect(linked.body).to.have.length(2);
    expect(linked.body[1]).to.include({ user_id: 'gus', provider: 'auth0', connection: 'globex' });
    expect((await call('GET', 'users/auth0%7Cgus')).status).to.equal(404);
    const parted = await call<object[]>('DELETE', `users/${ANN}/identities/auth0/gus`);
    expect([parted.status, parted.body.length]).to.deep.equal([200, 1]);
  });
});
