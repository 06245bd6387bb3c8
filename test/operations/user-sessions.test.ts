/** Where users are signed in, and how they are signed out everywhere. */
import { expect } from 'chai';
import { accessToken } from '../../src/start/sign-in.ts';
import { apiKey, app, demoTenant, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { eventsSince } from '../support/audit.ts';
import { aUserOf } from '../http/a-user-of.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('sessions of a user', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  const PASSWORD = 'Correct-horse-7-battery';

  /** Signed in by the tenant's web app. */
  async function signedIn(roles: string[] = ['member']) {
    const { path } = await aUserOf('acme', roles);
    const { body } = await call('GET', path, { as: await apiKey('acme') });
    const { user_id: id, email } = body as { user_id: string; email: string };
    await (await management()).users.update(id, { password: PASSWORD, email_verified: true });
    const { authority, audience } = await world();
    const { spa_client_id: clientId, spa_redirect_uri: redirectUri } = await demoTenant('acme');
    const signIn = () =>
      accessToken({ authority, audience, clientId, redirectUri, scope: 'openid', email, password: PASSWORD });
    return { path: `${path}/sessions`, clientId, signIn, as: `Bearer ${await signIn()}` };
  }
  const listed = async (path: string, as: string) => {
    const { status, body } = await call('GET', path, { as });
    expect(status, JSON.stringify(body)).to.equal(200);
    return body.sessions as { client_ids: string[]; expires_at: string }[];
  };

  it('are listed, with the application', async () => {
    const { path, clientId } = await signedIn();
    const sessions = await listed(path, await apiKey('acme'));
    expect(sessions.map(({ client_ids }) => client_ids)).to.deep.equal([[clientId]]);
    expect(Date.parse(sessions[0]!.expires_at)).to.be.above(Date.now());
  });

  it('are ended, and tokens of before are refused, but not those of a new sign-in', async () => {
    const { path, signIn, as } = await signedIn();
    expect((await call('GET', '/v1/me', { as })).status).to.equal(200);
    const since = new Date();
    expect((await call('DELETE', path, { as: await user('acme') })).status).to.equal(204);
    expect(await listed(path, await apiKey('acme'))).to.deep.equal([]);
    await until(async () => (await call('GET', '/v1/me', { as })).status === 401);
    await until(async () => (await call('GET', '/v1/me', { as: `Bearer ${await signIn()}` })).status === 200);
    const told = (await eventsSince(since)).filter(({ type }) => type === 'user.sessions_ended');
    expect(told.length).to.be.above(0);
  });

  it('need every scope of the user’s roles, and an app gets none of them', async () => {
    const { path } = await signedIn(['admin']);
    const { as } = await newApiKey('acme', { scopes: ['read:users', 'update:users'] });
    for (const method of ['GET', 'DELETE']) {
      const weak = await call(method, path, { as });
      expect([weak.status, weak.body.code]).to.deep.equal([403, 'user_beyond_scopes']);
      expect((await call(method, path, { as: await app('acme') })).body.code).to.equal('caller_not_allowed');
    }
    expect(await listed(path, await apiKey('acme'))).to.have.length(1);
  });
});
