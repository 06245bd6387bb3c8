import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { AUDIENCE, callManagement, CONNECTION, operatorToken, startStandIn } from './account.ts';

type Body = Record<string, unknown>;

/** Names of organizations here, so that tests need not know of each other. */
let made = 0;

describe('stand-in: organizations at the Management API', () => {
  let standIn: StandIn;
  let token: string;
  let connection: string;

  before(async () => {
    standIn = await startStandIn();
    token = await operatorToken(standIn);
    connection = standIn.store.connections.first('name', CONNECTION)!.id;
  });
  after(() => standIn.close());

  const call = <T = Body>(method: string, path: string, body?: unknown) =>
    callManagement<T>(standIn, token, method, path, body);

  async function make(more: object = {}): Promise<string> {
    const { status, body } = await call('POST', 'organizations', { name: `org-${(made += 1)}`, ...more });
    expect(status, JSON.stringify(body)).to.equal(201);
    return String(body['id']);
  }

  async function makeUser(): Promise<string> {
    const { body } = await call('POST', 'users', {
      connection: CONNECTION,
      email: `member-${(made += 1)}@example.com`,
      password: 'correct horse battery',
    });
    return String(body['user_id']);
  }

  describe('what they are', () => {
    it('are made with an id of their kind, and keep third parties out unless told otherwise (recorded)', async () => {
      const { body } = await call('POST', 'organizations', { name: 'acme', display_name: 'Acme' });
      expect(body['id']).to.match(/^org_[A-Za-z0-9]{16}$/);
      expect(body).to.include({ name: 'acme', display_name: 'Acme', third_party_client_access: 'block' });
      for (const path of [`organizations/${String(body['id'])}`, 'organizations/name/acme'])
        expect((await call('GET', path)).body).to.deep.equal(body);
      const again = await call('POST', 'organizations', { name: 'acme' });
      expect([again.status, again.body['errorCode']]).to.deep.equal([409, 'organization_conflict']);
    });

    const REFUSED: [what: string, body: object][] = [
      ['no name', {}],
      ['capitals', { name: 'Acme' }],
      ['a space', { name: 'a b' }],
      ['51 characters', { name: 'a'.repeat(51) }],
      ['the word that only the documentation has', { name: 'x', third_party_client_access: 'deny' }],
      ['26 members of metadata', { name: 'x', metadata: many(26, 'v') }],
      ['a long member of metadata', { name: 'x', metadata: { a: 'v'.repeat(256) } }],
      ['metadata that is no text', { name: 'x', metadata: { a: 1 } }],
      ['eleven connections', { name: 'x', enabled_connections: Array(11).fill({ connection_id: 'con_a' }) }],
      ['anything else', { name: 'x', owner: 'me' }],
    ];
    for (const [what, body] of REFUSED)
      it(`are not made with ${what}`, async () => {
        const answer = await call('POST', 'organizations', body);
        expect([answer.status, answer.body['errorCode']]).to.deep.equal([400, 'invalid_body']);
      });

    it('have their metadata replaced whole, and the rest left as it is (recorded)', async () => {
      const id = await make({ display_name: 'Shown', metadata: { a: '1', b: '2' } });
      const { body } = await call('PATCH', `organizations/${id}`, { metadata: { c: '3' } });
      expect(body).to.deep.include({ display_name: 'Shown', metadata: { c: '3' } });
      const other = await call('PATCH', `organizations/${id}`, { third_party_client_access: 'allow' });
      expect(other.body).to.deep.include({ metadata: { c: '3' }, third_party_client_access: 'allow' });
      const own = await call('PATCH', `organizations/${id}`, { name: other.body['name'] });
      expect(own.status).to.equal(200);
      const name = standIn.store.organizations.get(await make())!.name;
      expect((await call('PATCH', `organizations/${id}`, { name })).status).to.equal(409);
    });

    it('are gone with their memberships, and their users stay', async () => {
      const id = await make({ enabled_connections: [{ connection_id: connection }] });
      const user = await makeUser();
      await call('POST', `organizations/${id}/members`, { members: [user] });
      expect((await call('DELETE', `organizations/${id}`)).status).to.equal(204);
      for (const [method, path] of [
        ['GET', ''],
        ['DELETE', ''],
        ['PATCH', ''],
        ['GET', '/members'],
        ['POST', '/members'],
        ['GET', '/enabled_connections'],
        ['GET', '/invitations'],
        ['GET', '/client-grants'],
        ['GET', '/discovery-domains'],
        ['GET', '/clients'],
      ] as const) {
        const gone = await call(method, `organizations/${id}${path}`, method === 'GET' ? undefined : {});
        expect(gone.body, `${method} ${path}`).to.deep.equal({
          statusCode: 404,
          error: 'Not Found',
          message: 'No organization found by that id or name',
        });
      }
      expect((await call('GET', `users/${encodeURIComponent(user)}`)).status).to.equal(200);
      expect((await call('GET', `users/${encodeURIComponent(user)}/organizations`)).body).to.deep.equal([]);
      expect((await call('GET', `users?q=organization_id:"${id}"`)).body).to.deep.equal([]);
    });

    it('are listed by pages up to a thousand, and by checkpoints beyond (Auth0 docs, "Retrieve organizations")', async () => {
      while (standIn.store.organizations.size < 5) await make();
      const all = standIn.store.organizations.size;
      const paged = await call('GET', 'organizations?per_page=2&include_totals=true');
      expect(paged.body).to.deep.include({ start: 0, limit: 2, total: all });
      expect((await call('GET', 'organizations?per_page=100&page=9')).status).to.equal(200);
      const beyond = await call('GET', 'organizations?per_page=100&page=10');
      expect([beyond.status, beyond.body['errorCode']]).to.deep.equal([400, 'invalid_paging']);
      const seen: string[] = [];
      let from: string | undefined;
      do {
        const { body } = await call<{ organizations: { id: string }[]; next?: string }>(
          'GET',
          `organizations?take=2${from === undefined ? '' : `&from=${from}`}`,
        );
        seen.push(...body.organizations.map(({ id }) => id));
        from = body.next;
      } while (from !== undefined);
      expect(seen).to.deep.equal([...standIn.store.organizations.keys()]);
    });
  });

  describe('their connections', () => {
    it('are enabled with one call or several, and shown with what they are (recorded)', async () => {
      const id = await make();
      const path = `organizations/${id}/enabled_connections`;
      const added = await call('POST', path, { connection_id: connection, assign_membership_on_login: true });
      expect([added.status, added.body]).to.deep.equal([
        201,
        {
          connection_id: connection,
          assign_membership_on_login: true,
          is_signup_enabled: false,
          show_as_button: true,
          connection: { name: CONNECTION, strategy: 'auth0' },
        },
      ]);
      expect((await call('GET', `${path}/${connection}`)).body).to.deep.equal(added.body);
      expect((await call('POST', path, { connection_id: connection })).status).to.equal(409);
      const bad = { assign_membership_on_login: false, is_signup_enabled: true };
      expect((await call('PATCH', `${path}/${connection}`, bad)).body['errorCode']).to.equal('invalid_body');
      const good = await call('PATCH', `${path}/${connection}`, { show_as_button: false });
      expect(good.body).to.include({ assign_membership_on_login: true, show_as_button: false });
      expect((await call('DELETE', `${path}/${connection}`)).status).to.equal(204);
      expect((await call('GET', `${path}/${connection}`)).body['message']).to.equal(
        'No connection found by that id',
      );
      expect((await call('POST', path, { connection_id: 'con_0000000000000000' })).status).to.equal(404);
    });

    it('make no organization where one of them is not there', async () => {
      const body = { name: 'half-made', enabled_connections: [{ connection_id: 'con_0000000000000000' }] };
      expect((await call('POST', 'organizations', body)).status).to.equal(404);
      expect((await call('GET', 'organizations/name/half-made')).status).to.equal(404);
    });

    it('end with the connection', async () => {
      const { body } = await call('POST', 'connections', { name: 'short-lived', strategy: 'auth0' });
      const id = await make({ enabled_connections: [{ connection_id: body['id'] }] });
      await call('DELETE', `connections/${String(body['id'])}`);
      expect((await call('GET', `organizations/${id}/enabled_connections`)).body).to.deep.equal([]);
    });
  });

  describe('their members', () => {
    it('come and go by ten at a time, once each, and show their roles where asked (recorded)', async () => {
      const id = await make();
      const [user, role] = [await makeUser(), await makeRole()];
      const path = `organizations/${id}/members`;
      for (let time = 0; time < 2; time += 1)
        expect((await call('POST', path, { members: [user] })).status).to.equal(204);
      const roles = `${path}/${encodeURIComponent(user)}/roles`;
      expect((await call('POST', roles, { roles: [role] })).status).to.equal(204);
      expect((await call<Body[]>('GET', path)).body.map((one) => Object.keys(one).sort())).to.deep.equal([
        ['email', 'name', 'picture', 'user_id'],
      ]);
      expect((await call('GET', `${path}?fields=user_id,roles&include_fields=true`)).body).to.deep.equal([
        { user_id: user, roles: [{ id: role, name: standIn.store.roles.get(role)!.name }] },
      ]);
      expect((await call('DELETE', roles, { roles: [role] })).status).to.equal(204);
      expect((await call('GET', roles)).body).to.deep.equal([]);
      for (let time = 0; time < 2; time += 1)
        expect((await call('DELETE', path, { members: [user] })).status).to.equal(204);
      expect((await call('GET', roles)).status).to.equal(404);
      expect((await call('DELETE', roles, { roles: [role] })).status).to.equal(404);
    });

    it('may have roles before they are members, which count from then on (recorded)', async () => {
      const [user, role] = [await makeUser(), await makeRole()];
      const path = `organizations/${await make()}/members`;
      const roles = `${path}/${encodeURIComponent(user)}/roles`;
      expect((await call('POST', roles, { roles: [role] })).status).to.equal(204);
      expect((await call('GET', path)).body).to.deep.equal([]);
      expect((await call('GET', roles)).status).to.equal(404);
      await call('POST', path, { members: [user] });
      expect((await call<Body[]>('GET', roles)).body.map((one) => one['id'])).to.deep.equal([role]);
      await call('DELETE', path, { members: [user] });
      await call('POST', path, { members: [user] });
      expect((await call('GET', roles)).body, 'as a member anew').to.deep.equal([]);
      expect((await call('POST', `${path}/auth0%7Cnobody/roles`, { roles: [role] })).status).to.equal(404);
      expect((await call('POST', roles, { roles: ['rol_0000000000000000'] })).status).to.equal(400);
    });

    const REFUSED: [what: string, members: unknown, status: number][] = [
      ['none', [], 400],
      ['eleven', Array(11).fill('auth0|ann'), 400],
      ['a text', 'auth0|ann', 400],
      ['somebody who is not there', ['auth0|ann', 'auth0|nobody'], 404],
    ];
    for (const [what, members, status] of REFUSED)
      it(`are not added: ${what}`, async () => {
        const path = `organizations/${await make()}/members`;
        expect((await call('POST', path, { members })).status).to.equal(status);
        expect((await call('GET', path)).body).to.deep.equal([]);
      });

    it('are walked through by checkpoints, the last page of which is empty, also while they go (recorded in part)', async () => {
      const id = await make();
      const users = [await makeUser(), await makeUser(), await makeUser()];
      await call('POST', `organizations/${id}/members`, { members: users });
      const page = async (from?: string) =>
        (
          await call<{ members: { user_id: string }[]; next?: string }>(
            'GET',
            `organizations/${id}/members?take=2${from === undefined ? '' : `&from=${from}`}`,
          )
        ).body;
      const first = await page();
      expect(first.members).to.have.length(2);
      // Where the checkpoint is of somebody who is gone, it goes on behind.
      const [, last] = first.members;
      await call('DELETE', `organizations/${id}/members`, { members: [last!.user_id] });
      const second = await page(first.next);
      const seen = [...first.members, ...second.members].map(({ user_id }) => user_id);
      expect(seen.sort()).to.deep.equal([...users].sort());
      expect(await page(second.next)).to.deep.equal({ members: [] });
    });

    it('are none any more when the user is deleted', async () => {
      const [id, user] = [await make(), await makeUser()];
      await call('POST', `organizations/${id}/members`, { members: [user] });
      await call('DELETE', `users/${encodeURIComponent(user)}`);
      expect((await call('GET', `organizations/${id}/members`)).body).to.deep.equal([]);
    });

    it('show late in lists and searches, and count at once (Auth0 docs, "Retrieve members")', async () => {
      const [id, user] = [await make(), await makeUser()];
      const path = `organizations/${id}/members`;
      const listed = async (): Promise<[number, number]> => [
        (await call<unknown[]>('GET', path)).body.length,
        (await call<unknown[]>('GET', `users?q=organization_id:"${id}"`)).body.length,
      ];
      const organizations = `users/${encodeURIComponent(user)}/organizations`;
      standIn.controls.change({ searchDelayMs: 10_000 });
      standIn.controls.advanceClock(10_000);
      await call('POST', path, { members: [user] });
      expect(await listed()).to.deep.equal([0, 0]);
      expect((await call<unknown[]>('GET', organizations)).body).to.have.length(1);
      standIn.controls.advanceClock(10_000);
      expect(await listed()).to.deep.equal([1, 1]);
      await call('DELETE', path, { members: [user] });
      expect(await listed()).to.deep.equal([1, 1]);
      expect((await call<unknown[]>('GET', organizations)).body, 'of the user, too').to.have.length(1);
      expect((await call('GET', `${path}/${encodeURIComponent(user)}/roles`)).status).to.equal(404);
      standIn.controls.advanceClock(10_000);
      expect(await listed()).to.deep.equal([0, 0]);
      expect((await call<unknown[]>('GET', organizations)).body).to.have.length(0);
      standIn.controls.change({ searchDelayMs: 0 });
    });

    it('are found by organization, also with other terms and without (Auth0 docs, "Search organization members")', async () => {
      const [one, other] = [await make(), await make()];
      const [a, b, c] = [await makeUser(), await makeUser(), await makeUser()];
      await call('POST', `organizations/${one}/members`, { members: [a, b] });
      await call('POST', `organizations/${other}/members`, { members: [b, c] });
      const email = String(standIn.store.users.get(a)!.profile.email);
      const table: [q: string, found: string[]][] = [
        [`organization_id:"${one}"`, [a, b]],
        [`organization_id:${one} AND organization_id:${other}`, [b]],
        [`organization_id:"${one}" AND NOT organization_id:"${other}"`, [a]],
        [`organization_id:(${one} OR ${other})`, [a, b, c]],
        [`organization_id:"${one}" AND email:"${email}"`, [a]],
        [`email:"${email}" AND organization_id:"${other}"`, []],
        [`NOT organization_id:* AND user_id:"${a}"`, []],
        ['organization_id:"org_0000000000000000"', []],
      ];
      for (const [q, found] of table) {
        const { body } = await call<{ user_id: string }[]>('GET', `users?q=${encodeURIComponent(q)}`);
        expect(body.map(({ user_id }) => user_id).sort(), q).to.deep.equal([...found].sort());
        for (const user of body) expect(user).to.not.have.property('organization_id');
      }
    });
  });

  describe('what else they have', () => {
    it('invitations, to where their application begins (recorded)', async () => {
      const id = await make();
      const path = `organizations/${id}/invitations`;
      const body = { inviter: { name: 'Ann' }, invitee: { email: 'new@example.com' }, client_id: 'web' };
      expect((await call('POST', path, body)).status).to.equal(400);
      await call('PATCH', 'clients/web', { initiate_login_uri: 'https://app.example/login' });
      const invited = await call('POST', path, body);
      expect(invited.status).to.equal(201);
      const { searchParams } = new URL(String(invited.body['invitation_url']));
      expect(searchParams.get('invitation')).to.equal(invited.body['ticket_id']);
      expect(searchParams.get('organization')).to.equal(id);
      const [from, until] = [String(invited.body['created_at']), String(invited.body['expires_at'])].map(
        Date.parse,
      );
      expect(until! - from!).to.equal(7 * 86_400_000);
      const list = await call('GET', `${path}?include_totals=true`);
      expect(list.body).to.deep.equal({ invitations: [invited.body], start: 0, limit: 1 });
      for (const bad of [{ ttl_sec: 30 * 86_400 + 1 }, { invitee: { email: 'nobody' } }, { inviter: {} }])
        expect((await call('POST', path, { ...body, ...bad })).status, JSON.stringify(bad)).to.equal(400);
      expect((await call('POST', path, { ...body, client_id: 'nobody' })).status).to.equal(404);
      const elsewhere = `organizations/${await make()}/invitations/${String(invited.body['id'])}`;
      expect((await call('DELETE', elsewhere)).body['errorCode']).to.equal('inexistent_invitation');
      expect((await call('DELETE', `${path}/${String(invited.body['id'])}`)).status).to.equal(204);
    });

    it('client grants, until the grant or its client is gone (recorded)', async () => {
      const id = await make();
      const path = `organizations/${id}/client-grants`;
      const grant = [...standIn.store.clientGrants.by('client', 'key')].find(
        ({ audience }) => audience === AUDIENCE,
      )!;
      const added = await call('POST', path, { grant_id: grant.id });
      expect([added.status, added.body['grant_id'], 'id' in added.body]).to.deep.equal([
        201,
        grant.id,
        false,
      ]);
      expect((await call<Body[]>('GET', path)).body.map((one) => one['id'])).to.deep.equal([grant.id]);
      expect((await call('GET', `${path}?client_id=web`)).body).to.deep.equal([]);
      const organizations = `client-grants/${grant.id}/organizations`;
      expect((await call<Body[]>('GET', organizations)).body.map((one) => one['id'])).to.deep.equal([id]);
      expect((await call('POST', path, { grant_id: 'cgr_0000000000000000' })).status).to.equal(404);
      expect((await call('DELETE', `${path}/${grant.id}`)).status).to.equal(204);
      expect((await call('GET', organizations)).body).to.deep.equal([]);
      await call('POST', path, { grant_id: grant.id });
      await call('DELETE', `client-grants/${grant.id}`);
      expect((await call('GET', path)).body).to.deep.equal([]);
    });

    it('domains that they are found by, pending until somebody says otherwise (recorded)', async () => {
      const id = await make();
      const path = `organizations/${id}/discovery-domains`;
      const { body } = await call('POST', path, { domain: 'acme.example' });
      expect(body).to.include({ domain: 'acme.example', status: 'pending' });
      expect((await call('GET', `${path}/name/acme.example`)).body).to.deep.equal(body);
      expect((await call('POST', path, { domain: 'ACME.example' })).status).to.equal(409);
      expect((await call('POST', path, { domain: 'no domain' })).status).to.equal(400);
      const one = `${path}/${String(body['id'])}`;
      expect((await call('PATCH', one, { status: 'verified' })).body['status']).to.equal('verified');
      expect(
        (await call('GET', `organizations/${await make()}/discovery-domains/${String(body['id'])}`)).status,
      ).to.equal(404);
      expect((await call('DELETE', one)).status).to.equal(204);
    });

    it('applications that are named for them (recorded by terraform-provider-auth0)', async () => {
      const path = `organizations/${await make()}/clients`;
      const clients = [{ client_id: 'web', use_for_member_access: true }];
      const { status, body } = await call<Body[]>('POST', path, { clients });
      expect([status, body[0]?.['client']]).to.deep.equal([
        201,
        {
          name: 'Web application',
          is_first_party: true,
          grant_types: ['authorization_code', 'refresh_token'],
        },
      ]);
      expect((await call('GET', `${path}?take=50`)).body).to.deep.equal({ clients: body });
      const eleven = { clients: Array(11).fill({ client_id: 'web' }) };
      expect((await call('POST', path, eleven)).status).to.equal(400);
      for (let time = 0; time < 2; time += 1)
        expect((await call('DELETE', path, { clients: [{ client_id: 'web' }] })).status).to.equal(204);
    });
  });

  describe('who may ask', () => {
    const SCOPES: [method: string, path: string, scope: string][] = [
      ['GET', 'organizations', 'read:organizations'],
      ['POST', 'organizations', 'create:organizations'],
      ['PATCH', 'organizations/org_a', 'update:organizations'],
      ['DELETE', 'organizations/org_a', 'delete:organizations'],
      ['GET', 'organizations/name/a', 'read:organizations'],
      ['POST', 'organizations/org_a/enabled_connections', 'create:organization_connections'],
      ['PATCH', 'organizations/org_a/enabled_connections/con_a', 'update:organization_connections'],
      ['GET', 'organizations/org_a/members', 'read:organization_members'],
      ['POST', 'organizations/org_a/members', 'create:organization_members'],
      ['DELETE', 'organizations/org_a/members', 'delete:organization_members'],
      ['POST', 'organizations/org_a/members/auth0%7Cann/roles', 'create:organization_member_roles'],
      ['POST', 'organizations/org_a/invitations', 'create:organization_invitations'],
      ['GET', 'organizations/org_a/client-grants', 'read:organization_client_grants'],
      ['PATCH', 'organizations/org_a/discovery-domains/ord_a', 'update:organization_discovery_domains'],
      ['POST', 'organizations/org_a/clients', 'create:organization_clients'],
      ['GET', 'users/auth0%7Cann/organizations', 'read:organizations'],
    ];
    for (const [method, path, scope] of SCOPES)
      it(`${method} /${path}: ${scope}`, async () => {
        const audience = `${standIn.url}api/v2/`;
        const claims = { iss: standIn.url, sub: 'a@clients', aud: audience, azp: 'a' };
        const times = { iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 600_000 };
        const others = standIn.store.resourceServers
          .first('identifier', audience)!
          .scopes!.map(({ value }) => value)
          .filter((one) => one !== scope && !one.endsWith(':organizations_summary'));
        const without = standIn.controls.signToken({}, { ...claims, ...times, scope: others.join(' ') });
        const refused = await callManagement(
          standIn,
          without,
          method,
          path,
          method === 'GET' ? undefined : {},
        );
        expect(refused.body['message']).to.match(
          new RegExp(`^Insufficient scope, expected any of: ${scope}`),
        );
        const allowed = standIn.controls.signToken({}, { ...claims, ...times, scope });
        const { status } = await callManagement(
          standIn,
          allowed,
          method,
          path,
          method === 'GET' ? undefined : {},
        );
        expect(status).to.be.oneOf([200, 400, 404]);
      });
  });

  async function makeRole(): Promise<string> {
    const { body } = await call('POST', 'roles', { name: `role-${(made += 1)}` });
    return String(body['id']);
  }
});

function many(count: number, value: string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));
}
