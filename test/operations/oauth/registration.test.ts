import { expect } from 'chai';
import { management } from '../../support/authority.ts';
import { call } from '../../support/client.ts';
import { world, WORLD_MS } from '../../support/world.ts';

const good = { client_name: 'Example Reports', redirect_uris: ['https://reports.example/callback'] };

describe('registration of apps (RFC 7591) and metadata', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('registers a public client: echoed, not stored by anybody, known to the authority', async () => {
    const metadata = {
      ...good,
      token_endpoint_auth_method: 'none',
      scope: 'read:users openid',
      grant_types: ['authorization_code'],
    };
    const { status, body, headers } = await call('POST', '/oauth/register', {
      body: { ...metadata, unknown: true },
    });
    expect(status).to.equal(201);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(body).to.deep.equal({
      client_id: body.client_id,
      client_id_issued_at: body.client_id_issued_at,
      registration_access_token: body.registration_access_token,
      registration_client_uri: `${(await world()).api}/oauth/register/${body.client_id}`,
      ...good,
      token_endpoint_auth_method: 'none',
      application_type: 'web',
      scope: 'read:users',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    });
    const client = await (await management()).clients.get(body.client_id);
    expect(client.is_first_party).to.equal(false);
    expect(client.callbacks).to.deep.equal(good.redirect_uris);
  });

  it('gives a confidential client its secret, once', async () => {
    const { body } = await call('POST', '/oauth/register', { body: good });
    expect(body.token_endpoint_auth_method).to.equal('client_secret_basic');
    expect(body.client_secret).to.be.a('string').with.length.above(30);
    expect(body.client_secret_expires_at).to.equal(0);
  });

  it('names itself as the resource, and its own metadata as the way in (RFC 9728)', async () => {
    const { api } = await world();
    const { body } = await call('GET', '/.well-known/oauth-protected-resource');
    expect(body).to.include({ resource: api });
    expect(body.authorization_servers).to.deep.equal([api]);
    expect(body.scopes_supported).to.not.include('offline_access');
    expect(body.bearer_methods_supported).to.deep.equal(['header']);
  });

  it('has registration here and everything else at the authority (RFC 8414)', async () => {
    const { api, authority, audience } = await world();
    const { body } = await call('GET', '/.well-known/oauth-authorization-server');
    expect(body.issuer).to.equal(api);
    expect(body.registration_endpoint).to.equal(`${api}/oauth/register`);
    expect(body.code_challenge_methods_supported).to.deep.equal(['S256']);
    for (const name of ['token_endpoint', 'revocation_endpoint', 'jwks_uri']) {
      expect(body[name]).to.match(new RegExp(`^${authority}`));
    }
    const theirs = (await (await fetch(`${authority}.well-known/openid-configuration`)).json()) as Record<
      string,
      string
    >;
    // One passes by here on the way to theirs, with everything that one has.
    const path = String(body.authorization_endpoint).replace(api, '');
    const { status, headers } = await call('GET', `${path}?client_id=x&state=y`);
    expect(status).to.equal(302);
    expect(headers.get('location')).to.equal(
      `${theirs['authorization_endpoint']}?${new URLSearchParams({ client_id: 'x', state: 'y', audience }).toString()}`,
    );
    expect(theirs['token_endpoint']).to.equal(body.token_endpoint);
    expect(theirs['jwks_uri']).to.equal(body.jwks_uri);
    expect(theirs['revocation_endpoint']).to.equal(body.revocation_endpoint);
  });
});
