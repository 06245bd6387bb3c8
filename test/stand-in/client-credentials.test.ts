import { expect } from 'chai';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as openid from 'openid-client';
import type { LogEvent } from '../../src/stand-in/store/records.ts';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { AUDIENCE, callManagement, operatorToken, postToken, startStandIn } from './account.ts';

describe('stand-in: client credentials', () => {
  let standIn: StandIn;
  const key = {
    grant_type: 'client_credentials',
    client_id: 'key',
    client_secret: 'key-secret',
    audience: AUDIENCE,
  };

  before(async () => {
    standIn = await startStandIn({ rotationOverlapMs: 0 });
  });
  after(() => standIn.close());

  it('gives what the client grant holds, in Auth0’s form', async () => {
    const { status, body, headers } = await postToken(standIn, key);
    expect(status).to.equal(200);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(body).to.have.all.keys('access_token', 'scope', 'expires_in', 'token_type');
    const token = String(body['access_token']);
    expect(decodeProtectedHeader(token).typ).to.equal('JWT');
    const { iat, exp, ...claims } = decodeJwt(token);
    expect(Number(exp) - Number(iat)).to.equal(86_400);
    expect(claims).to.deep.equal({
      iss: standIn.url,
      sub: 'key@clients',
      aud: AUDIENCE,
      azp: 'key',
      gty: 'client-credentials',
      scope: 'read:users',
      [`${AUDIENCE}/tenant_id`]: 'acme',
    });
  });

  it('gives requested ∩ granted, and takes Basic and JSON too', async () => {
    const { client_id: _id, client_secret: _secret, ...rest } = key;
    const basic = await postToken(
      standIn,
      { ...rest, scope: 'read:users create:users' },
      { authorization: `Basic ${Buffer.from('key:key-secret').toString('base64')}` },
    );
    expect(basic.body['scope']).to.equal('read:users');
    const json = await fetch(`${standIn.url}oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(key),
    });
    expect(json.status).to.equal(200);
  });

  it('takes an API whose name is no URI (Auth0 allows any text)', async () => {
    const { body } = await postToken(standIn, { ...key, audience: 'plain-name' });
    expect(decodeJwt(String(body['access_token'])).aud).to.equal('plain-name');
  });

  it('binds a token to a key when the request proves one (RFC 9449)', async () => {
    const config = await openid.discovery(
      new URL(standIn.url),
      'key',
      'key-secret',
      openid.ClientSecretPost('key-secret'),
      { execute: [openid.allowInsecureRequests] },
    );
    const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair('ES256'));
    const tokens = await openid.clientCredentialsGrant(config, { audience: AUDIENCE }, { DPoP });
    expect(tokens.token_type).to.equal('dpop');
    expect(decodeJwt(tokens.access_token)['cnf']).to.have.property('jkt').that.has.length(43);
  });

  it('leaves no trace of the grant in an RFC 9068 token', async () => {
    const { body } = await postToken(standIn, { ...key, audience: 'https://rfc9068.example.com' });
    const token = String(body['access_token']);
    expect(decodeProtectedHeader(token).typ).to.equal('at+jwt');
    expect(decodeJwt(token)).to.include({ client_id: 'key' }).and.not.have.any.keys('gty', 'azp');
  });

  const refusals: [string, Record<string, string>, number, Record<string, string>][] = [
    [
      'a wrong secret (public reports)',
      { ...key, client_secret: 'wrong' },
      401,
      { error: 'access_denied', error_description: 'Unauthorized' },
    ],
    [
      'an unknown client (public reports)',
      { ...key, client_id: 'nobody' },
      401,
      { error: 'access_denied', error_description: 'Unauthorized' },
    ],
    [
      'an unknown API (public reports)',
      { ...key, audience: 'https://nowhere.example.com' },
      403,
      { error: 'access_denied', error_description: 'Service not found: https://nowhere.example.com' },
    ],
    [
      'no API (public reports)',
      { grant_type: 'client_credentials', client_id: 'key', client_secret: 'key-secret' },
      403,
      {
        error: 'access_denied',
        error_description: 'No audience parameter was provided, and no default audience has been configured',
      },
    ],
    [
      'a grant type that the client has not (public reports)',
      { ...key, client_id: 'web', client_secret: 'web-secret' },
      403,
      {
        error: 'unauthorized_client',
        error_description: "Grant type 'client_credentials' not allowed for the client.",
      },
    ],
    [
      'no grant type (guessed)',
      { client_id: 'key', client_secret: 'key-secret' },
      400,
      { error: 'invalid_request', error_description: 'Missing required parameter: grant_type' },
    ],
  ];
  for (const [what, parameters, status, body] of refusals) {
    it(`refuses ${what}`, async () => {
      const answer = await postToken(standIn, parameters);
      expect(answer.status).to.equal(status);
      expect(answer.body).to.deep.equal(body);
    });
  }

  it('refuses without a client grant (public reports)', async () => {
    const { status, body } = await postToken(standIn, { ...key, audience: `${standIn.url}api/v2/` });
    expect(status).to.equal(403);
    expect(body['error']).to.equal('access_denied');
    expect(body['error_description']).to.include(
      'You need to create a "client-grant" associated to this API',
    );
  });

  it('writes to the log what reached it: tests elsewhere count on that', async () => {
    const operator = await operatorToken(standIn);
    const count = async (type: string): Promise<number> => {
      const { body } = await callManagement<{ total: number; logs: LogEvent[] }>(
        standIn,
        operator,
        'GET',
        `logs?include_totals=true&q=${encodeURIComponent(`type:${type} AND client_id:"key"`)}`,
      );
      expect(body.logs.every((event) => event.type === type && event.client_id === 'key')).to.equal(true);
      return body.total;
    };
    const [ok, failed] = [await count('seccft'), await count('feccft')];
    await postToken(standIn, key);
    await postToken(standIn, { ...key, client_secret: 'wrong' });
    expect([await count('seccft'), await count('feccft')]).to.deep.equal([ok + 1, failed + 1]);
  });

  it('takes a new secret at once and the old one no more; a deleted client neither', async () => {
    const operator = await operatorToken(standIn);
    const rotated = await callManagement<{ client_secret: string }>(
      standIn,
      operator,
      'POST',
      'clients/key/rotate-secret',
    );
    expect(rotated.status).to.equal(200);
    const secret = rotated.body.client_secret;
    expect((await postToken(standIn, key)).status).to.equal(401);
    expect((await postToken(standIn, { ...key, client_secret: secret })).status).to.equal(200);
    expect((await callManagement(standIn, operator, 'DELETE', 'clients/key')).status).to.equal(204);
    expect((await postToken(standIn, { ...key, client_secret: secret })).status).to.equal(401);
  });

  it('can take either secret for a while (Auth0 docs, "Rotate client secret")', async () => {
    let time = Date.now();
    const other = await startStandIn({ rotationOverlapMs: 30_000, now: () => time });
    try {
      const operator = await operatorToken(other);
      await callManagement(other, operator, 'POST', 'clients/key/rotate-secret');
      expect((await postToken(other, key)).status).to.equal(200);
      time += 30_000;
      expect((await postToken(other, key)).status).to.equal(401);
    } finally {
      await other.close();
    }
  });
});
