import { expect } from 'chai';
import { Problem } from '../../src/problem.ts';
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

  const bad: Record<string, object> = {
    'the implicit grant': { grant_types: ['implicit'] },
    'client credentials': { grant_types: ['authorization_code', 'client_credentials'] },
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
