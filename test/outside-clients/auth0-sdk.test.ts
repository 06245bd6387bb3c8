/** The `auth0` SDK, unmodified: the same over http, with a `fetch` that puts the scheme right, and over https. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Management, ManagementClient } from 'auth0';
import { expect } from 'chai';
import type { StandIn, StandInOptions } from '../../src/stand-in/stand-in.ts';
import { AUDIENCE, CONNECTION, OPERATOR, PASSWORD, startStandIn } from '../stand-in/account.ts';
import { makeCertificate, type Certificate } from './certificate.ts';
import { trustingFetch } from './trusting-fetch.ts';

type Fetch = typeof fetch;
type Credentials = { clientId: string; clientSecret: string } | { token: string };

const KEY = { clientId: 'key', clientSecret: 'key-secret' };
const NOBODY = 'auth0|000000000000000000000000';

for (const scheme of ['http', 'https'] as const)
  describe(`the auth0 SDK at the stand-in, over ${scheme}`, () => {
    let certificate: Certificate;
    let standIn: StandIn;
    let sdk: ManagementClient;

    before(async () => {
      certificate = await makeCertificate();
      standIn = await start();
      sdk = connect(standIn);
    });
    after(async () => {
      await Promise.all([standIn?.close(), certificate?.remove()]);
    });

    const start = (options: StandInOptions = {}) =>
      startStandIn({ ...options, ...(scheme === 'https' && { tls: certificate.tls }) });

    /** The SDK always asks for https; over http its `fetch` puts that right for this one host, as README.md of the stand-in says. */
    function fetchFor({ url }: StandIn): Fetch {
      if (scheme === 'https') return trustingFetch(certificate.tls.cert);
      const { host } = new URL(url);
      return (input, init) => {
        const target = new URL(input instanceof Request ? input.url : input);
        if (target.host === host) target.protocol = 'http:';
        return fetch(target, init);
      };
    }

    const connect = (to: StandIn, credentials: Credentials = OPERATOR): ManagementClient =>
      new ManagementClient({
        domain: new URL(to.url).host,
        audience: `${to.url}api/v2/`,
        maxRetries: 0,
        fetch: fetchFor(to),
        ...credentials,
      });

    it('creates, reads, searches, changes and deletes users', async () => {
      const created = await sdk.users.create({
        connection: CONNECTION,
        email: 'una@example.com',
        password: PASSWORD,
        app_metadata: { tenant_id: 'initech', rank: 1 },
      });
      const id = String(created.user_id);
      expect(id).to.match(/^auth0\|[0-9a-f]{24}$/);
      expect(await sdk.users.get(id)).to.deep.equal(created);
      expect(await sdk.users.get(id, { fields: 'email', include_fields: true })).to.deep.equal({
        email: 'una@example.com',
      });
      const found = await sdk.users.list({ q: 'app_metadata.tenant_id:"initech"', search_engine: 'v3' });
      expect(found.data).to.deep.equal([created]);
      expect(found.response).to.include({ total: 1, start: 0 });
      expect(await sdk.users.listUsersByEmail({ email: 'una@example.com' })).to.deep.equal([created]);

      const updated = await sdk.users.update(id, { name: 'Una', app_metadata: { rank: null } });
      expect(updated).to.deep.include({ name: 'Una', app_metadata: { tenant_id: 'initech' } });
      expect(await sdk.users.get(id)).to.deep.equal(updated);

      await sdk.users.delete(id);
      await failureOf(sdk.users.get(id), Management.NotFoundError);
      expect(await sdk.users.listUsersByEmail({ email: 'una@example.com' })).to.deep.equal([]);
    });

    it('walks through pages of users to the end', async () => {
      const seen: string[] = [];
      for await (const user of await sdk.users.list({ per_page: 1, sort: 'email:1' }))
        seen.push(String(user.email));
      expect(seen).to.deep.equal(['ann@example.com', 'gus@example.com']);
    });

    it('creates, reads, lists, changes and deletes clients, and rotates their secret', async () => {
      // Only the answer to its creation says that a client's secret is `encrypted`; the SDK's types do not know it.
      const { encrypted: _said, ...created } = (await sdk.clients.create({
        name: 'Made by the SDK',
        app_type: 'regular_web',
        callbacks: ['https://made.example.com/done'],
        client_metadata: { tenant_id: 'acme' },
      })) as Management.CreateClientResponseContent & { encrypted?: boolean };
      const id = String(created.client_id);
      expect(await sdk.clients.get(id)).to.deep.equal(created);
      const all = [];
      for await (const client of await sdk.clients.list({ per_page: 2 })) all.push(client.client_id);
      expect(all).to.include.members([id, 'spa', 'web', 'key', OPERATOR.clientId]).and.have.length(5);

      const updated = await sdk.clients.update(id, {
        description: 'Changed',
        client_metadata: { plan: 'a' },
      });
      expect(updated).to.deep.include({
        description: 'Changed',
        client_metadata: { tenant_id: 'acme', plan: 'a' },
        callbacks: ['https://made.example.com/done'],
      });
      const rotated = await sdk.clients.rotateSecret(id);
      expect(rotated.client_secret).to.be.a('string').and.not.equal(created.client_secret);
      expect((await sdk.clients.get(id)).client_secret).to.equal(rotated.client_secret);
      await sdk.clients.delete(id);
      await failureOf(sdk.clients.get(id), Management.NotFoundError);
    });

    it('creates, lists, changes and deletes client grants, which count at once', async () => {
      const client = await sdk.clients.create({ name: 'Granted', app_type: 'non_interactive' });
      const { client_id: clientId = '', client_secret: clientSecret = '' } = client;
      const scopeOfToken = async () => (await tokenOf({ clientId, clientSecret })).scope;
      expect(await scopeOfToken()).to.equal(undefined);

      const grant = await sdk.clientGrants.create({
        client_id: clientId,
        audience: AUDIENCE,
        scope: ['read:users'],
      });
      const id = String(grant.id);
      expect(await scopeOfToken()).to.equal('read:users');
      const listed = await sdk.clientGrants.list({ client_id: clientId, audience: AUDIENCE });
      expect(listed.data).to.deep.equal([grant]);
      const updated = await sdk.clientGrants.update(id, { scope: ['read:users', 'create:users'] });
      expect(updated).to.deep.equal({ ...grant, scope: ['read:users', 'create:users'] });
      expect(await scopeOfToken()).to.equal('read:users create:users');
      await sdk.clientGrants.delete(id);
      expect(await scopeOfToken()).to.equal(undefined);
      await failureOf(sdk.clientGrants.get(id), Management.NotFoundError);
      await sdk.clients.delete(clientId);
    });

    it('lists what users have allowed, and takes it back, one by one or all of a user’s', async () => {
      // There is no call to make one: a user makes it, on the consent page.
      const allow = (id: string, user_id: string, clientID: string) =>
        standIn.store.grants.put({ id, user_id, clientID, audience: AUDIENCE, scope: ['read:users'] });
      const first = allow('1'.repeat(24), 'auth0|ann', 'spa');
      const second = allow('2'.repeat(24), 'auth0|ann', 'web');
      const third = allow('3'.repeat(24), 'auth0|gus', 'spa');
      const list = async (of: Management.ListUserGrantsRequestParameters) =>
        (await sdk.userGrants.list(of)).data;

      expect(await list({ user_id: 'auth0|ann' })).to.deep.equal([first, second]);
      expect(await list({ client_id: 'spa' })).to.deep.equal([first, third]);
      await sdk.userGrants.delete(first.id);
      expect(await list({ user_id: 'auth0|ann' })).to.deep.equal([second]);
      await sdk.userGrants.deleteByUserId({ user_id: 'auth0|ann' });
      expect(await list({})).to.deep.equal([third]);
      await sdk.userGrants.deleteByUserId({ user_id: 'auth0|gus' });
      expect(await list({})).to.deep.equal([]);
    });

    it('creates, reads, lists, changes and deletes APIs', async () => {
      const identifier = `https://made.example.com/${scheme}`;
      const created = await sdk.resourceServers.create({
        identifier,
        name: 'Made by the SDK',
        scopes: [{ value: 'read:things', description: 'Read things' }],
      });
      const id = String(created.id);
      expect(await sdk.resourceServers.get(id)).to.deep.equal(created);
      expect(await sdk.resourceServers.get(identifier)).to.deep.equal(created);
      const listed = await sdk.resourceServers.list({ identifiers: [identifier] });
      expect(listed.data).to.deep.equal([created]);
      const updated = await sdk.resourceServers.update(id, { token_lifetime: 300 });
      expect(updated).to.deep.equal({ ...created, token_lifetime: 300 });
      await sdk.resourceServers.delete(id);
      await failureOf(sdk.resourceServers.get(id), Management.NotFoundError);
    });

    it('lists connections, and reads one', async () => {
      const { data } = await sdk.connections.list({ strategy: ['auth0'] });
      expect(data.map(({ name }) => name)).to.have.members([CONNECTION, 'globex']);
      const globex = data.find(({ name }) => name === 'globex');
      expect(await sdk.connections.get(String(globex?.id))).to.deep.include({
        id: globex?.id,
        name: 'globex',
        strategy: 'auth0',
      });
      const named = await sdk.connections.list({ name: 'globex' });
      expect(named.data.map(({ id }) => id)).to.deep.equal([globex?.id]);
    });

    it('lists the log, and reads one entry', async () => {
      const { user_id: id } = await sdk.users.create({
        connection: CONNECTION,
        email: 'logged@example.com',
        password: PASSWORD,
      });
      await sdk.users.delete(String(id));
      const { data } = await sdk.logs.list({ search: 'type:sapi', sort: 'date:-1', per_page: 2 });
      expect(data.map(({ description }) => description)).to.deep.equal(['Delete a User', 'Create a User']);
      expect(await sdk.logs.get(String(data[0]?.log_id))).to.deep.equal(data[0]);
    });

    it('gives users roles and permissions, and takes them back', async () => {
      const role = await sdk.roles.create({ name: 'editor', description: 'Edits' });
      const id = String(role.id);
      const permissions = [{ resource_server_identifier: AUDIENCE, permission_name: 'read:users' }];
      await sdk.roles.permissions.add(id, { permissions });
      expect((await sdk.roles.permissions.list(id)).data).to.have.length(1);
      await sdk.users.roles.assign('auth0|ann', { roles: [id] });
      expect((await sdk.users.roles.list('auth0|ann')).data).to.deep.equal([role]);
      await sdk.roles.users.assign(id, { users: ['auth0|gus'] });
      expect((await sdk.roles.users.list(id)).data.map(({ user_id }) => user_id)).to.have.members([
        'auth0|ann',
        'auth0|gus',
      ]);
      await sdk.users.permissions.create('auth0|ann', { permissions });
      const [owned] = (await sdk.users.permissions.list('auth0|ann')).data;
      expect(owned?.permission_name).to.equal('read:users');
      await sdk.users.permissions.delete('auth0|ann', { permissions });
      await sdk.users.roles.delete('auth0|ann', { roles: [id] });
      expect((await sdk.users.permissions.list('auth0|ann')).data).to.deep.equal([]);
      expect(await sdk.roles.update(id, { name: 'author' })).to.include({ name: 'author' });
      expect((await sdk.roles.list({ name_filter: 'author' })).data).to.have.length(1);
      await sdk.roles.delete(id);
      await failureOf(sdk.roles.get(id), Management.NotFoundError);
    });

    it('imports users by a file, and reads what went wrong', async () => {
      const connection = (await sdk.connections.list({ name: CONNECTION })).data[0];
      const users = [{ email: 'ida@example.com' }, { email: 'ann@example.com' }];
      const job = await sdk.jobs.usersImports.create({
        users: new Blob([JSON.stringify(users)], { type: 'application/json' }),
        connection_id: String(connection?.id),
        send_completion_email: false,
      });
      expect(job).to.include({ type: 'users_import', status: 'pending' });
      for (;;) if ((await sdk.jobs.get(job.id)).status !== 'pending') break;
      expect((await sdk.jobs.get(job.id)).summary).to.deep.equal({
        failed: 1,
        updated: 0,
        inserted: 1,
        total: 2,
      });
      const errors = await sdk.jobs.errors.get(job.id);
      expect(errors).to.be.an('array').with.length(1);
      expect(await sdk.users.listUsersByEmail({ email: 'ida@example.com' })).to.have.length(1);
    });

    it('asks for exports, verification mails and tickets', async () => {
      const connection = (await sdk.connections.list({ name: CONNECTION })).data[0];
      const made = await sdk.jobs.usersExports.create({
        connection_id: String(connection?.id),
        format: 'json',
      });
      expect((await sdk.jobs.get(String(made.id))).location).to.match(/\.json\.gz$/);
      expect(await sdk.jobs.verificationEmail.create({ user_id: 'auth0|ann' })).to.include({
        type: 'verification_email',
      });
      const change = await sdk.tickets.changePassword({ user_id: 'auth0|ann', ttl_sec: 60 });
      expect(change.ticket).to.contain('/u/reset-password?ticket=');
      const verify = await sdk.tickets.verifyEmail({ user_id: 'auth0|ann' });
      expect(verify.ticket).to.contain('/u/email-verification?ticket=');
    });

    it('looks at blocks, sessions and refresh tokens, and ends them', async () => {
      expect(await sdk.userBlocks.list('auth0|ann')).to.deep.equal({ blocked_for: [] });
      expect(await sdk.userBlocks.listByIdentifier({ identifier: 'ann@example.com' })).to.deep.equal({
        blocked_for: [],
      });
      await sdk.userBlocks.delete('auth0|ann');
      await sdk.userBlocks.deleteByIdentifier({ identifier: 'ann@example.com' });
      expect((await sdk.users.sessions.list('auth0|ann')).data).to.deep.equal([]);
      expect((await sdk.users.refreshToken.list('auth0|ann')).data).to.deep.equal([]);
      await sdk.users.sessions.delete('auth0|ann');
      await sdk.users.refreshToken.delete('auth0|ann');
      await sdk.users.revokeAccess('auth0|ann', { preserve_refresh_tokens: true });
    });

    it('throws NotFoundError for what is not there', async () => {
      const failure = await failureOf(sdk.users.get(NOBODY), Management.NotFoundError);
      expect(failure).to.include({ statusCode: 404 });
      expect(failure.body).to.include({ errorCode: 'inexistent_user' });
    });

    it('throws ConflictError for what is there already', async () => {
      const again = { connection: CONNECTION, email: 'ann@example.com', password: PASSWORD };
      const user = await failureOf(sdk.users.create(again), Management.ConflictError);
      expect(user.body).to.include({ statusCode: 409, errorCode: 'auth0_idp_error' });
      const api = await failureOf(
        sdk.resourceServers.create({ identifier: AUDIENCE }),
        Management.ConflictError,
      );
      expect(api.statusCode).to.equal(409);
    });

    it('throws BadRequestError for what cannot be', async () => {
      const weak = { connection: CONNECTION, email: 'weak@example.com', password: 'password' };
      const failure = await failureOf(sdk.users.create(weak), Management.BadRequestError);
      expect(failure.body).to.include({ statusCode: 400 });
      expect(await sdk.users.listUsersByEmail({ email: weak.email })).to.deep.equal([]);
    });

    it('throws ForbiddenError where its token lacks the scope, and only there', async () => {
      standIn.store.clientGrants.put({
        id: 'cgr_little',
        client_id: KEY.clientId,
        audience: `${standIn.url}api/v2/`,
        scope: ['read:users'],
        subject_type: 'client',
      });
      const little = connect(standIn, KEY);
      expect(await little.users.get('auth0|ann')).to.include({ email: 'ann@example.com' });
      const failure = await failureOf(little.users.delete('auth0|ann'), Management.ForbiddenError);
      expect(failure.body).to.include({ statusCode: 403, errorCode: 'insufficient_scope' });
      expect(await sdk.users.get('auth0|ann')).to.include({ email: 'ann@example.com' });
    });

    it('throws UnauthorizedError with a token that is none of this API’s', async () => {
      const { access_token: token } = await tokenOf(KEY);
      const failure = await failureOf(
        connect(standIn, { token: String(token) }).users.get('auth0|ann'),
        Management.UnauthorizedError,
      );
      expect(failure.body).to.include({ statusCode: 401, message: 'Bad audience' });
    });

    it('throws TooManyRequestsError beyond the plan’s limit', async () => {
      const slow = await start({ plan: '1,0.01' });
      try {
        const limited = connect(slow);
        expect(await limited.users.get('auth0|ann')).to.include({ email: 'ann@example.com' });
        const failure = await failureOf(limited.users.get('auth0|ann'), Management.TooManyRequestsError);
        expect(failure.body).to.include({ statusCode: 429, errorCode: 'too_many_requests' });
        const { headers } = failure.rawResponse ?? {};
        expect(headers?.get('x-ratelimit-limit')).to.equal('1');
        expect(headers?.get('x-ratelimit-remaining')).to.equal('0');
        expect(Number(headers?.get('x-ratelimit-reset'))).to.be.above(Date.now() / 1000);
      } finally {
        await slow.close();
      }
    });

    if (scheme === 'https')
      it('needs nothing but the certificate, in a process of its own', async () => {
        const program = `
          import { ManagementClient } from 'auth0';
          const [domain, clientId, clientSecret, audience] = process.argv.slice(1);
          const sdk = new ManagementClient({ domain, clientId, clientSecret, audience, maxRetries: 0 });
          console.log((await sdk.users.get('auth0|ann')).email);`;
        const { host } = new URL(standIn.url);
        const given = [host, OPERATOR.clientId, OPERATOR.clientSecret, `${standIn.url}api/v2/`];
        const { stdout } = await promisify(execFile)(
          process.execPath,
          ['--input-type=module', '--eval', program, ...given],
          { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate.file } },
        );
        expect(stdout.trim()).to.equal('ann@example.com');
      });

    /** A token for the API by plain client credentials, as far as there is one. */
    async function tokenOf({ clientId, clientSecret }: typeof KEY): Promise<Record<string, unknown>> {
      const response = await fetchFor(standIn)(`https://${new URL(standIn.url).host}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
          audience: AUDIENCE,
        }),
      });
      return (await response.json()) as Record<string, unknown>;
    }
  });

async function failureOf<T extends Error>(
  work: PromiseLike<unknown>,
  kind: abstract new (...given: never[]) => T,
): Promise<T> {
  try {
    await work;
  } catch (error) {
    expect(error).to.be.instanceOf(kind);
    return error as T;
  }
  throw new Error(`a ${kind.name} should have been thrown`);
}
