import { expect } from 'chai';
import { ENDPOINTS } from '../../src/stand-in/management/endpoints.ts';
import { MANAGEMENT_SCOPES } from '../../src/stand-in/management/management-scopes.ts';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { callManagement, startStandIn } from './account.ts';

/** Which scopes: Auth0's description of the API, where it has the endpoint. Wording of the refusal: recorded. */
describe('stand-in: scopes of tokens for the Management API', () => {
  let standIn: StandIn;
  before(async () => {
    standIn = await startStandIn();
  });
  after(() => standIn.close());

  function tokenWith(scopes: readonly string[], sub = 'key@clients'): string {
    const iat = Math.floor(Date.now() / 1000);
    return standIn.controls.signToken(
      { alg: 'RS256', typ: 'JWT' },
      {
        iss: standIn.url,
        aud: `${standIn.url}api/v2/`,
        sub,
        azp: 'key',
        iat,
        exp: iat + 60,
        scope: scopes.join(' '),
      },
    );
  }

  const all = MANAGEMENT_SCOPES.map(({ value }) => value);

  it('are all offered by the API', () => {
    const missing = ENDPOINTS.flatMap(({ scopes }) => scopes.filter((scope) => !all.includes(scope)));
    expect(missing).to.deep.equal([]);
  });

  it('are asked for by every endpoint: all others do not suffice, each of its own does', async () => {
    for (const { method, path, scopes } of ENDPOINTS) {
      const address = path.slice(1).replace(/\{\w+\}/g, 'nobody');
      const body = method === 'GET' ? undefined : {};
      const answer = async (held: readonly string[]) =>
        (await callManagement(standIn, tokenWith(held, 'nobody'), method, address, body)).body;
      const refusal = await answer(all.filter((scope) => !scopes.includes(scope)));
      expect(refusal, `${method} ${path}`).to.deep.equal({
        statusCode: 403,
        error: 'Forbidden',
        message: `Insufficient scope, expected any of: ${scopes.join(',')}`,
        errorCode: 'insufficient_scope',
      });
      for (const scope of scopes)
        expect((await answer([scope]))?.['errorCode'], `${method} ${path} ${scope}`).not.to.equal(
          'insufficient_scope',
        );
    }
  });

  it('of a user permit what is the user’s own', async () => {
    const token = tokenWith(
      ['read:current_user', 'update:current_user_metadata', 'delete:current_user'],
      'auth0|ann',
    );
    const ask = (method: string, user: string, body?: object) =>
      callManagement(standIn, token, method, `users/${encodeURIComponent(user)}`, body);
    expect((await ask('GET', 'auth0|ann')).status).to.equal(200);
    expect((await ask('PATCH', 'auth0|ann', { user_metadata: { a: 1 } })).status).to.equal(200);
    expect(
      (await ask('PATCH', 'auth0|ann', { app_metadata: { roles: ['owner'] } })).body['errorCode'],
    ).to.equal('insufficient_scope');
    for (const method of ['GET', 'PATCH', 'DELETE'])
      expect(
        (await ask(method, 'auth0|gus', method === 'PATCH' ? {} : undefined)).body['errorCode'],
      ).to.equal('mismatching_subject');
    expect(standIn.store.users.has('auth0|gus')).to.equal(true);
  });
});
