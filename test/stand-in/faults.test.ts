import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { ControlClient } from '../../src/stand-in/control/control-client.ts';
import type { Fault } from '../../src/stand-in/faults/fault.ts';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { AUDIENCE, callManagement, CONNECTION, operatorToken, postToken, startStandIn } from './account.ts';
import { signIn } from './sign-in-as-spa.ts';

const KEY = {
  grant_type: 'client_credentials',
  client_id: 'key',
  client_secret: 'key-secret',
  audience: AUDIENCE,
};
const MINUTE_MS = 60_000;

describe('stand-in: faults on demand', () => {
  let standIn: StandIn;
  let control: ControlClient;
  let token: string;

  before(async () => {
    standIn = await startStandIn({ controlPort: 0 });
    control = new ControlClient(standIn.controlUrl!);
    token = await operatorToken(standIn);
  });
  after(() => standIn.close());
  afterEach(() => control.clearFaults());

  let users = 0;
  const newUser = () => ({
    connection: CONNECTION,
    email: `user-${(users += 1)}@example.com`,
    password: 'correct horse battery',
  });
  const create = (body = newUser()) => callManagement(standIn, token, 'POST', 'users', body);
  const isThere = async (email: string) =>
    (await callManagement<unknown[]>(standIn, token, 'GET', `users-by-email?email=${email}`)).body.length > 0;
  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    );
  const onCreate = (effect: Fault['effect'], more: Partial<Fault> = {}): Promise<unknown> =>
    control.addFault({ method: 'POST', path: '/api/v2/users', effect, ...more });

  it('500 before anything is done (hapi’s body, as Auth0 runs on it)', async () => {
    await onCreate({ kind: 'answer', status: 500 });
    const user = newUser();
    const { status, body } = await create(user);
    expect(status).to.equal(500);
    expect(body).to.deep.equal({
      statusCode: 500,
      error: 'Internal Server Error',
      message: 'An internal server error occurred',
    });
    expect(await isThere(user.email)).to.equal(false);
  });

  it('500 after it was done: the caller cannot tell, the authority knows', async () => {
    await onCreate({ kind: 'answer', when: 'after' });
    const user = newUser();
    expect((await create(user)).status).to.equal(500);
    expect(await isThere(user.email)).to.equal(true);
  });

  it('a connection that drops before', async () => {
    await onCreate({ kind: 'drop' });
    const user = newUser();
    expect(await failure(create(user))).to.be.instanceOf(TypeError);
    expect(await isThere(user.email)).to.equal(false);
  });

  it('a connection that drops after', async () => {
    await onCreate({ kind: 'drop', when: 'after' });
    const user = newUser();
    expect(await failure(create(user))).to.be.instanceOf(TypeError);
    expect(await isThere(user.email)).to.equal(true);
  });

  it('an answer that is cut in the middle', async () => {
    await onCreate({ kind: 'cut' });
    const user = newUser();
    const response = await fetch(`${standIn.url}api/v2/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(user),
    });
    expect(response.status).to.equal(201);
    expect(await failure(response.text())).to.be.instanceOf(TypeError);
    expect(await isThere(user.email)).to.equal(true);
  });

  it('429 with and without Retry-After (public reports of the body)', async () => {
    await onCreate({ kind: 'rate_limit' }, { times: 1 });
    await onCreate({ kind: 'rate_limit', retryAfter: 7 }, { times: 1 });
    const [plain, dated] = [await create(), await create()];
    expect([plain.status, dated.status]).to.deep.equal([429, 429]);
    expect(plain.body).to.include({
      errorCode: 'too_many_requests',
      message: 'Global limit has been reached',
    });
    expect(plain.headers.get('x-ratelimit-limit')).to.equal('10');
    expect(plain.headers.get('x-ratelimit-remaining')).to.equal('0');
    expect(plain.headers.has('retry-after')).to.equal(false);
    expect(dated.headers.get('retry-after')).to.equal('7');
    expect((await create()).status).to.equal(201);
  });

  it('in the words of the token endpoint there', async () => {
    await control.addFault({ path: '/oauth/token', effect: { kind: 'rate_limit' } });
    const { status, body } = await postToken(standIn, KEY);
    expect(status).to.equal(429);
    expect(body['error']).to.equal('too_many_requests');
  });

  it('an answer of one’s own making: how /oauth/token told of its limit in 2022 (community report)', async () => {
    const told = { error: 'access_denied', error_description: 'Global limit has been reached' };
    await control.addFault({
      path: '/oauth/token',
      effect: { kind: 'answer', status: 500, body: told, headers: { 'x-trace': 'yes' } },
    });
    const answer = await postToken(standIn, KEY);
    expect(answer.status).to.equal(500);
    expect(answer.body).to.deep.equal(told);
    expect(answer.headers.get('x-trace')).to.equal('yes');
  });

  it('slower than any timeout, before and after', async () => {
    for (const when of ['before', 'after'] as const) {
      const { id } = await control.addFault({ path: '/api/v2/users', effect: { kind: 'hang', when } });
      const user = newUser();
      const hanging = failure(create(user));
      // It has arrived when it was counted; the answer never comes.
      while ((await control.faults()).find((one) => one.id === id)?.hits !== 1);
      await control.removeFault(id);
      expect(await hanging, when).to.be.instanceOf(TypeError);
      expect(await isThere(user.email), when).to.equal(when === 'after');
    }
  });

  it('latency, fixed or spread, and something else besides', async () => {
    await control.addFault({ path: '/api/v2/*', times: 1, effect: { kind: 'latency', ms: 80 } });
    await onCreate({ kind: 'answer', status: 503 }, { times: 1 });
    const begun = performance.now();
    expect((await create()).status).to.equal(503);
    expect(performance.now() - begun).to.be.at.least(79);
    await control.addFault({ effect: { kind: 'latency', ms: { median: 5, p99: 20 } } });
    expect((await create()).status).to.equal(201);
  });

  it('only where, from when and as often as is asked for', async () => {
    await control.addFault({ path: '/api/v2/users/{id}', effect: { kind: 'answer', status: 418 } });
    await onCreate({ kind: 'answer', status: 502 }, { skip: 1, times: 2 });
    const statuses = [];
    for (let call = 0; call < 5; call += 1) statuses.push((await create()).status);
    expect(statuses).to.deep.equal([201, 502, 502, 201, 201]);
    expect((await callManagement(standIn, token, 'GET', 'users/auth0%7Cann')).status).to.equal(418);
    expect((await callManagement(standIn, token, 'GET', 'users/auth0%7Cann/roles')).status).to.equal(200);
    expect((await control.faults()).map(({ hits }) => hits)).to.deep.equal([1, 2]);
  });

  it('the whole authority down, and up again at the same address', async () => {
    await control.goDown();
    const socket = connect(standIn.port, '127.0.0.1');
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).to.equal('ECONNREFUSED');
    await control.comeUp();
    expect((await create()).status).to.equal(201);
  });

  it('new signing keys, with the old ones kept or not', async () => {
    const verify = async (jwt: unknown) => {
      // Made anew: this is about what the authority publishes, not about a cache.
      const keys = createRemoteJWKSet(new URL(`${standIn.url}.well-known/jwks.json`));
      return failure(jwtVerify(String(jwt), keys));
    };
    const first = (await postToken(standIn, KEY)).body['access_token'];
    await control.rotateKeys(true);
    const second = (await postToken(standIn, KEY)).body['access_token'];
    expect([await verify(first), await verify(second)]).to.deep.equal([undefined, undefined]);
    await control.rotateKeys(false);
    expect(await verify(second)).to.have.property('code', 'ERR_JWKS_NO_MATCHING_KEY');
    const third = (await postToken(standIn, KEY)).body['access_token'];
    expect(await verify(third)).to.equal(undefined);
    expect((await create()).status, 'with a token of the old key').to.equal(401);
    token = await operatorToken(standIn);
  });

  it('a secret that is known late after a rotation (Auth0 docs, "Rotate client secret": up to 30 s of either)', async () => {
    const rotate = async () =>
      String(
        (await callManagement(standIn, token, 'POST', 'clients/key/rotate-secret')).body['client_secret'],
      );
    const status = async (client_secret: string) =>
      (await postToken(standIn, { ...KEY, client_secret })).status;
    let old = 'key-secret';
    await control.change({ rotationOverlapMs: 30_000 });
    let fresh = await rotate();
    expect([await status(old), await status(fresh)]).to.deep.equal([200, 200]);
    await control.advanceClock(30_000);
    expect([await status(old), await status(fresh)]).to.deep.equal([401, 200]);

    await control.change({ rotationOverlapMs: 0, rotationDelayMs: 30_000 });
    old = fresh;
    fresh = await rotate();
    expect([await status(old), await status(fresh)]).to.deep.equal([200, 401]);
    await control.advanceClock(30_000);
    expect([await status(old), await status(fresh)]).to.deep.equal([401, 200]);
    await control.change({ rotationDelayMs: 0 });
  });

  it('searches that lag behind, while an address is found at once (Auth0 docs, "List and search users")', async () => {
    await control.change({ searchDelayMs: MINUTE_MS });
    const user = newUser();
    await create(user);
    const found = async () =>
      (await callManagement<unknown[]>(standIn, token, 'GET', `users?q=email:"${user.email}"`)).body.length;
    expect(await found()).to.equal(0);
    expect(await isThere(user.email)).to.equal(true);
    await control.advanceClock(MINUTE_MS);
    expect(await found()).to.equal(1);
    await control.change({ searchDelayMs: 0 });
  });

  it('a clock that is moved: what expires, does', async () => {
    const short = await postToken(standIn, { ...KEY, client_secret: await currentSecret() });
    const { exp, iat } = decode(short.body['access_token']);
    const now = await control.advanceClock(0);
    expect(Math.abs(iat - now / 1000)).to.be.below(60);
    expect(exp - iat).to.equal(86_400);
    await control.advanceClock(25 * 60 * MINUTE_MS);
    const { status, body } = await callManagement(standIn, token, 'GET', 'users');
    expect(status).to.equal(401);
    expect(body['message']).to.equal('Expired token received for JSON Web Token validation');
    token = await operatorToken(standIn);
  });

  it('counts what it did, whatever became of the answer', async () => {
    await control.forgetCalls();
    await onCreate({ kind: 'answer', when: 'after' }, { times: 1 });
    await onCreate({ kind: 'drop' }, { times: 1 });
    await create();
    await failure(create());
    await create({ ...newUser(), connection: 'nowhere' });
    expect(await control.calls()).to.deep.equal({ 'POST /api/v2/users': { '201': 1, '400': 1 } });
  });

  it('another plan, from now on', async () => {
    await control.change({ plan: '1,0.001' });
    expect([(await create()).status, (await create()).status]).to.deep.equal([201, 429]);
    await control.change({ plan: 'off' });
    expect((await create()).status).to.equal(201);
  });

  it('makes databases with the passwords that it is told', async () => {
    const passwordsOf = async (name: string) => {
      const database = { name, strategy: 'auth0' };
      const { body } = await callManagement(standIn, token, 'POST', 'connections', database);
      return Object.keys(body['options'] as object).filter((one) => one.startsWith('password'));
    };
    await control.change({ passwordsOfNewDatabases: 'by_name' });
    expect(await passwordsOf('before')).to.deep.equal(['passwordPolicy']);
    await control.change({ passwordsOfNewDatabases: 'flexible' });
    expect(await passwordsOf('since')).to.deep.equal(['password_options']);
  });

  it('asks one database at its login page where it is told so', async () => {
    const ofGlobex = { scope: 'openid', email: 'gus@example.com' };
    await control.change({ loginDatabases: 'one' });
    expect(String(await failure(signIn(standIn, ofGlobex)))).to.contain('Wrong email or password');
    await control.change({ loginDatabases: 'all' });
    expect((await signIn(standIn, ofGlobex)).access_token).to.be.a('string');
  });

  it('says what is wrong with what it is told', async () => {
    const complaint = async (promise: Promise<unknown>) => String(await failure(promise));
    expect(await complaint(control.addFault({ effect: { kind: 'cut', bytes: -1 } }))).to.contain(
      'effect.bytes must be a whole number',
    );
    expect(await complaint(control.addFault({ path: 'users', effect: { kind: 'drop' } }))).to.contain(
      'path must begin with a slash',
    );
    expect(await complaint(control.change({ plan: 'golden' }))).to.contain('no such plan: golden');
    expect(await complaint(control.change({ passwordsOfNewDatabases: 'never' as never }))).to.contain(
      'passwordsOfNewDatabases must be flexible or by_name',
    );
    expect(await complaint(control.change({ loginDatabases: 'none' as never }))).to.contain(
      'loginDatabases must be all or one',
    );
    expect(await complaint(control.advanceClock(-1))).to.contain('not below 0');
  });

  it('cannot be told anything by a page in a browser', async () => {
    const response = await fetch(`${standIn.controlUrl}down`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
    });
    expect(response.status).to.equal(403);
    expect((await create()).status).to.equal(201);
  });

  it('has no such address unless asked for', async () => {
    const other = await startStandIn();
    expect(other.controlUrl).to.equal(undefined);
    await other.close();
  });

  async function currentSecret(): Promise<string> {
    return String((await callManagement(standIn, token, 'GET', 'clients/key')).body['client_secret']);
  }
});

function decode(jwt: unknown): { exp: number; iat: number } {
  const [, payload = ''] = String(jwt).split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number; iat: number };
}
