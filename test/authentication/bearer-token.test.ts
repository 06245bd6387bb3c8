/** Hostile tokens, each with its answer (RFC 8725); keys served over HTTP by an issuer of the test's own. */
import { expect } from 'chai';
import { generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWTHeaderParameters,
} from 'jose';
import { createIssuer } from '../../src/auth0/issuer.ts';
import { createBearerTokens, type BearerTokens } from '../../src/authentication/bearer-token.ts';
import type { Problem } from '../../src/problem.ts';

const AUDIENCE = 'https://api.example';

describe('bearer tokens', () => {
  let server: Server;
  let issuerUrl: string;
  let fetches = 0;
  let down = false;
  const keys = new Map<string, { privateKey: CryptoKey; jwk: object }>();
  let tokens: BearerTokens;
  const COOLDOWN_MS = 30_000;

  it('are refused with an RSA key of the authority that is too short, and nobody is told to come again', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    keys.set('weak', {
      privateKey: undefined as never,
      jwk: { ...publicKey.export({ format: 'jwk' }), kid: 'weak', alg: 'RS256', use: 'sig' },
    });
    const parts = [{ alg: 'RS256', typ: 'JWT', kid: 'weak' }, claims()];
    const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const signature = signBytes('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url');
    expect(await refusal(`${text}.${signature}`)).to.equal('invalid_token');
    expect(await refusal(await sign())).to.equal('accepted');
    keys.delete('weak');
  });

  async function addKey(kid: string, alg = 'RS256'): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    keys.set(kid, { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } });
  }

  before(async () => {
    await addKey('one');
    await addKey('ec', 'ES256');
    server = createServer((_request, response) => {
      fetches += 1;
      if (down) response.writeHead(500).end();
      else
        response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ keys: [...keys.values()].map(({ jwk }) => jwk) }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuerUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  after(() => server.close());
  beforeEach(() => {
    down = false;
    fetches = 0;
    tokens = createBearerTokens(
      createIssuer(issuerUrl, { refreshMs: 60_000, cooldownMs: COOLDOWN_MS }),
      AUDIENCE,
      0,
    );
  });

  const claims = (): Record<string, unknown> => {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: issuerUrl,
      aud: AUDIENCE,
      sub: 'auth0|ada',
      azp: 'client',
      iat: now,
      exp: now + 60,
      scope: 'read:users',
      [`${AUDIENCE}/tenant_id`]: 'acme',
      [`${AUDIENCE}/roles`]: ['admin'],
    };
  };
  const sign = (payload = claims(), header: Partial<JWTHeaderParameters> = {}, kid = 'one') =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, ...header })
      .sign(keys.get(kid)!.privateKey);
  const refusal = async (token: string) =>
    verified(token).then(
      () => 'accepted',
      (problem: Problem) => problem.code,
    );

  const verified = async (token: string) => tokens.verify(token);

  const ORGANIZATIONS: [what: string, more: Record<string, unknown>, expected: string | undefined][] = [
    ['no organization', {}, undefined],
    ['one', { org_id: 'org_1' }, 'org_1'],
    ['one, and its name', { org_id: 'org_1', org_name: 'acme' }, 'org_1'],
    ['the name of one only', { org_name: 'acme' }, undefined],
    ['one that the account’s own Action says', { [`${AUDIENCE}/org_id`]: 'org_1' }, undefined],
    ['an empty one', { org_id: '' }, 'invalid_token'],
    ['none, said explicitly', { org_id: null }, 'invalid_token'],
    ['a number', { org_id: 1 }, 'invalid_token'],
    ['several', { org_id: ['org_1', 'org_2'] }, 'invalid_token'],
    ['an object', { org_id: { id: 'org_1' } }, 'invalid_token'],
  ];
  for (const [what, more, expected] of ORGANIZATIONS)
    it(`name the organization of the sign-in: ${what}`, async () => {
      const token = await sign({ ...claims(), ...more });
      const read = await verified(token).then(
        ({ organizationId }) => organizationId,
        (problem: Problem) => problem.code,
      );
      expect(read).to.equal(expected);
    });

  it("are understood in Auth0's dialect", async () => {
    const { expiresAt, issuedAt, ...read } = await tokens.verify(await sign());
    expect(read).to.deep.equal({
      subject: 'auth0|ada',
      clientId: 'client',
      tenantId: 'acme',
      roles: ['admin'],
      scopes: ['read:users'],
      boundTo: undefined,
    });
    expect(expiresAt).to.be.above(Date.now());
    expect(issuedAt).to.be.closeTo(Date.now() / 1000, 60);
  });

  it('are understood in the dialect of RFC 9068', async () => {
    const { azp: _azp, ...rest } = claims();
    const payload = { ...rest, client_id: 'other', jti: 'x', aud: ['https://else.example', AUDIENCE] };
    expect((await tokens.verify(await sign(payload, { typ: 'at+jwt' }))).clientId).to.equal('other');
    expect(await refusal(await sign(payload, { typ: 'application/at+jwt' }))).to.equal('accepted');
    expect(await refusal(await sign(claims(), { alg: 'ES256' }, 'ec'))).to.equal('accepted');
  });

  const hostile: [string, () => Promise<string> | string][] = [
    ['nonsense', () => 'x.y.z'],
    ['another issuer', () => sign({ ...claims(), iss: 'https://evil.example/' })],
    ['an issuer without its slash', () => sign({ ...claims(), iss: issuerUrl.slice(0, -1) })],
    ['another audience', () => sign({ ...claims(), aud: 'https://else.example' })],
    ['no audience', () => sign({ ...claims(), aud: undefined })],
    ['expired just now', () => sign({ ...claims(), exp: Math.floor(Date.now() / 1000) })],
    ['no expiry', () => sign({ ...claims(), exp: undefined })],
    ['not valid yet', () => sign({ ...claims(), nbf: Math.floor(Date.now() / 1000) + 30 })],
    ['no subject', () => sign({ ...claims(), sub: undefined })],
    ['no client', () => sign({ ...claims(), azp: undefined })],
    ['no typ', () => sign(claims(), { typ: undefined as never })],
    ['the typ of a logout token', () => sign(claims(), { typ: 'logout+jwt' })],
    ['the typ of a DPoP proof', () => sign(claims(), { typ: 'dpop+jwt' })],
    ['an unknown critical header', () => tampered({ crit: ['x'], x: 1 })],
    [
      'an embedded key',
      async () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: 'RS256', typ: 'JWT', jwk: { kty: 'RSA' }, kid: 'none' })
          .sign((await generateKeyPair('RS256')).privateKey),
    ],
    [
      'a key address of its own',
      async () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: 'RS256', typ: 'JWT', jku: 'https://evil.example/', kid: 'one' })
          .sign((await generateKeyPair('RS256')).privateKey),
    ],
    [
      'a kid that is a path',
      async () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: '../../etc/passwd' })
          .sign((await generateKeyPair('RS256')).privateKey),
    ],
    ['no signature', () => new UnsecuredJWT(claims()).encode()],
    [
      'HMAC with the public key',
      async () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: 'one' })
          .sign(Buffer.from(JSON.stringify(keys.get('one')!.jwk))),
    ],
    [
      'RS384',
      async () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: 'RS384', typ: 'JWT', kid: 'one' })
          .sign((await generateKeyPair('RS384')).privateKey),
    ],
    [
      'a changed claim',
      async () => {
        const [h, , s] = (await sign()).split('.');
        return `${h}.${Buffer.from(JSON.stringify({ ...claims(), sub: 'auth0|eve' })).toString('base64url')}.${s}`;
      },
    ],
    ['nine kilobytes', () => sign({ ...claims(), filler: 'a'.repeat(9_000) })],
  ];

  async function tampered(header: object): Promise<string> {
    const [, payload, signature] = (await sign()).split('.');
    return [
      Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: 'one', ...header })).toString('base64url'),
      payload,
      signature,
    ].join('.');
  }

  for (const [name, make] of hostile) {
    it(`are refused with ${name}`, async () => expect(await refusal(await make())).to.equal('invalid_token'));
  }

  it('are verified once, and end with their own expiry all the same', async () => {
    const token = await sign({ ...claims(), exp: Math.floor(Date.now() / 1000) + 5 });
    expect(await tokens.verify(token)).to.equal(await tokens.verify(token));
    while ((await refusal(token)) === 'accepted') await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await refusal(token)).to.equal('invalid_token');
  });

  it('are no better for ending like one that was verified', async () => {
    const token = await sign();
    expect(tokens.find(token)).to.equal(undefined);
    const verified = await tokens.verify(token);
    const [header, , signature] = token.split('.');
    const payload = Buffer.from(JSON.stringify({ ...claims(), azp: 'another' })).toString('base64url');
    const forged = [header, payload, signature].join('.');
    expect(tokens.find(forged)).to.equal(undefined);
    expect(await refusal(forged)).to.equal('invalid_token');
    expect([tokens.find(token), tokens.find(`${token} `)]).to.deep.equal([verified, undefined]);
    expect(await refusal(token)).to.equal('accepted');
  });

  it('are refused as soon as they are written in another way, which would be another one to whoever keeps them', async () => {
    const token = await sign();
    const [head = '', payload = '', signature = ''] = token.split('.');
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const spareBit = last[last.indexOf(signature.at(-1)!) + 1];
    for (const other of [
      `${token}==`,
      `${head}.${payload}.${signature.slice(0, -1)}${spareBit}`,
      `${head}.${payload}.${signature.slice(0, 9)} ${signature.slice(9)}`,
      `${head}.${payload}.\t${signature}`,
    ])
      expect(await refusal(other), other).to.equal('invalid_token');
    expect(await refusal(token)).to.equal('accepted');
  });

  it('are of no use any more when their key is withdrawn', async () => {
    const issuer = createIssuer(issuerUrl, { refreshMs: 20, cooldownMs: 30_000 });
    const own = createBearerTokens(issuer, AUDIENCE, 0);
    await addKey('withdrawn', 'RS256');
    const token = await sign(claims(), {}, 'withdrawn');
    const control = await sign();
    await own.verify(token);
    await own.verify(control);
    keys.delete('withdrawn');
    const codeOf = (it: string) =>
      (async () => own.verify(it))().then(
        () => 'accepted',
        (error: Problem) => error.code,
      );
    while ((await codeOf(token)) === 'accepted') await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await codeOf(token)).to.equal('invalid_token');
    expect(await codeOf(control)).to.equal('accepted');
    issuer.close();
  });

  it('with unknown keys do not make us fetch the keys each time', async () => {
    await tokens.verify(await sign());
    const stranger = await generateKeyPair('RS256');
    const known = fetches;
    const began = performance.now();
    for (let i = 0; i < 20; i += 1) {
      const token = await new SignJWT(claims())
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: `x${i}` })
        .sign(stranger.privateKey);
      expect(await refusal(token)).to.equal('invalid_token');
    }
    // Once in each cooldown, however long this machine takes.
    expect(fetches - known).to.be.at.most(1 + (performance.now() - began) / COOLDOWN_MS);
  });

  it('are not called bad when the keys cannot be had', async () => {
    down = true;
    expect(await refusal(await sign())).to.equal('authority_unavailable');
    down = false;
    const token = await sign();
    while ((await refusal(token)) === 'authority_unavailable')
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await refusal(token)).to.equal('accepted');
  });
});
