import { expect } from 'chai';
import { createPublicKey } from 'node:crypto';
import { SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { generateStoredKeyPair, signingKeyOf, type SigningKey } from '../../src/gateway/signing-key.ts';
import type { Principal as Issued } from '../../src/principal.ts';
import {
  createPrincipalVerifier,
  PrincipalError,
  type PrincipalErrorCode,
  type PrincipalVerifier,
} from '../../src/principal-verifier/index.ts';
import {
  APP,
  startPrincipalIssuer,
  TENANT,
  USER,
  type PrincipalIssuer,
} from '../support/principal-issuer.ts';

const other = signingKeyOf(generateStoredKeyPair());
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const parsed = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as JWTPayload;

describe('the principal verifier', () => {
  let issuer: PrincipalIssuer;
  let verifier: PrincipalVerifier;
  before(async () => {
    issuer = await startPrincipalIssuer();
    verifier = createPrincipalVerifier({ issuer: issuer.url, audience: 'orders' });
  });
  after(() => issuer.close());

  async function codeFor(
    token: Parameters<PrincipalVerifier['verify']>[0],
    by = verifier,
  ): Promise<PrincipalErrorCode | undefined> {
    try {
      await by.verify(token);
      return undefined;
    } catch (error) {
      if (error instanceof PrincipalError) return error.code;
      throw error;
    }
  }

  /** A token that differs from a good one in what is named only. */
  async function signed(
    claims: JWTPayload = {},
    header: Partial<JWTHeaderParameters> = {},
    key: SigningKey = issuer.key,
  ): Promise<string> {
    const good = parsed(issuer.tokenFor(USER).split('.')[1]!);
    return new SignJWT({ ...good, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'principal+jwt', kid: issuer.key.kid, ...header })
      .sign(key.signer.key);
  }

  const known = { operation: 'listOrders' };
  const kinds: [what: string, issued: Issued, expected: object][] = [
    ['a user', USER, USER],
    ['an API key', TENANT, TENANT],
    ['an app', APP, { ...APP, grantedScopes: undefined }],
  ];
  for (const [what, issued, expected] of kinds)
    it(`knows ${what}`, async () => {
      const principal = await verifier.verify(issuer.tokenFor(issued));
      expect({ ...principal }).to.deep.equal(JSON.parse(JSON.stringify({ ...expected, ...known })));
      expect(Object.isFrozen(principal) && Object.isFrozen(principal.scopes)).to.equal(true);
    });

  it('accepts what the tests of refusals begin with', async () => {
    expect(await codeFor(await signed())).to.equal(undefined);
  });

  it('tells its kinds apart by type', async () => {
    const principal = await verifier.verify(issuer.tokenFor(APP));
    // @ts-expect-error -- an API key has no user
    expect(principal.userId).to.equal('auth0|grace');
    expect(principal.kind === 'tenant' ? undefined : principal.userId).to.equal('auth0|grace');
  });

  const seconds = () => Math.floor(Date.now() / 1000);
  const refusals: [what: string, code: PrincipalErrorCode, token: () => string | Promise<string>][] = [
    ['nothing', 'missing_token', () => ''],
    ['no token at all', 'malformed_token', () => 'Bearer'],
    ['a token of three dots', 'malformed_token', () => '...'],
    [
      'two tokens in one field',
      'malformed_token',
      () => `${issuer.tokenFor(USER)}, ${issuer.tokenFor(TENANT)}`,
    ],
    ['a key of somebody else under the name of ours', 'wrong_signature', () => signed({}, {}, other)],
    ['a key of somebody else', 'unknown_key', () => signed({}, { kid: other.kid }, other)],
    [
      'a key that the token brings',
      'unknown_key',
      () => signed({}, { kid: other.kid, jwk: { ...other.publicJwk } }, other),
    ],
    ['no signature', 'wrong_algorithm', () => unsigned('none')],
    ['no signature, in another spelling', 'wrong_algorithm', () => unsigned('NonE')],
    ['the public key as a secret', 'wrong_algorithm', () => withPublicKeyAsSecret()],
    ['a payload that was changed', 'wrong_signature', () => tampered({ tenant_id: 'globex' })],
    ['a signature that was cut off', 'wrong_signature', () => issuer.tokenFor(USER).slice(0, -4)],
    ['a header that was changed', 'wrong_signature', () => withHeader({ x: 1 })],
    ['an extension that must be understood', 'malformed_token', () => withHeader({ crit: ['x'], x: 1 })],
    ['an access token', 'wrong_type', () => signed({}, { typ: 'at+jwt' })],
    ['a token without a type', 'wrong_type', () => signed({}, { typ: undefined })],
    ['another issuer', 'wrong_issuer', () => signed({ iss: `${issuer.url}/` })],
    ['another service', 'wrong_audience', () => signed({ aud: 'billing' })],
    ['no service', 'wrong_audience', () => signed({ aud: undefined })],
    ['a time that is over', 'expired_token', () => signed({ exp: seconds() - 10 })],
    ['no end', 'invalid_claims', () => signed({ exp: undefined })],
    ['a begin in the future', 'invalid_claims', () => signed({ nbf: seconds() + 60 })],
    ['a kind that there is not', 'invalid_claims', () => signed({ kind: 'operator' })],
    ['no tenant', 'invalid_claims', () => signed({ tenant_id: undefined })],
    ['an empty tenant', 'invalid_claims', () => signed({ tenant_id: '' })],
    ['scopes in one text', 'invalid_claims', () => signed({ scopes: 'read:orders' })],
    ['a user without roles', 'invalid_claims', () => signed({ roles: undefined })],
    ['an app that nobody acts as', 'invalid_claims', () => signed({ kind: 'app' })],
    ['another app than the client', 'invalid_claims', () => signed({ kind: 'app', act: { sub: 'x' } })],
  ];
  for (const [what, code, token] of refusals)
    it(`refuses ${what}: ${code}`, async () => expect(await codeFor(await token())).to.equal(code));

  function unsigned(alg: string): string {
    const [, payload] = issuer.tokenFor(USER).split('.');
    return `${base64url({ alg, typ: 'principal+jwt', kid: issuer.key.kid })}.${payload}.`;
  }

  /** What confuses verifiers that take the algorithm from the token (RFC 8725 section 2.1). */
  async function withPublicKeyAsSecret(): Promise<string> {
    const pem = createPublicKey(issuer.key.signer.key).export({ format: 'pem', type: 'spki' });
    return new SignJWT(parsed(issuer.tokenFor(USER).split('.')[1]!))
      .setProtectedHeader({ alg: 'HS256', typ: 'principal+jwt', kid: issuer.key.kid })
      .sign(Buffer.from(pem));
  }

  function tampered(claims: JWTPayload): string {
    const [header, payload, signature] = issuer.tokenFor(USER).split('.');
    return [header, base64url({ ...parsed(payload!), ...claims }), signature].join('.');
  }

  function withHeader(members: object): string {
    const [header, ...rest] = issuer.tokenFor(USER).split('.');
    return [base64url({ ...parsed(header!), ...members }), ...rest].join('.');
  }

  it('refuses a field that was sent twice', async () => {
    expect(await codeFor([issuer.tokenFor(USER)])).to.equal('malformed_token');
    expect(await codeFor([])).to.equal('missing_token');
    expect(await codeFor(undefined)).to.equal('missing_token');
  });

  it('quotes nothing of a token', async () => {
    const error: unknown = await verifier.verify(await signed({ aud: 'billing' })).catch((found) => found);
    expect(error).to.include({ status: 401, statusCode: 401, expose: true });
    expect(String(error)).to.not.contain('billing');
  });

  it('tolerates clocks that differ by as much as it is told', async () => {
    const late = await signed({ exp: seconds() - 10 });
    const tolerant = createPrincipalVerifier({
      issuer: issuer.url,
      audience: 'orders',
      clockToleranceSeconds: 600,
    });
    expect(await codeFor(late, tolerant)).to.equal(undefined);
  });

  it('takes an issuer with a slash at its end, and keys at another address', async () => {
    const elsewhere = createPrincipalVerifier({
      issuer: `${issuer.url}/`,
      audience: 'orders',
      jwksUrl: new URL(`${issuer.url}/.well-known/jwks.json`),
    });
    expect(await codeFor(issuer.tokenFor(USER), elsewhere)).to.equal(undefined);
  });

  it('fetches keys once for all tokens, however many name one that there is not', async () => {
    const fresh = createPrincipalVerifier({ issuer: issuer.url, audience: 'orders' });
    const before = issuer.fetches();
    await Promise.all(Array.from({ length: 20 }, () => codeFor(issuer.tokenFor(USER), fresh)));
    const forged = await signed({}, { kid: other.kid }, other);
    await Promise.all(Array.from({ length: 20 }, () => codeFor(forged, fresh)));
    expect(issuer.fetches() - before).to.equal(1);
  });

  it('says nothing about a token while keys cannot be fetched', async () => {
    const fresh = createPrincipalVerifier({ issuer: issuer.url, audience: 'orders' });
    issuer.answerWith(500);
    const error: unknown = await fresh.verify(issuer.tokenFor(USER)).catch((found) => found);
    expect(error).to.include({ code: 'keys_unavailable', status: 503 });
    issuer.answerWith(200);
    expect(await codeFor(issuer.tokenFor(USER), fresh)).to.equal(undefined);

    const gone = await startPrincipalIssuer();
    await gone.close();
    const alone = createPrincipalVerifier({ issuer: gone.url, audience: 'orders' });
    expect(await codeFor(gone.tokenFor(USER), alone)).to.equal('keys_unavailable');
  });
});
