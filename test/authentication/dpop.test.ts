/** Tokens that are bound to a key (RFC 9449): got from the authority by outside clients, presented to two API processes. */
import { createHash, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import * as oauth from 'openid-client';
import { demoTenant, demoUser } from '../support/callers.ts';
import { newApiKey } from '../support/api-keys.ts';
import { call, type Answer } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { signIn } from '../../src/start/sign-in.ts';

const ALGS = 'algs="ES256 RS256 PS256 EdDSA Ed25519"';
const PATH = '/v1/tenant';
const now = () => Math.floor(Date.now() / 1000);

describe('tokens bound to a key', () => {
  let api: string;
  let pair: { publicKey: CryptoKey; privateKey: CryptoKey };
  let token: string;

  before(async function () {
    this.timeout(WORLD_MS);
    api = (await world()).api;
    pair = await oauth.randomDPoPKeyPair('ES256', { extractable: true });
    token = await boundToken();
  });

  async function keyClient(): Promise<oauth.Configuration> {
    const { client_id, client_secret } = (await demoTenant('acme')).api_key;
    const { authority } = await world();
    return oauth.discovery(new URL(authority), client_id, client_secret, undefined, {
      execute: [oauth.allowInsecureRequests],
    });
  }

  async function boundToken(): Promise<string> {
    const { audience } = await world();
    const config = await keyClient();
    const DPoP = oauth.getDPoPHandle(config, pair);
    return (await oauth.clientCredentialsGrant(config, { audience }, { DPoP })).access_token;
  }

  interface Changes {
    header?: object;
    claims?: Record<string, unknown>;
    key?: CryptoKey;
  }

  async function proof({ header, claims, key = pair.privateKey }: Changes = {}): Promise<string> {
    const jwk = await exportJWK(pair.publicKey);
    return new SignJWT({
      jti: randomUUID(),
      htm: 'GET',
      htu: api + PATH,
      iat: now(),
      ath: createHash('sha256').update(token).digest('base64url'),
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header })
      .sign(key);
  }

  const present = (dpop: string | undefined, as = `DPoP ${token}`, at: 0 | 1 = 0): Promise<Answer> =>
    call('GET', PATH, { as, api: at, ...(dpop !== undefined && { headers: { dpop } }) });

  const outcome = ({ status, body }: Answer) => ({ status, code: body.code, detail: body.detail });
  const refused = (why: string) => ({
    status: 401,
    code: 'invalid_dpop_proof',
    detail: `The proof is refused: ${why}.`,
  });

  it('are taken with a fresh proof, whatever the query, in any letter case of the scheme', async () => {
    expect((await present(await proof())).status).to.equal(200);
    const users = await proof({ claims: { htu: `${api}/v1/users` } });
    const answer = await call('GET', '/v1/users?limit=1', { as: `dpop ${token}`, headers: { dpop: users } });
    expect(answer.status).to.equal(200);
    const equivalent = await proof({ claims: { htu: `${api.replace('http', 'HTTP')}/x/../v1/%74enant` } });
    expect((await present(equivalent)).status).to.equal(200);
  });

  it('are taken with an algorithm of every kind that is offered', async () => {
    const config = await keyClient();
    const { audience } = await world();
    for (const alg of ['ES256', 'RS256'] as const) {
      const keys = await oauth.randomDPoPKeyPair(alg);
      const DPoP = oauth.getDPoPHandle(config, keys);
      const { access_token } = await oauth.clientCredentialsGrant(config, { audience }, { DPoP });
      const answer = await oauth.fetchProtectedResource(
        config,
        access_token,
        new URL(api + PATH),
        'GET',
        null,
        undefined,
        { DPoP },
      );
      expect(answer.status).to.equal(200);
    }
  });

  it('are refused as Bearer, and the answer says how to present them', async () => {
    const answer = await present(undefined, `Bearer ${token}`);
    expect(outcome(answer)).to.deep.equal({
      status: 401,
      code: 'invalid_token',
      detail: 'The token is bound to a key: present it as `Authorization: DPoP`, with a proof.',
    });
    expect(answer.headers.get('www-authenticate'))
      .to.match(/^Bearer .*error="invalid_token"/)
      .and.include(`, DPoP ${ALGS}`);
    expect((await present(await proof(), `Bearer ${token}`)).status).to.equal(401);
  });

  it('are not what a token without a key passes as', async () => {
    const { audience } = await world();
    const { access_token } = await oauth.clientCredentialsGrant(await keyClient(), { audience });
    const answer = await present(await proof(), `DPoP ${access_token}`);
    expect(outcome(answer)).to.deep.equal({
      status: 401,
      code: 'invalid_token',
      detail: 'The token is not bound to a key: present it as `Authorization: Bearer`.',
    });
    expect(answer.headers.get('www-authenticate'))
      .to.include(`, DPoP ${ALGS}, error="invalid_token", error_description="Token refused"`)
      .and.not.match(/^Bearer [^D]*error=/);
  });

  const other = () => generateKeyPair('ES256', { extractable: true });
  const NO_PROOF = 'it is not a proof, or its signature is invalid';
  const hostile: [string, string, () => Promise<string | undefined> | undefined][] = [
    ['no proof', 'there is none', () => undefined],
    ['nonsense', NO_PROOF, () => Promise.resolve('x.y.z')],
    ['the typ of a token', NO_PROOF, () => proof({ header: { typ: 'JWT' } })],
    ['no typ', NO_PROOF, () => proof({ header: { typ: undefined } })],
    [
      'a shared secret for a key',
      NO_PROOF,
      async () => {
        const [, payload] = (await proof()).split('.');
        const header = { alg: 'HS256', typ: 'dpop+jwt', jwk: { kty: 'oct', k: 'c2VjcmV0' } };
        return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.AAAA`;
      },
    ],
    [
      'no signature',
      NO_PROOF,
      async () => {
        const [, payload] = (await proof()).split('.');
        const header = { alg: 'none', typ: 'dpop+jwt', jwk: await exportJWK(pair.publicKey) };
        return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.`;
      },
    ],
    ['no key', NO_PROOF, () => proof({ header: { jwk: undefined } })],
    [
      'a key with its private part',
      NO_PROOF,
      async () => proof({ header: { jwk: await exportJWK(pair.privateKey) } }),
    ],
    ['a signature of another key', NO_PROOF, async () => proof({ key: (await other()).privateKey })],
    [
      'another key altogether',
      'it was signed with a different key than the token is bound to',
      async () => {
        const stranger = await other();
        return proof({ key: stranger.privateKey, header: { jwk: await exportJWK(stranger.publicKey) } });
      },
    ],
    ['an unknown critical header', NO_PROOF, async () => tampered({ crit: ['x'], x: 1 })],
    ['another method', 'htm is not the request method', () => proof({ claims: { htm: 'POST' } })],
    ['a method in small letters', 'htm is not the request method', () => proof({ claims: { htm: 'get' } })],
    ['another path', 'htu is not the request URL', () => proof({ claims: { htu: `${api}/v1/me` } })],
    [
      'another host',
      'htu is not the request URL',
      () => proof({ claims: { htu: `https://evil.example${PATH}` } }),
    ],
    ['a query', 'htu is not the request URL', () => proof({ claims: { htu: `${api}${PATH}?a=1` } })],
    ['a fragment', 'htu is not the request URL', () => proof({ claims: { htu: `${api}${PATH}#a` } })],
    ['a path alone', 'htu is not the request URL', () => proof({ claims: { htu: PATH } })],
    ['an old iat', 'iat is too old', () => proof({ claims: { iat: now() - 62 } })],
    ['an iat to come', 'iat is in the future', () => proof({ claims: { iat: now() + 20 } })],
    ['an iat in words', NO_PROOF, () => proof({ claims: { iat: 'now' } })],
    ['no iat', NO_PROOF, () => proof({ claims: { iat: undefined } })],
    ['the hash of another token', 'ath is not the hash of the token', () => proof({ claims: { ath: 'x' } })],
    ['no hash', NO_PROOF, () => proof({ claims: { ath: undefined } })],
    ['no id', NO_PROOF, () => proof({ claims: { jti: undefined } })],
    ['an empty id', 'jti is missing or too long', () => proof({ claims: { jti: '' } })],
    [
      'an id of 257 characters',
      'jti is missing or too long',
      () => proof({ claims: { jti: 'a'.repeat(257) } }),
    ],
  ];
  for (const [name, why, make] of hostile) {
    it(`are refused with a proof that has ${name}`, async () => {
      const answer = await present(await make());
      expect(outcome(answer)).to.deep.equal(refused(why));
      expect(answer.headers.get('www-authenticate')).to.include(
        `, DPoP ${ALGS}, error="invalid_dpop_proof", error_description="DPoP proof refused"`,
      );
    });
  }

  async function tampered(header: object): Promise<string> {
    const [, payload, signature] = (await proof()).split('.');
    const whole = { alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(pair.publicKey), ...header };
    return `${Buffer.from(JSON.stringify(whole)).toString('base64url')}.${payload}.${signature}`;
  }

  it('are taken at both ends of the time that a proof is good for', async () => {
    expect((await present(await proof({ claims: { iat: now() - 45 } }))).status).to.equal(200);
    expect((await present(await proof({ claims: { iat: now() + 5 } }))).status).to.equal(200);
  });

  it('are refused with two proofs, though each is good', async () => {
    const { get } = await import('node:http');
    const proofs = [await proof(), await proof()];
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = get(api + PATH, { headers: { authorization: `DPoP ${token}`, dpop: proofs } });
      request.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    expect(status).to.equal(401);
    for (const one of proofs) expect((await present(one)).status).to.equal(200);
  });

  it('are refused with a proof that was used before, at whichever process', async () => {
    const once = await proof();
    expect((await present(once)).status).to.equal(200);
    expect(outcome(await present(once))).to.deep.equal(refused('it was used before'));
    expect(outcome(await present(once, undefined, 1))).to.deep.equal(refused('it was used before'));
  });

  it('are taken once of many presentations of one proof at a time', async () => {
    const once = await proof();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => present(once, undefined, (i % 2) as 0 | 1)),
    );
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
  });

  it('that lack a scope are told so at their own scheme', async () => {
    const { clientId, clientSecret } = await newApiKey('acme', { scopes: ['read:tenant'] });
    const { authority, audience } = await world();
    const config = await oauth.discovery(new URL(authority), clientId, clientSecret, undefined, {
      execute: [oauth.allowInsecureRequests],
    });
    const DPoP = oauth.getDPoPHandle(config, await oauth.randomDPoPKeyPair('ES256'));
    const { access_token } = await oauth.clientCredentialsGrant(config, { audience }, { DPoP });
    const url = new URL(`${api}/v1/users`);
    const answer = await oauth
      .fetchProtectedResource(config, access_token, url, 'GET', null, undefined, { DPoP })
      .catch((error: unknown) => (error as oauth.WWWAuthenticateChallengeError).response);
    expect(answer.status).to.equal(403);
    expect(answer.headers.get('www-authenticate'))
      .to.include(`DPoP ${ALGS}, error="insufficient_scope", error_description="Insufficient scope"`)
      .and.not.match(/^Bearer [^D]*error=/);
  });

  it('of a user in the single-page app work the same', async () => {
    const { authority, audience } = await world();
    const { spa_client_id, spa_redirect_uri } = await demoTenant('acme');
    const { email, password } = await demoUser('acme', 'admin');
    const config = await oauth.discovery(new URL(authority), spa_client_id, undefined, oauth.None(), {
      execute: [oauth.allowInsecureRequests],
    });
    const { code, codeVerifier } = await signIn({
      authority,
      audience,
      clientId: spa_client_id,
      redirectUri: spa_redirect_uri,
      scope: 'openid',
      email,
      password,
    });
    const DPoP = oauth.getDPoPHandle(config, await oauth.randomDPoPKeyPair('ES256'));
    const back = new URL(spa_redirect_uri);
    back.searchParams.set('code', code);
    const tokens = await oauth.authorizationCodeGrant(
      config,
      back,
      { pkceCodeVerifier: codeVerifier, idTokenExpected: true },
      undefined,
      { DPoP },
    );
    expect(tokens.token_type).to.equal('dpop');
    const me = new URL(`${api}/v1/me`);
    const answer = await oauth.fetchProtectedResource(
      config,
      tokens.access_token,
      me,
      'GET',
      null,
      undefined,
      { DPoP },
    );
    expect(answer.status).to.equal(200);
    const bare = await fetch(me, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect(bare.status).to.equal(401);
  });

  it('are announced in the metadata', async () => {
    const { body } = await call('GET', '/.well-known/oauth-protected-resource');
    expect(body).to.deep.include({
      dpop_signing_alg_values_supported: ['ES256', 'RS256', 'PS256', 'EdDSA', 'Ed25519'],
      dpop_bound_access_tokens_required: false,
    });
  });
});
