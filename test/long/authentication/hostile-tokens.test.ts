/**
 * Hostile tokens at the running API, each with its exact answer (RFC 8725, RFC 9068). All but the forged ones are signed with the
 * authority's own key: what refuses them is not the signature.
 */
import { expect } from 'chai';
import {
  CompactEncrypt,
  createRemoteJWKSet,
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWK,
} from 'jose';
import { demoTenant, demoUser, user } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { world, WORLD_MS } from '../../support/world.ts';

type Claims = Record<string, unknown>;

/** The default of `CLOCK_TOLERANCE_SECONDS`. */
const TOLERANCE_SECONDS = 5;
const now = () => Math.floor(Date.now() / 1000);

describe('hostile tokens', () => {
  let good: Claims;
  let kid: string;
  let publicKey: JWK;
  const sign = async (claims: Claims = {}, header: object = {}) =>
    (await world()).control.signToken(header, { ...good, ...claims });

  before(async function () {
    this.timeout(WORLD_MS);
    const { audience, authority, control } = await world();
    const { id, spa_client_id } = await demoTenant('acme');
    good = {
      iss: authority,
      aud: audience,
      sub: (await demoUser('acme', 'admin')).user_id,
      azp: spa_client_id,
      iat: now(),
      exp: now() + 600,
      scope: 'read:users',
      [`${audience}/tenant_id`]: id,
      [`${audience}/roles`]: ['admin'],
    };
    const probe = await control.signToken({}, good);
    const keys = createRemoteJWKSet(new URL('.well-known/jwks.json', authority));
    const [header = ''] = probe.split('.');
    kid = (JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }).kid;
    publicKey = await exportJWK(await keys({ alg: 'RS256', kid }));
  });

  async function answerTo(token: string) {
    const { status, headers, body } = await call('GET', '/v1/tenant', { as: `Bearer ${token}` });
    const { code, detail } = body as { code?: string; detail?: string };
    return { status, code, detail, challenges: headers.get('www-authenticate') };
  }

  async function refusal(detail: string) {
    const { api } = await world();
    const bearer = `Bearer realm="trivium", resource_metadata="${api}/.well-known/oauth-protected-resource", scope="read:tenant"`;
    const error = 'error="invalid_token", error_description="Token refused"';
    // `fetch` marks its requests as those of a page, which gets no Basic challenge.
    const dpop = 'DPoP algs="ES256 RS256 PS256 EdDSA Ed25519"';
    const basic = 'Basic realm="trivium", charset="UTF-8"';
    return {
      status: 401,
      code: 'invalid_token',
      detail,
      challenges: `${bearer}, ${error}, ${dpop}, ${basic}`,
    };
  }

  const accepted: [string, () => Promise<string>][] = [
    ["Auth0's dialect", () => sign()],
    ['RFC 9068', () => sign({ azp: undefined, client_id: good['azp'], jti: 'x' }, { typ: 'at+jwt' })],
    [
      'RFC 9068, its typ in full',
      () => sign({ azp: undefined, client_id: good['azp'], jti: 'x' }, { typ: 'application/at+jwt' }),
    ],
    ['several audiences, one of them this', () => sign({ aud: ['https://else.example', good['aud']] })],
    ['nbf as far ahead as clocks may differ', () => sign({ nbf: now() + TOLERANCE_SECONDS })],
    ['iat as far ahead as clocks may differ', () => sign({ iat: now() + TOLERANCE_SECONDS })],
    ['iat a year ago', () => sign({ iat: now() - 31_536_000 })],
  ];
  for (const [name, make] of accepted) {
    it(`control: a good one is accepted, with ${name}`, async () => {
      expect(await answerTo(await make())).to.deep.include({ status: 200 });
    });
  }

  const HERE = 'The token is not valid here';
  const NOT_YET = "The token is not valid yet: by this server's clock, its iat or nbf is in the future.";
  const stranger = async () => (await generateKeyPair('RS256')).privateKey;
  const forged = async (header: object) =>
    new SignJWT(good).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, ...header }).sign(await stranger());
  const hostile: [string, string, () => Promise<string> | string][] = [
    ['no JWT', `${HERE}.`, () => 'x.y.z'],
    ['two parts', `${HERE}.`, async () => (await sign()).split('.').slice(0, 2).join('.')],
    ['no typ', `${HERE}: its typ is not that of an access token.`, () => sign({}, { typ: null })],
    ...['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'oauth-authz-req+jwt', 'kb+jwt', 'id+jwt'].map(
      (typ): [string, string, () => Promise<string>] => [
        `typ ${typ}`,
        `${HERE}: its typ is not that of an access token.`,
        () => sign({}, { typ }),
      ],
    ),
    ['an ID token', `${HERE}.`, () => sign({ aud: good['azp'], nonce: 'n', email: 'ada@acme.example' })],
    ['another audience', `${HERE}.`, () => sign({ aud: `${String(good['iss'])}userinfo` })],
    ['an audience that begins alike', `${HERE}.`, () => sign({ aud: `${String(good['aud'])}/` })],
    ['no audience', `${HERE}.`, () => sign({ aud: undefined })],
    ['another issuer', `${HERE}.`, () => sign({ iss: 'https://evil.example/' })],
    ['an issuer without its slash', `${HERE}.`, () => sign({ iss: String(good['iss']).slice(0, -1) })],
    ['no issuer', `${HERE}.`, () => sign({ iss: undefined })],
    ['alg none', `${HERE}: its typ is not that of an access token.`, () => new UnsecuredJWT(good).encode()],
    ...['none', 'None', 'nOnE'].map((alg): [string, string, () => Promise<string>] => [
      `alg ${alg} and no signature`,
      `${HERE}: its algorithm is not accepted.`,
      async () => (await sign({}, { alg })).replace(/\.[^.]*$/, '.'),
    ]),
    [
      'HS256 with the public key as secret',
      `${HERE}: its algorithm is not accepted.`,
      () =>
        new SignJWT(good)
          .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid })
          .sign(Buffer.from(JSON.stringify(publicKey))),
    ],
    ['RS512', `${HERE}: its algorithm is not accepted.`, () => sign({}, { alg: 'RS512' })],
    ['PS256 with a signature of RS256', `${HERE}.`, () => sign({}, { alg: 'PS256' })],
    ['another key', `${HERE}.`, () => forged({})],
    [
      'a changed claim',
      `${HERE}.`,
      async () => {
        const [header, , signature] = (await sign()).split('.');
        const payload = Buffer.from(JSON.stringify({ ...good, sub: 'auth0|eve' })).toString('base64url');
        return `${header}.${payload}.${signature}`;
      },
    ],
    ['an unknown critical header', `${HERE}: its header holds crit.`, () => sign({}, { crit: ['x'], x: 1 })],
    ['b64 false, critical', `${HERE}: its header holds crit.`, () => sign({}, { crit: ['b64'], b64: false })],
    ['b64 false', `${HERE}: its header holds b64.`, () => sign({}, { b64: false })],
    ['an embedded key', `${HERE}: its header holds jwk.`, () => forged({ jwk: publicKey })],
    [
      'an embedded key, though rightly signed',
      `${HERE}: its header holds jwk.`,
      () => sign({}, { jwk: publicKey }),
    ],
    ...['jku', 'x5u'].map((name): [string, string, () => Promise<string>] => [
      name,
      `${HERE}: its header holds ${name}.`,
      () => forged({ [name]: 'https://evil.example/jwks.json' }),
    ]),
    ['x5c', `${HERE}: its header holds x5c.`, () => forged({ x5c: ['MIIB'] })],
    ...[
      '../../../../etc/passwd',
      "' OR 1=1; DROP TABLE keys --",
      '\u0000',
      '__proto__',
      '',
      'https://evil.example/',
    ].map((evil): [string, string, () => Promise<string>] => [
      `kid ${JSON.stringify(evil)}`,
      `${HERE}.`,
      () => forged({ kid: evil }),
    ]),
    ['a kid that is no text', `${HERE}: its kid is not a valid key id.`, () => sign({}, { kid: 1 })],
    [
      'a kid of a kilobyte',
      `${HERE}: its kid is not a valid key id.`,
      () => sign({}, { kid: 'k'.repeat(1_000) }),
    ],
    [
      'an encrypted one',
      `${HERE}: its typ is not that of an access token.`,
      async () =>
        new CompactEncrypt(Buffer.from(await sign()))
          .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT', zip: undefined })
          .encrypt((await generateKeyPair('RSA-OAEP-256')).publicKey),
    ],
    ['one inside another', `${HERE}: its header holds cty.`, () => sign({}, { cty: 'JWT' })],
    ['just expired', 'The token is expired.', () => sign({ exp: now() })],
    ['expired by one second', 'The token is expired.', () => sign({ exp: now() - 1 })],
    ['expired beyond all tolerance', 'The token is expired.', () => sign({ exp: now() - 3_600 })],
    ['no expiry', 'The token is without an expiry.', () => sign({ exp: undefined })],
    ['an expiry in words', `${HERE}.`, () => sign({ exp: '2999-01-01' })],
    ['nbf too far ahead', NOT_YET, () => sign({ nbf: now() + TOLERANCE_SECONDS + 2 })],
    ['an nbf that is no time', `${HERE}.`, () => sign({ nbf: 'tomorrow' })],
    ['iat too far ahead', NOT_YET, () => sign({ iat: now() + TOLERANCE_SECONDS + 2 })],
    ['no iat', 'The token is without a time of issue.', () => sign({ iat: undefined })],
    ['no subject', 'The token is without a subject.', () => sign({ sub: undefined })],
    ['an empty subject', 'The token is without a subject.', () => sign({ sub: '' })],
    ['no client', 'The token is without a client.', () => sign({ azp: undefined })],
    [
      'the client of the other dialect only',
      'The token is without a client.',
      () => sign({ azp: undefined, client_id: good['azp'] }),
    ],
    ['two clients', 'The token is issued to two clients.', () => sign({ client_id: 'other' })],
    [
      'RFC 9068 without jti',
      'The token is without an id.',
      () => sign({ azp: undefined, client_id: good['azp'] }, { typ: 'at+jwt' }),
    ],
    [
      'bound to a client certificate',
      'The token is bound by a method that is not supported here.',
      () => sign({ cnf: { 'x5t#S256': 'x' } }),
    ],
    [
      'bound to nothing',
      'The token is bound by a method that is not supported here.',
      () => sign({ cnf: 'none' }),
    ],
  ];
  for (const [name, detail, make] of hostile) {
    it(`are refused: ${name}`, async () => {
      expect(await answerTo(await make())).to.deep.equal(await refusal(detail));
    });
  }

  it('are refused when they are longer than a credential may be, before anybody looks at them', async () => {
    expect(await answerTo(await sign({ filler: 'a'.repeat(9_000) }))).to.deep.include({
      status: 401,
      code: 'invalid_authorization_header',
      detail: 'It is too long.',
    });
  });

  it('of clients that are not registered are refused in the same words, whatever they say of themselves', async () => {
    const { status, code, detail } = await answerTo(await sign({ azp: 'nobody' }));
    expect({ status, code, detail }).to.deep.equal({ status: 401, code: 'invalid_token', detail: undefined });
  });

  describe('and the key set', () => {
    /** While it cannot be had, whoever looks at it answers 503. */
    async function withoutKeySet(work: () => Promise<void>): Promise<void> {
      const { control } = await world();
      const effect = { kind: 'answer' as const, status: 500 };
      const { id } = await control.addFault({ method: 'GET', path: '/.well-known/jwks.json', effect });
      try {
        await work();
      } finally {
        await control.removeFault(id);
      }
    }
    const statusAt = async (url: string, token: string) =>
      (await fetch(`${url}/v1/tenant`, { headers: { authorization: `Bearer ${token}` } })).status;

    it('is fetched for none of what is no access token, and not again for a storm of unknown keys', async () => {
      const { startApi } = await world();
      const api = await startApi('api-storm', { KEY_SET_COOLDOWN_SECONDS: '300' });
      await withoutKeySet(async () => {
        expect(await statusAt(api.url, await sign({}, { typ: 'logout+jwt' }))).to.equal(401);
        expect(await statusAt(api.url, await sign()), 'one that is looked for').to.equal(503);
      });
      const token = await sign();
      while ((await statusAt(api.url, token)) !== 200) await new Promise((go) => setTimeout(go, 50));
      await withoutKeySet(async () => {
        const storm = Array.from({ length: 60 }, (_, i) => forged({ kid: `unknown-${i}` }));
        const statuses = await Promise.all(storm.map(async (token) => statusAt(api.url, await token)));
        expect(new Set(statuses)).to.deep.equal(new Set([401]));
      });
      await api.stop();
    });

    it('is fetched again for an unknown key when the last time is long enough ago: a rotated key needs no restart', async () => {
      const { startApi, control } = await world();
      // Nothing but the unknown key makes it look again.
      const api = await startApi('api-rotation', {
        KEY_SET_COOLDOWN_SECONDS: '1',
        KEY_SET_REFRESH_SECONDS: '600',
      });
      const old = await sign();
      expect(await statusAt(api.url, old)).to.equal(200);
      await control.rotateKeys(true);
      const rotated = await sign();
      expect(rotated.split('.')[0]).to.not.equal(old.split('.')[0]);
      while ((await statusAt(api.url, rotated)) !== 200) await new Promise((go) => setTimeout(go, 50));
      expect(await statusAt(api.url, old)).to.equal(200);
      await api.stop();
    });

    it('that cannot be had says nothing about a token: 503, and one look a second at most', async () => {
      const { startApi, control } = await world();
      const api = await startApi('api-keyless');
      const tokens = await Promise.all(Array.from({ length: 40 }, (_, i) => forged({ kid: `u-${i}` })));
      const began = Date.now();
      const { id } = await control.addFault({
        method: 'GET',
        path: '/.well-known/jwks.json',
        effect: { kind: 'answer', status: 500 },
      });
      try {
        const statuses = await Promise.all(tokens.map((token) => statusAt(api.url, token)));
        expect(new Set(statuses)).to.deep.equal(new Set([503]));
        const hits = (await control.faults()).find((fault) => fault.id === id)?.hits;
        const seconds = Math.ceil((Date.now() - began) / 1000);
        // One at the beginning of each second that was begun, and what the world's two APIs refresh each minute.
        expect(hits).to.be.within(1, 1 + seconds + 2 * Math.ceil(seconds / 60));
      } finally {
        await control.removeFault(id);
      }
      const as = await sign();
      while ((await statusAt(api.url, as)) !== 200) await new Promise((go) => setTimeout(go, 50));
      await api.stop();
    });
  });

  it('leave those that were signed in before alone', async () => {
    expect((await call('GET', '/v1/tenant', { as: await user('acme') })).status).to.equal(200);
  });
});
