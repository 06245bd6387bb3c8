import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { Management, type ManagementClient } from 'auth0';
import { SignJWT, importJWK } from 'jose';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import type { UserProfile } from '../../src/stand-in/store/records.ts';
import {
  AUDIENCE,
  callManagement,
  CONNECTION,
  OPERATOR,
  operatorToken,
  PASSWORD,
  postToken,
  startStandIn,
} from './account.ts';
import { managementClient } from './management-client.ts';

describe('stand-in: Management API', () => {
  let standIn: StandIn;
  let sdk: ManagementClient;
  let operator: string;

  before(async () => {
    standIn = await startStandIn();
    sdk = managementClient(standIn);
    operator = await operatorToken(standIn);
  });
  after(() => standIn.close());

  const call = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
    callManagement<T>(standIn, operator, method, path, body);

  async function failureOf(work: PromiseLike<unknown>): Promise<{ statusCode: number; body: unknown }> {
    try {
      await work;
    } catch (error) {
      return error as { statusCode: number; body: unknown };
    }
    throw new Error('it should have failed');
  }

  describe('users', () => {
    it('are created with Auth0’s keys (recorded), the given id behind the strategy’s name, and no password', async () => {
      const user = await sdk.users.create({
        connection: CONNECTION,
        email: 'New.One@example.com',
        password: PASSWORD,
        user_id: 'given',
        email_verified: true,
        verify_email: false,
        given_name: 'New',
        app_metadata: { tenant_id: 'acme', rank: 1 },
        user_metadata: { colour: 'blue' },
      });
      expect(user).to.have.all.keys(
        'created_at',
        'email',
        'email_verified',
        'given_name',
        'identities',
        'name',
        'nickname',
        'picture',
        'updated_at',
        'user_id',
        'user_metadata',
        'app_metadata',
      );
      expect(user).to.deep.include({
        user_id: 'auth0|given',
        email: 'new.one@example.com',
        name: 'new.one@example.com',
        nickname: 'new.one',
        identities: [{ connection: CONNECTION, user_id: 'given', provider: 'auth0', isSocial: false }],
      });
      expect(await sdk.users.get('auth0|given')).to.deep.equal(user);
      expect(await sdk.users.listUsersByEmail({ email: 'new.one@example.com' })).to.deep.equal([user]);
    });

    it('merge metadata at the first level, null removes (Auth0 docs, "Manage metadata")', async () => {
      const { body } = await call<UserProfile>('PATCH', 'users/auth0%7Cgiven', {
        app_metadata: { rank: null, deep: { a: 1 } },
        user_metadata: {},
        name: 'Named',
      });
      expect(body).to.deep.include({
        app_metadata: { tenant_id: 'acme', deep: { a: 1 } },
        user_metadata: {},
        name: 'Named',
      });
      const next = await call<UserProfile>('PATCH', 'users/auth0%7Cgiven', {
        app_metadata: { deep: { b: 2 } },
      });
      expect(next.body.app_metadata).to.deep.equal({ tenant_id: 'acme', deep: { b: 2 } });
    });

    it('collide by address within a connection, and by id over all: 409 auth0_idp_error (public reports)', async () => {
      const conflict = {
        statusCode: 409,
        error: 'Conflict',
        message: 'The user already exists.',
        errorCode: 'auth0_idp_error',
      };
      const same = await failureOf(
        sdk.users.create({ connection: CONNECTION, email: 'NEW.one@example.com', password: PASSWORD }),
      );
      expect(same).to.be.instanceOf(Management.ConflictError);
      expect(same.body).to.deep.equal(conflict);
      const id = await failureOf(
        sdk.users.create({
          connection: 'globex',
          email: 'else@example.com',
          password: PASSWORD,
          user_id: 'given',
        }),
      );
      expect(id.body).to.deep.equal(conflict);
      const elsewhere = await sdk.users.create({
        connection: 'globex',
        email: 'new.one@example.com',
        password: PASSWORD,
      });
      expect(elsewhere.user_id).to.match(/^auth0\|[0-9a-f]{24}$/);
      expect(await sdk.users.listUsersByEmail({ email: 'new.one@example.com' })).to.have.length(2);
    });

    const payload = (message: string) => ({
      statusCode: 400,
      error: 'Bad Request',
      message: `Payload validation error: '${message}.`,
      errorCode: 'invalid_body',
    });
    const wrong: [string, unknown, object][] = [
      [
        'a weak password (public reports)',
        { connection: CONNECTION, email: 'w@example.com', password: 'password' },
        { statusCode: 400, error: 'Bad Request', message: 'PasswordStrengthError: Password is too weak' },
      ],
      [
        'no connection (wording as recorded elsewhere)',
        { email: 'w@example.com', password: PASSWORD },
        payload("Missing required property: connection'"),
      ],
      [
        'an address that is none (recorded in form)',
        { connection: CONNECTION, email: 'nonsense', password: PASSWORD },
        payload("Object didn't pass validation for format email: nonsense' on property email"),
      ],
      [
        'a member that is not known (public reports)',
        { connection: CONNECTION, email: 'w@example.com', password: PASSWORD, shoe_size: 43 },
        payload("Additional properties not allowed: shoe_size'"),
      ],
      [
        'a wrong type (public reports)',
        { connection: CONNECTION, email: 'w@example.com', password: PASSWORD, blocked: 'no' },
        payload("Expected type boolean but found type string' on property blocked"),
      ],
      [
        'an unknown connection (public reports)',
        { connection: 'nowhere', email: 'w@example.com', password: PASSWORD },
        {
          statusCode: 400,
          error: 'Bad Request',
          message: 'The connection does not exist.',
          errorCode: 'inexistent_connection',
        },
      ],
      [
        'metadata named like a member of the profile (Auth0 docs, "Metadata fields and data")',
        {
          connection: CONNECTION,
          email: 'w@example.com',
          password: PASSWORD,
          app_metadata: { user_id: 'x' },
        },
        payload("Additional properties not allowed: user_id' on property app_metadata"),
      ],
      [
        'what is no JSON (hapi)',
        '{"connection":',
        { statusCode: 400, error: 'Bad Request', message: 'Invalid request payload JSON format' },
      ],
    ];
    for (const [what, body, expected] of wrong) {
      it(`are refused for ${what}`, async () => {
        const answer = await call('POST', 'users', body);
        expect(answer.status).to.equal(400);
        expect(answer.body).to.deep.equal(expected);
      });
    }

    it('that are unknown or ill-named answer 404 and 400 (recorded)', async () => {
      const unknown = await failureOf(sdk.users.get('auth0|nobody'));
      expect(unknown).to.be.instanceOf(Management.NotFoundError);
      expect(unknown.body).to.deep.equal({
        statusCode: 404,
        error: 'Not Found',
        message: 'The user does not exist.',
        errorCode: 'inexistent_user',
      });
      const ill = await call('GET', 'users/nobody');
      expect(ill.body).to.include({ statusCode: 400, errorCode: 'invalid_uri' });
    });

    it('are found by tenant, with both shapes of list (recorded)', async () => {
      const q = 'app_metadata.tenant_id:"acme"';
      const bare = await call<UserProfile[]>('GET', `users?q=${encodeURIComponent(q)}&fields=user_id`);
      expect(bare.body).to.deep.equal([{ user_id: 'auth0|ann' }, { user_id: 'auth0|given' }]);
      const page = await sdk.users.list({ q, per_page: 1, page: 1, search_engine: 'v3' });
      expect(page.data.map(({ user_id }) => user_id)).to.deep.equal(['auth0|given']);
      expect(page.response).to.deep.include({ start: 1, limit: 1, length: 1, total: 2 });
    });

    it('are sorted, and chosen by connection', async () => {
      const ids = async (query: string) =>
        (await call<UserProfile[]>('GET', `users?fields=user_id&${query}`)).body.map(
          ({ user_id }) => user_id,
        );
      expect(await ids('sort=email:1&connection=globex')).to.have.length(2);
      const page = await call<UserProfile[]>(
        'GET',
        'users?sort=email:1&per_page=1&fields=identities&include_fields=false',
      );
      expect(page.body[0]).to.include({ user_id: 'auth0|ann' }).and.not.have.property('identities');
      expect((await ids('sort=email:1'))[0]).to.equal('auth0|ann');
      expect((await ids('sort=email:-1')).at(-1)).to.equal('auth0|ann');
      expect(await ids('q=email:*example.com AND NOT app_metadata.tenant_id:*')).to.have.length(1);
    });

    it('cannot be paged through beyond a thousand (Auth0 docs, "List and search users")', async () => {
      expect((await call('GET', 'users?per_page=100&page=9')).status).to.equal(200);
      const beyond = await call('GET', 'users?per_page=100&page=10');
      expect(beyond.body).to.include({ statusCode: 400, errorCode: 'invalid_paging' });
      const large = await call('GET', 'users?per_page=101');
      expect(large.body).to.include({ statusCode: 400, errorCode: 'invalid_query_string' });
      const broken = await call('GET', `users?q=${encodeURIComponent('name:"open')}`);
      expect(broken.body).to.include({ statusCode: 400, errorCode: 'invalid_query_string' });
    });

    it('are gone when deleted, and deleting them again is no error (specified: no 404)', async () => {
      expect((await call('DELETE', 'users/auth0%7Cgiven')).status).to.equal(204);
      expect((await call('DELETE', 'users/auth0%7Cgiven')).status).to.equal(204);
      expect((await call('GET', 'users/auth0%7Cgiven')).status).to.equal(404);
    });
  });

  describe('search', () => {
    it('can lag behind writes; by id and by e-mail nothing does (Auth0 docs, "Get users by ID or email")', async () => {
      let time = Date.now();
      const other = await startStandIn({ searchDelayMs: 3_000, now: () => time });
      try {
        time += 5_000;
        const token = await operatorToken(other);
        const created = await callManagement<UserProfile>(other, token, 'POST', 'users', {
          connection: CONNECTION,
          email: 'late@example.com',
          password: PASSWORD,
          app_metadata: { tenant_id: 'late' },
        });
        const id = encodeURIComponent(created.body.user_id);
        const found = async (path: string) =>
          (await callManagement<unknown[]>(other, token, 'GET', path)).body;
        const search = `users?q=${encodeURIComponent('app_metadata.tenant_id:"late"')}`;
        expect(await found(search)).to.deep.equal([]);
        expect(await found('users-by-email?email=late@example.com')).to.have.length(1);
        expect(await found(`users/${id}`)).to.include({ email: 'late@example.com' });
        time += 3_000;
        expect(await found(search)).to.have.length(1);
        await callManagement(other, token, 'PATCH', `users/${id}`, { name: 'Changed' });
        expect(await found(`users/${id}`)).to.include({ name: 'Changed' });
        expect(await found(search)).to.have.nested.property('[0].name', 'late@example.com');
        time += 3_000;
        expect(await found(search)).to.have.nested.property('[0].name', 'Changed');
      } finally {
        await other.close();
      }
    });
  });

  describe('clients and client grants', () => {
    it('make a working key: client, grant, token, rotation, removal', async () => {
      const client = await sdk.clients.create({
        name: 'A new key',
        app_type: 'non_interactive',
        grant_types: ['client_credentials'],
        client_metadata: { tenant_id: 'globex', kind: 'api_key' },
      });
      expect(client.client_id).to.match(/^[A-Za-z0-9]{32}$/);
      expect(client.client_secret).to.have.length(64);
      expect(client)
        .to.include({ is_first_party: true })
        .and.to.deep.include({
          client_metadata: { tenant_id: 'globex', kind: 'api_key' },
        });
      const grant = await sdk.clientGrants.create({
        client_id: String(client.client_id),
        audience: AUDIENCE,
        scope: ['read:users'],
      });
      expect(grant.id).to.match(/^cgr_[A-Za-z0-9]{16}$/);
      const token = await postToken(standIn, {
        grant_type: 'client_credentials',
        client_id: String(client.client_id),
        client_secret: String(client.client_secret),
        audience: AUDIENCE,
      });
      expect(token.body['scope']).to.equal('read:users');
      const rotated = await sdk.clients.rotateSecret(String(client.client_id));
      expect(rotated.client_secret).to.be.a('string').and.not.equal(client.client_secret);
      const listed = await sdk.clientGrants.list({ client_id: client.client_id });
      expect(listed.data.map(({ id }) => id)).to.deep.equal([grant.id]);
      await sdk.clients.delete(String(client.client_id));
      expect((await sdk.clientGrants.list({ client_id: client.client_id })).data).to.deep.equal([]);
      const gone = await failureOf(sdk.clients.get(String(client.client_id)));
      expect(gone.body).to.deep.equal({
        statusCode: 404,
        error: 'Not Found',
        message: 'The client does not exist',
        errorCode: 'inexistent_client',
      });
    });

    it('keep to ten keys of metadata, 255 characters each (Auth0 docs, "Configure application metadata")', async () => {
      const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`key${index}`, 'x']));
      const long = { note: 'x'.repeat(256) };
      for (const client_metadata of [eleven, long])
        expect((await call('POST', 'clients', { name: 'Wordy', client_metadata })).body).to.include({
          errorCode: 'invalid_body',
        });
      const merged = await call('PATCH', 'clients/key', { client_metadata: { kind: 'api_key' } });
      expect(merged.body['client_metadata']).to.deep.equal({ tenant_id: 'acme', kind: 'api_key' });
    });

    it('come in all three shapes of list (recorded)', async () => {
      const bare = await call<object[]>('GET', 'clients?fields=client_id,name&per_page=2');
      expect(bare.body).to.have.length(2);
      expect(bare.body[0]).to.have.all.keys('client_id', 'name', 'tenant');
      const totals = await call<{ clients: object[] }>(
        'GET',
        'clients?include_totals=true&per_page=2&page=1',
      );
      expect(totals.body).to.include({ start: 2, limit: 2, total: 4 });
      const seen: unknown[] = [];
      let from = '';
      for (;;) {
        const { body } = await call<{ clients: object[]; next?: string }>('GET', `clients?take=3${from}`);
        seen.push(...body.clients);
        if (body.next === undefined) break;
        from = `&from=${body.next}`;
      }
      expect(seen).to.have.length(4);
    });

    it('a third-party client is strict unless said otherwise, and loses grants it may not have', async () => {
      const { body } = await call('POST', 'clients', {
        name: 'Third party',
        is_first_party: false,
        grant_types: ['authorization_code', 'implicit', 'password'],
        callbacks: ['https://third.example.com/done'],
      });
      expect(body).to.deep.include({
        third_party_security_mode: 'strict',
        redirection_policy: 'open_redirect_protection',
        grant_types: ['authorization_code'],
      });
      expect(body['client_id']).to.match(/^tpc_/);
      await call('DELETE', `clients/${String(body['client_id'])}`);
    });

    it('unknown grants answer 404 (recorded); the same grant twice 409 (status specified)', async () => {
      expect((await call('GET', 'client-grants/cgr_none')).body).to.deep.equal({
        statusCode: 404,
        error: 'Not Found',
        message: 'The grant does not exist.',
        errorCode: 'inexistent_client_grant',
      });
      const again = await call('POST', 'client-grants', { client_id: 'key', audience: AUDIENCE, scope: [] });
      expect(again.status).to.equal(409);
    });

    it('stop at what the plan allows (Auth0 docs, "Entity limit policy": ten on Free)', async () => {
      const free = await startStandIn({ plan: 'free', now: stepping() });
      try {
        const token = await operatorToken(free);
        const statuses: number[] = [];
        let refused: unknown;
        for (let index = 0; index < 7; index += 1) {
          const answer = await callManagement(free, token, 'POST', 'clients', { name: `Client ${index}` });
          statuses.push(answer.status);
          refused = answer.body;
        }
        expect(statuses).to.deep.equal([201, 201, 201, 201, 201, 201, 403]);
        expect(refused).to.include({ errorCode: 'too_many_entities' });
      } finally {
        await free.close();
      }
    });
  });

  describe('APIs and connections', () => {
    it('are made, found and changed', async () => {
      const api = await sdk.resourceServers.create({ identifier: 'https://new.example.com', name: 'New' });
      expect(api).to.deep.include({
        token_lifetime: 86_400,
        signing_alg: 'RS256',
        allow_offline_access: false,
      });
      const changed = await call('PATCH', `resource-servers/${String(api.id)}`, { token_lifetime: 60 });
      expect(changed.status).to.equal(200);
      const found = await call('GET', `resource-servers/${encodeURIComponent('https://new.example.com')}`);
      expect(found.body).to.include({ token_lifetime: 60 });
      const twice = await call('POST', 'resource-servers', { identifier: 'https://new.example.com' });
      expect(twice.status).to.equal(409);

      const created = await call('POST', 'connections', {
        name: 'initech',
        strategy: 'auth0',
        enabled_clients: ['spa'],
      });
      expect(created.status).to.equal(201);
      const { data } = await sdk.connections.list({ name: 'initech' });
      expect(data[0]).to.include({ id: created.body['id'], strategy: 'auth0' });
      const patched = await call('PATCH', `connections/${String(created.body['id'])}`, {
        is_domain_connection: true,
      });
      expect(patched.body['is_domain_connection']).to.equal(true);
    });
  });

  describe('logs', () => {
    it('come newest first by criteria, oldest first by checkpoint, with a way to go on (documented)', async () => {
      const newest = await call<{ log_id: string; date: string }[]>('GET', 'logs?per_page=5&sort=date:-1');
      expect(newest.body.map(({ log_id }) => log_id)).to.deep.equal(
        newest.body
          .map(({ log_id }) => log_id)
          .sort()
          .reverse(),
      );
      const first = await call<{ log_id: string }[]>('GET', 'logs?take=2');
      expect(first.body).to.have.length(2);
      const next = /<(.*)>; rel="next"/.exec(String(first.headers.get('link')))?.[1];
      const second = await call<{ log_id: string }[]>(
        'GET',
        String(next).slice(`${standIn.url}api/v2/`.length),
      );
      expect(String(second.body[0]?.log_id) > String(first.body[1]?.log_id)).to.equal(true);
      const one = await sdk.logs.get(String(first.body[0]?.log_id));
      expect(one.log_id).to.equal(first.body[0]?.log_id);
      expect((await call('GET', 'logs/900')).status).to.equal(404);
    });
  });

  describe('credentials', () => {
    it('are asked for, and have to be a token of this authority’s for this API (public reports)', async () => {
      const status = async (token: string | undefined) =>
        (await callManagement(standIn, token, 'GET', 'users')).body;
      expect(await status(undefined)).to.deep.equal({
        statusCode: 401,
        error: 'Unauthorized',
        message: 'Missing authentication',
      });
      expect(await status('nonsense')).to.deep.equal({
        statusCode: 400,
        error: 'Bad Request',
        message: 'Bad HTTP authentication header format',
        errorCode: 'Bearer',
      });
      const { body } = await postToken(standIn, {
        grant_type: 'client_credentials',
        client_id: 'key',
        client_secret: 'key-secret',
        audience: AUDIENCE,
      });
      expect(await status(String(body['access_token']))).to.include({
        statusCode: 401,
        message: 'Bad audience',
      });
      expect(await status(`${operator.slice(0, -6)}AAAAAA`)).to.include({
        statusCode: 401,
        message: 'Invalid signature received for JSON Web Token validation',
      });
      expect(await status(await expiredToken())).to.include({
        statusCode: 401,
        message: 'Expired token received for JSON Web Token validation',
      });
    });

    it('need the endpoint’s scope: 403 insufficient_scope (recorded in wording)', async () => {
      standIn.store.clientGrants.put({
        id: 'cgr_little',
        client_id: 'key',
        audience: `${standIn.url}api/v2/`,
        scope: ['read:users'],
        subject_type: 'client',
      });
      const { body } = await postToken(standIn, {
        grant_type: 'client_credentials',
        client_id: 'key',
        client_secret: 'key-secret',
        audience: `${standIn.url}api/v2/`,
      });
      const token = String(body['access_token']);
      expect((await callManagement(standIn, token, 'GET', 'users')).status).to.equal(200);
      expect((await callManagement(standIn, token, 'DELETE', 'users/auth0%7Cann')).body).to.deep.equal({
        statusCode: 403,
        error: 'Forbidden',
        message: 'Insufficient scope, expected any of: delete:users,delete:current_user',
        errorCode: 'insufficient_scope',
      });
    });

    it('and a route that there is (hapi)', async () => {
      expect((await call('GET', 'no-such-thing')).body).to.deep.equal({
        statusCode: 404,
        error: 'Not Found',
        message: 'Not Found',
      });
    });
  });

  async function expiredToken(): Promise<string> {
    const [key] = [...standIn.store.keys.values()];
    const seconds = Math.floor(Date.now() / 1000);
    return new SignJWT({ scope: 'read:users', azp: OPERATOR.clientId })
      .setProtectedHeader({ alg: 'RS256', kid: String(key?.kid) })
      .setIssuer(standIn.url)
      .setAudience(`${standIn.url}api/v2/`)
      .setSubject('operator@clients')
      .setIssuedAt(seconds - 20)
      .setExpirationTime(seconds - 10)
      .sign(await importJWK({ ...key?.private_jwk }, 'RS256'));
  }

  describe('keys of clients, and clients of connections', () => {
    const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
      .publicKey.export({ type: 'spki', format: 'pem' })
      .toString();

    it('are kept and shown (recorded)', async () => {
      const made = await call('POST', 'clients/web/credentials', {
        credential_type: 'public_key',
        name: 'A key',
        pem,
      });
      expect(made.status).to.equal(201);
      expect(made.body).to.have.all.keys(
        'id',
        'name',
        'credential_type',
        'kid',
        'alg',
        'created_at',
        'updated_at',
      );
      const path = `clients/web/credentials/${String(made.body['id'])}`;
      const changed = await call('PATCH', path, { expires_at: '2030-05-16T11:07:30.535+02:00' });
      expect(changed.body).to.include({ expires_at: '2030-05-16T09:07:30.535Z' });
      expect((await call('GET', path)).body).to.deep.equal(changed.body);
      expect((await call('GET', 'clients/web/credentials')).body).to.deep.equal([changed.body]);
      expect((await call('DELETE', path)).status).to.equal(204);
      expect((await call('GET', path)).status).to.equal(404);
    });

    it('say what cannot be read', async () => {
      const key = { credential_type: 'public_key', pem: 'no key' };
      expect((await call('POST', 'clients/web/credentials', key)).status).to.equal(400);
    });

    it('are enabled and disabled for a connection, some at a time (specified)', async () => {
      const made = await call('POST', 'connections', { name: 'staff', strategy: 'auth0' });
      const path = `connections/${String(made.body['id'])}`;
      const enable = (client_id: string, status: boolean) =>
        call('PATCH', `${path}/clients`, [{ client_id, status }]);
      expect((await enable('web', true)).status).to.equal(204);
      expect((await call('GET', `${path}/clients`)).body).to.deep.equal({ clients: [{ client_id: 'web' }] });
      await enable('web', false);
      expect((await call('GET', `${path}/clients`)).body).to.deep.equal({ clients: [] });
      expect((await enable('nobody', true)).status).to.equal(400);
    });

    it('lose their users when the connection goes (Auth0 docs, "Delete a connection")', async () => {
      const made = await call('POST', 'connections', { name: 'leavers', strategy: 'auth0' });
      const user = await call('POST', 'users', {
        connection: 'leavers',
        email: 'lee@example.com',
        password: 'correct horse battery',
      });
      expect((await call('DELETE', `connections/${String(made.body['id'])}`)).status).to.equal(202);
      const gone = await call('GET', `users/${encodeURIComponent(String(user.body['user_id']))}`);
      expect(gone.status).to.equal(404);
    });
  });
});

/** A clock on which a second passes with every look: no limit is ever reached. */
function stepping(): () => number {
  let time = Date.now();
  return () => (time += 1_000);
}
