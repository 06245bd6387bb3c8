import { expect } from 'chai';
import { Problem } from '../../src/problem.ts';
import { withoutEmpty } from '../../src/contract/without-empty.ts';
import { checkClientMetadata } from '../../src/registration/client-metadata.ts';

const scopes = ['read:users', 'read:tenant'];
const good = { redirect_uris: ['https://app.example/callback'] };

describe('client metadata (RFC 7591)', () => {
  it('fills in what was left out, as the RFC says', () => {
    expect(checkClientMetadata(good, scopes)).to.deep.equal({
      client_name: 'Unnamed app',
      redirect_uris: ['https://app.example/callback'],
      token_endpoint_auth_method: 'client_secret_basic',
      application_type: 'web',
      scope: 'read:users read:tenant',
    });
  });

  it('cuts scopes to what apps may have', () => {
    expect(
      checkClientMetadata({ ...good, scope: 'openid read:users delete:everything' }, scopes).scope,
    ).to.equal('read:users');
  });

  const cuts: [name: string, scope: string | undefined, left: string][] = [
    ['unknown ones only', 'https://other.example/x', 'read:users read:tenant'],
    ['none', '', 'read:users read:tenant'],
    ['blanks', '  ', 'read:users read:tenant'],
    ['offline_access besides', 'offline_access read:tenant', 'read:tenant offline_access'],
    ['offline_access alone', 'offline_access', 'read:users read:tenant offline_access'],
    ['offline_access among unknown ones', 'openid offline_access', 'read:users read:tenant offline_access'],
    ['one twice, and blanks between', ' read:users  read:users ', 'read:users'],
    ['one in other letters', 'READ:USERS', 'read:users read:tenant'],
    ['nothing said', undefined, 'read:users read:tenant'],
  ];
  for (const [name, scope, left] of cuts) {
    it(`leaves an app a scope that it can do something with: ${name}`, () => {
      expect(checkClientMetadata({ ...good, ...(scope !== undefined && { scope }) }, scopes).scope).to.equal(
        left,
      );
    });
  }

  it('falls back on what an app has, and never on more', () => {
    const kept = { defaultScopes: ['read:tenant', 'offline_access'] };
    for (const scope of [undefined, 'https://other.example/x'])
      expect(checkClientMetadata({ ...good, ...(scope && { scope }) }, scopes, kept).scope).to.equal(
        'read:tenant offline_access',
      );
  });

  it('takes null and what is empty for left out, and nothing else', () => {
    const empty = { a: null, b: '', c: [], d: {}, e: { keys: [] }, f: [''], g: [null, {}] };
    const said = { h: ' ', i: 0, j: false, k: ['', 'x'], l: { keys: [{ kty: 'RSA' }] } };
    expect(withoutEmpty({ ...empty, ...said })).to.deep.equal(said);
  });

  for (const uri of [
    'http://127.0.0.1:53123/cb',
    'http://[::1]/cb',
    'http://localhost/cb',
    'com.example.app:/callback',
    'https://app.example/cb?x=1',
  ]) {
    it(`takes ${uri}`, () => {
      expect(checkClientMetadata({ redirect_uris: [uri] }, scopes).redirect_uris).to.deep.equal([uri]);
    });
  }

  for (const uri of [
    'http://app.example/cb',
    'https://app.example/cb#here',
    'https://app.example/cb#',
    'https://*.app.example/cb',
    'https://user:pass@app.example/cb',
    '/callback',
    'javascript:alert(1)',
    'myapp:/callback',
    'http://localhost.evil.example/cb',
    'https://app.example\\@evil.example',
  ]) {
    it(`refuses ${uri}`, () => {
      expect(() => checkClientMetadata({ redirect_uris: [uri] }, scopes))
        .to.throw(Problem)
        .with.property('code', 'invalid_redirect_uri');
    });
  }

  describe('redirect URIs that the operator excepts', () => {
    const cursor = 'cursor://anysphere.cursor-mcp/oauth/callback';
    const exceptions = { redirectUriExceptions: [cursor] };
    const withUri = (uri: string, more: object = {}) => ({
      redirect_uris: ['https://www.cursor.com/callback', uri],
      ...more,
    });

    it('are allowed exactly as they are, and make a native app', () => {
      for (const application_type of [undefined, 'web', 'native']) {
        const given = withUri(cursor, application_type === undefined ? {} : { application_type });
        expect(checkClientMetadata(given, scopes, exceptions)).to.deep.include({
          redirect_uris: given.redirect_uris,
          application_type: 'native',
        });
      }
    });

    for (const uri of [
      'cursor://anysphere.cursor-mcp/oauth/callback/',
      'cursor://anysphere.cursor-mcp/oauth/callback?x=1',
      'cursor://anysphere.cursor-retrieval/oauth/callback',
      'CURSOR://anysphere.cursor-mcp/oauth/callback',
      'cursors://anysphere.cursor-mcp/oauth/callback',
      'javascript:alert(1)',
    ]) {
      it(`do not stand for ${uri}`, () => {
        expect(() => checkClientMetadata(withUri(uri), scopes, exceptions))
          .to.throw(Problem, /redirect_uris\[1\].*REDIRECT_URI_EXCEPTIONS/)
          .with.property('code', 'invalid_redirect_uri');
      });
    }
  });

  const bad: Record<string, object> = {
    'the implicit grant': { grant_types: ['implicit'] },
    'client credentials': { grant_types: ['client_credentials'] },
    'refresh without code': { grant_types: ['refresh_token'] },
    'a token response': { response_types: ['token'] },
    'an unknown way to authenticate': { token_endpoint_auth_method: 'secret_handshake' },
  };
  for (const [name, metadata] of Object.entries(bad)) {
    it(`refuses ${name}`, () => {
      expect(() => checkClientMetadata({ ...good, ...metadata }, scopes))
        .to.throw(Problem)
        .with.property('code', 'invalid_client_metadata');
    });
  }
});
