/** oauth4webapi, the strictest of the clients: as a program of its own, and as an API that checks tokens. */
import { expect } from 'chai';
import { calculateJwkThumbprint, decodeJwt, exportJWK } from 'jose';
import * as oauth from 'oauth4webapi';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { AUDIENCE, startStandIn } from '../stand-in/account.ts';

/** The API of the account whose tokens follow RFC 9068; the other one's are Auth0's own. */
const STANDARD_AUDIENCE = 'https://rfc9068.example.com';
const CLIENT: oauth.Client = { client_id: 'key' };
const INSECURE = { [oauth.allowInsecureRequests]: true };

describe('oauth4webapi at the stand-in', () => {
  let standIn: StandIn;
  let server: oauth.AuthorizationServer;

  before(async () => {
    standIn = await startStandIn();
    const issuer = new URL(standIn.url);
    server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));
  });
  after(() => standIn.close());

  async function getToken(
    audience: string,
    { secret = 'key-secret', ...options }: { secret?: string; DPoP?: oauth.DPoPHandle } = {},
  ): Promise<oauth.TokenEndpointResponse> {
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      CLIENT,
      oauth.ClientSecretPost(secret),
      { audience },
      { ...INSECURE, ...options },
    );
    return oauth.processClientCredentialsResponse(server, CLIENT, response);
  }

  /** As an API would look at a call. */
  const validate = (authorization: string, audience: string, proof?: string) =>
    oauth.validateJwtAccessToken(
      server,
      new Request(`${audience}/things`, { headers: { authorization, ...(proof && { dpop: proof }) } }),
      audience,
      INSECURE,
    );

  it('finds the same endpoints in both kinds of metadata', async () => {
    const issuer = new URL(standIn.url);
    const response = await oauth.discoveryRequest(issuer, { ...INSECURE, algorithm: 'oauth2' });
    expect(await oauth.processDiscoveryResponse(issuer, response)).to.deep.equal(server);
    expect(server).to.include({
      issuer: standIn.url,
      authorization_endpoint: `${standIn.url}authorize`,
      token_endpoint: `${standIn.url}oauth/token`,
      revocation_endpoint: `${standIn.url}oauth/revoke`,
      userinfo_endpoint: `${standIn.url}userinfo`,
      jwks_uri: `${standIn.url}.well-known/jwks.json`,
    });
  });

  it('gets a token for itself', async () => {
    const tokens = await getToken(AUDIENCE);
    expect(tokens).to.include({ token_type: 'bearer', scope: 'read:users', expires_in: 86_400 });
    expect(tokens).to.not.have.any.keys('refresh_token', 'id_token');
  });

  it('is told in OAuth’s own form what was wrong', async () => {
    const secret = await failureOf(getToken(AUDIENCE, { secret: 'wrong' }), oauth.ResponseBodyError);
    expect(secret).to.include({ status: 401, error: 'access_denied' });
    const unknown = await failureOf(getToken('https://nobody.example.com'), oauth.ResponseBodyError);
    expect(unknown).to.include({ status: 403, error: 'access_denied' });
  });

  it('accepts a token of the RFC 9068 dialect', async () => {
    const { access_token: token } = await getToken(STANDARD_AUDIENCE);
    const claims = await validate(`Bearer ${token}`, STANDARD_AUDIENCE);
    expect(claims).to.deep.include({
      iss: standIn.url,
      aud: STANDARD_AUDIENCE,
      sub: 'key@clients',
      client_id: 'key',
      scope: 'read:things',
    });
    expect(claims.jti).to.be.a('string');
  });

  it('rejects it where it is not meant for, and where a letter of it was changed', async () => {
    const { access_token: token } = await getToken(STANDARD_AUDIENCE);
    await failureOf(validate(`Bearer ${token}`, AUDIENCE), oauth.OperationProcessingError);
    const [header, payload = '', signature] = token.split('.');
    const changed = Buffer.from(
      JSON.stringify({ ...decodeJwt(token), scope: 'read:things delete:things' }),
    ).toString('base64url');
    // The control: the same parts, put together unchanged.
    await validate(`Bearer ${[header, payload, signature].join('.')}`, STANDARD_AUDIENCE);
    await failureOf(
      validate(`Bearer ${[header, changed, signature].join('.')}`, STANDARD_AUDIENCE),
      oauth.OperationProcessingError,
    );
  });

  it('rejects a token of Auth0’s own dialect: its type says JWT, not at+jwt', async () => {
    const { access_token: token } = await getToken(AUDIENCE);
    const failure = await failureOf(validate(`Bearer ${token}`, AUDIENCE), oauth.OperationProcessingError);
    expect(failure.message).to.include('"typ"');
  });

  it('binds a token to its key with DPoP, and accepts it together with a proof only', async () => {
    const pair = await oauth.generateKeyPair('ES256', { extractable: true });
    const DPoP = oauth.DPoP(CLIENT, pair);
    const tokens = await getToken(STANDARD_AUDIENCE, { DPoP });
    expect(tokens.token_type).to.equal('dpop');
    const jkt = await calculateJwkThumbprint(await exportJWK(pair.publicKey));
    expect(decodeJwt(tokens.access_token)['cnf']).to.deep.equal({ jkt });

    const proof = await proofFor(DPoP, tokens.access_token);
    const claims = await validate(`DPoP ${tokens.access_token}`, STANDARD_AUDIENCE, proof);
    expect(claims.cnf).to.deep.equal({ jkt });
    const bare = await failureOf(validate(`Bearer ${tokens.access_token}`, STANDARD_AUDIENCE), Error);
    expect(bare.message).to.include('no DPoP HTTP Header');
    const stolen = await proofFor(
      oauth.DPoP(CLIENT, await oauth.generateKeyPair('ES256')),
      tokens.access_token,
    );
    const other = await failureOf(validate(`DPoP ${tokens.access_token}`, STANDARD_AUDIENCE, stolen), Error);
    expect(other.message).to.include('confirmation mismatch');
  });

  /** The proof that the client would send along to the API, taken from a call that goes nowhere. */
  async function proofFor(DPoP: oauth.DPoPHandle, token: string): Promise<string> {
    let proof = '';
    await oauth.protectedResourceRequest(
      token,
      'GET',
      new URL(`${STANDARD_AUDIENCE}/things`),
      undefined,
      undefined,
      {
        DPoP,
        [oauth.customFetch]: (_url, { headers }) => {
          proof = headers['dpop'] ?? '';
          return Promise.resolve(new Response());
        },
      },
    );
    return proof;
  }
});

async function failureOf<T extends Error>(
  work: Promise<unknown>,
  kind: abstract new (...given: never[]) => T,
): Promise<T> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome).to.be.instanceOf(kind);
  return outcome as T;
}
