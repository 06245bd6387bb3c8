/** How calls reach the Management API: with which token, header and settings. */
import { expect } from 'chai';
import { ManagementFailure } from '../../src/auth0/errors.ts';
import { REFRESH_TOKENS } from '../../src/auth0/refresh-tokens.ts';
import { startAnswering, type AnsweringAuthority, type Reply } from './answering.ts';

const UNAUTHORIZED: Reply = { status: 401, body: { statusCode: 401, error: 'Unauthorized', message: 'x' } };
const DOMAIN = 'login.acme.example';

describe('the Management API', () => {
  let authority: AnsweringAuthority;
  beforeEach(async () => {
    authority = await startAnswering();
  });
  afterEach(() => authority.close());

  const tokensSent = () => authority.received.map(({ headers }) => headers['authorization']);
  const kindOf = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: unknown) => (error instanceof ManagementFailure ? error.kind : String(error)),
    );

  describe('with a token that it does not know any more', () => {
    it('is called again with a new one, once, a write as well', async () => {
      const management = authority.management();
      await management.getUser('auth0|1');
      // As after its signing keys were replaced.
      authority.answer = ({ headers }) =>
        headers['authorization'] === 'Bearer token-1'
          ? UNAUTHORIZED
          : { status: 200, body: { user_id: 'auth0|1' } };
      expect(await management.updateUser('auth0|1', { name: 'Ada' })).to.deep.equal({ user_id: 'auth0|1' });
      expect(tokensSent()).to.deep.equal(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
      expect(authority.received.map(({ body }) => body).slice(1)).to.deep.equal([
        { name: 'Ada' },
        { name: 'Ada' },
      ]);
    });

    it('is sent a whole file again, too', async () => {
      const management = authority.management();
      await management.getUser('auth0|1');
      const lengths: unknown[] = [];
      authority.answer = ({ headers, size }) => {
        lengths.push(size);
        return headers['authorization'] === 'Bearer token-1'
          ? UNAUTHORIZED
          : { status: 202, body: { id: 'job_1' } };
      };
      const file = { users: Buffer.from('[{"email":"a@b.example"}]'), connectionId: 'c', externalId: 'e' };
      expect(await management.createUsersImport(file)).to.equal('job_1');
      expect(lengths).to.have.length(2);
      expect(lengths[1]).to.equal(lengths[0]).and.be.above(file.users.length);
    });

    it('gets one new one for all calls that were refused at once', async () => {
      const management = authority.management();
      await management.getUser('auth0|1');
      authority.answer = ({ headers }) =>
        headers['authorization'] === 'Bearer token-1' ? UNAUTHORIZED : { status: 200, body: {} };
      await Promise.all(Array.from({ length: 20 }, () => management.getUser('auth0|1')));
      expect(authority.issued).to.deep.equal(['token-1', 'token-2']);
    });

    it('fails when a new one is refused, too, and asks for no more of them', async () => {
      const management = authority.management();
      await management.getUser('auth0|1');
      authority.answer = () => UNAUTHORIZED;
      for (let i = 0; i < 5; i += 1) expect(await kindOf(management.getUser('auth0|1'))).to.equal('refused');
      expect(authority.issued).to.deep.equal(['token-1', 'token-2']);
    });

    it('asks again when a new one was refused a while ago', async () => {
      const management = authority.management();
      authority.answer = () => UNAUTHORIZED;
      expect(await kindOf(management.getUser('auth0|1'))).to.equal('refused');
      expect(authority.issued).to.have.length(1);
      authority.aheadMs += 11_000;
      expect(await kindOf(management.getUser('auth0|1'))).to.equal('refused');
      expect(authority.issued).to.have.length(2);
    });

    it('gets one with a scope that was granted since, and asks for that once a minute at most', async () => {
      const management = authority.management();
      await management.getUser('auth0|1');
      authority.answer = ({ headers }) =>
        headers['authorization'] === 'Bearer token-2'
          ? { status: 200, body: { user_id: 'auth0|1' } }
          : {
              status: 403,
              body: { errorCode: 'insufficient_scope', message: 'expected any of: update:users' },
            };
      for (let i = 0; i < 3; i += 1)
        expect(await kindOf(management.updateUser('auth0|1', { name: 'Ada' }))).to.equal('refused');
      expect(authority.issued).to.have.length(1);
      authority.aheadMs += 61_000;
      expect(await kindOf(management.updateUser('auth0|1', { name: 'Ada' }))).to.equal('done');
      expect(authority.issued).to.have.length(2);
    });

    it('keeps it when it is refused for anything else', async () => {
      const management = authority.management();
      authority.aheadMs += 61_000;
      for (const errorCode of ['insufficient_entitlement', 'too_many_entities', undefined]) {
        authority.answer = () => ({ status: 403, body: { errorCode } });
        await kindOf(management.getUser('auth0|1'));
      }
      expect(authority.issued).to.have.length(1);
    });

    it('leaves nothing in doubt when no other one can be had', async () => {
      const management = authority.management();
      await management.getUser('auth0|1');
      authority.answer = () => UNAUTHORIZED;
      authority.answerToken = () => ({ status: 503, body: {} });
      expect(await kindOf(management.updateUser('auth0|1', { name: 'Ada' }))).to.equal('unavailable');
      authority.answerToken = () => ({ status: 401, body: { error: 'access_denied' } });
      const error = await management.updateUser('auth0|1', {}).catch((thrown: unknown) => thrown);
      expect((error as ManagementFailure).refusal).to.deep.include({
        status: 401,
        errorCode: 'access_denied',
        endpoint: 'POST /oauth/token',
      });
    });
  });

  it('is told the custom domain where it takes one, and nowhere else', async () => {
    authority.answer = ({ path }) => ({
      status: 200,
      body: path.startsWith('/api/v2/tickets') ? { ticket: 'https://x.example' } : {},
    });
    const management = authority.management({ customDomain: DOMAIN });
    await management.createUser({ user_id: '1' } as never);
    await management.updateUser('auth0|1', { name: 'Ada' });
    await management.sendVerificationEmail('auth0|1');
    await management.createPasswordTicket('auth0|1', 60);
    await management.rotateClientSecret('abc');
    const told = authority.received.map(({ headers, path }) => [path, headers['auth0-custom-domain']]);
    expect(told).to.deep.equal([
      ['/api/v2/users', DOMAIN],
      ['/api/v2/users/auth0%7C1', DOMAIN],
      ['/api/v2/jobs/verification-email', DOMAIN],
      ['/api/v2/tickets/password-change', DOMAIN],
      ['/api/v2/clients/abc/rotate-secret', undefined],
    ]);
    await authority.management().createUser({ user_id: '1' } as never);
    expect(authority.received.at(-1)!.headers).not.to.have.property('auth0-custom-domain');
  });

  it('makes clients and connections with all that its defaults would leave open', async () => {
    const management = authority.management();
    const metadata = { client_metadata: {} };
    await management.createWebApp({ name: 'w', ...metadata } as never);
    await management.createThirdPartyClient({
      name: 'a',
      callbacks: [],
      app_type: 'native',
      ...metadata,
      token_endpoint_auth_method: 'none',
    });
    await management.createMachineClient({ name: 'k', ...metadata });
    await management.createConnection('acme-users', {});
    const [webApp, app, key, connection] = authority.received.map(({ body }) => body);
    expect(webApp).to.deep.include({ refresh_token: REFRESH_TOKENS, token_endpoint_auth_method: 'none' });
    expect(app).to.deep.include({
      refresh_token: REFRESH_TOKENS,
      token_endpoint_auth_method: 'none',
      third_party_security_mode: 'strict',
    });
    expect(key).to.include({ token_endpoint_auth_method: 'client_secret_post' });
    expect(connection!['options']).to.deep.equal({ passwordPolicy: 'good' });
  });

  describe('asked for the scopes of an API', () => {
    const AUDIENCE = 'https://api.acme.example';
    let scopes: string[];
    beforeEach(() => {
      scopes = ['read:users'];
      authority.answer = () => ({ status: 200, body: { scopes: scopes.map((value) => ({ value })) } });
    });

    it('says which scopes the API lacks', async () => {
      const management = authority.management();
      expect(await management.missingScopes(AUDIENCE, ['read:users', 'create:users'])).to.deep.equal([
        'create:users',
      ]);
      expect([...((await management.apiScopes(AUDIENCE)) ?? [])]).to.deep.equal(['read:users']);
    });

    it('lacks none, and tells, where we may not look at the API', async () => {
      const told: unknown[] = [];
      authority.answer = () => ({
        status: 403,
        body: { errorCode: 'insufficient_scope', message: 'expected any of: read:resource_servers' },
      });
      const management = authority.management({
        onHiddenScopes: ({ refusal }) => told.push(refusal?.missingScopes),
      });
      expect(await management.missingScopes(AUDIENCE, ['read:users'])).to.deep.equal([]);
      expect(await management.apiScopes('https://other.example')).to.equal(undefined);
      expect(told).to.deep.equal([['read:resource_servers'], ['read:resource_servers']]);
    });
  });
});
