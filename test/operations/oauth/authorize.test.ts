/** The authorization endpoint: which API is asked for, in whose words, and how a person is told what is wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as oauth from 'oauth4webapi';
import { registerApp } from '../../support/apps.ts';
import { call } from '../../support/client.ts';
import { world, WORLD_MS } from '../../support/world.ts';
import { anyFreePort } from '../../../src/start/ports.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

describe('authorization endpoint', () => {
  let api: string;
  let authority: string;
  before(async function () {
    this.timeout(WORLD_MS);
    ({ api, authority } = await world());
  });

  const ask = (more: string, accept?: string, at?: string) =>
    call('GET', `/oauth/authorize?client_id=tpc_x${more}`, {
      ...(accept !== undefined && { headers: { accept } }),
      ...(at !== undefined && { at }),
    });
  const to = ({ headers }: { headers: Headers }) => new URL(headers.get('location')!);

  const ours: [name: string, more: () => string][] = [
    ['nothing', () => ''],
    ['empty ones', () => '&resource=&audience='],
    ['our resource', () => `&resource=${encodeURIComponent(api)}`],
    ['our resource with a slash', () => `&resource=${encodeURIComponent(`${api}/`)}`],
    ['our resource in other letters', () => `&resource=${encodeURIComponent(api.replace('http', 'HTTP'))}`],
    [
      'our resource twice',
      () => `&resource=${encodeURIComponent(api)}&resource=${encodeURIComponent(`${api}/`)}`,
    ],
    ['our audience', () => `&audience=${encodeURIComponent(api)}`],
    ['both', () => `&audience=${encodeURIComponent(api)}&resource=${encodeURIComponent(api)}`],
  ];
  for (const [name, more] of ours) {
    it(`names this API to the authority by its audience, once: asked with ${name}`, async () => {
      const { audience } = await world();
      const answer = await ask(`${more()}&state=a%20b&scope=read:users`);
      expect(answer.status).to.equal(302);
      expect(to(answer).href.split('?')[0]).to.equal(`${authority}authorize`);
      expect([...to(answer).searchParams]).to.have.deep.members([
        ['client_id', 'tpc_x'],
        ['state', 'a b'],
        ['scope', 'read:users'],
        ['audience', audience],
      ]);
    });
  }

  const others: [name: string, more: () => string][] = [
    ['another resource', () => '&resource=https%3A%2F%2Fother.example'],
    ['another audience', () => '&audience=https%3A%2F%2Fother.example'],
    ['ours, and another', () => `&resource=${encodeURIComponent(api)}&resource=https%3A%2F%2Fother.example`],
    ['another resource beside our audience', () => `&audience=${encodeURIComponent(api)}&resource=urn:x`],
    ['what only begins like ours', () => `&resource=${encodeURIComponent(`${api}.evil.example`)}`],
    ['a path below ours', () => `&resource=${encodeURIComponent(`${api}/v1`)}`],
    ['ours with a fragment', () => `&resource=${encodeURIComponent(`${api}#x`)}`],
    ['ours with a query', () => `&resource=${encodeURIComponent(`${api}?x`)}`],
    ['a name that is no URL', () => '&audience=trivium'],
    ['the Management API', () => `&audience=${encodeURIComponent(`${authority}api/v2/`)}`],
  ];
  for (const [name, more] of others) {
    it(`refuses ${name}, and says what to send`, async () => {
      const { status, body, headers } = await ask(more());
      expect([status, body.error, headers.get('location')]).to.deep.equal([400, 'invalid_target', null]);
      expect(body.error_description).to.include(api);
    });
  }

  it('is where every app is sent, by metadata that strict clients take', async function () {
    this.timeout(WORLD_MS);
    const { startApi, audience, home } = await world();
    const port = await anyFreePort();
    const own = `http://localhost:${port}`;
    // The audience is the other processes' address.
    const elsewhere = await startApi('api-elsewhere', {
      ...{ PORT: String(port), PUBLIC_URL: own, METADATA_DOCUMENTS: 'off' },
    });
    try {
      const insecure = { [oauth.allowInsecureRequests]: true };
      const address = new URL(own);
      const resource = await oauth.processResourceDiscoveryResponse(
        address,
        await oauth.resourceDiscoveryRequest(address, insecure),
      );
      expect(resource.resource).to.equal(own);
      const issuer = new URL(resource.authorization_servers![0]!);
      const server = await oauth.processDiscoveryResponse(
        issuer,
        await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }),
      );
      expect(server.authorization_endpoint).to.equal(`${own}/oauth/authorize`);
      for (const resource of [own, audience]) {
        const answer = await ask(`&resource=${encodeURIComponent(resource)}`, undefined, own);
        expect(to(answer).searchParams.get('audience')).to.equal(audience);
      }
      const warnings = readFileSync(join(home, 'logs', 'api-elsewhere.log'), 'utf8');
      expect(warnings).to.match(/AUDIENCE \(\S+\) is not PUBLIC_URL/);
      const quiet = readFileSync(join(home, 'logs', 'api.log'), 'utf8');
      expect(quiet).to.not.include('is not PUBLIC_URL');
    } finally {
      await elsewhere.stop();
    }
  });

  it('announces only what a client gets a token with that goes by the metadata', async () => {
    const { body } = await call('GET', '/.well-known/oauth-authorization-server');
    expect(body.token_endpoint_auth_methods_supported).to.deep.equal([
      'none',
      'client_secret_post',
      'client_secret_basic',
    ]);
    expect(body).to.not.have.any.keys(
      'token_endpoint_auth_signing_alg_values_supported',
      'authorization_response_iss_parameter_supported',
    );
  });

  it('shows a page to a person, and an OAuth error to everything else', async () => {
    const wrong = '&resource=https%3A%2F%2Fother.example';
    for (const accept of [
      BROWSER,
      'text/html',
      'text/html;charset=utf-8',
      'text/*',
      'application/json;q=0.5, text/html',
    ]) {
      const { status, headers, body } = await ask(wrong, accept);
      expect(status, accept).to.equal(400);
      expect(headers.get('content-type'), accept).to.match(/^text\/html; charset=utf-8$/);
      expect(headers.get('vary'), accept).to.include('Accept');
      expect(headers.get('cache-control')).to.equal('no-store');
      expect(headers.get('content-security-policy')).to.include("default-src 'none'");
      expect(body, accept).to.include('<h1>Another API is asked for</h1>').and.include(api);
      expect(body).to.include('What you can do').and.include(headers.get('x-request-id'));
      expect(body)
        .to.not.match(/<(a|script|img|form|iframe)\b/)
        .and.not.include('other.example');
    }
    for (const accept of [
      undefined,
      '*/*',
      'application/json',
      'application/json, text/html',
      'application/*',
    ]) {
      const { headers, body } = await ask(wrong, accept);
      expect(headers.get('content-type'), accept).to.match(/^application\/json/);
      expect(body.error, accept).to.equal('invalid_target');
    }
  });

  it('shows a page for whatever it is refused with, and for nothing else of ours', async () => {
    const pages: [string, number, string][] = [
      ['/oauth/authorize', 400, 'Parameter'],
      ['/oauth/authorize?client_id=https%3A%2F%2Flocalhost%2F', 400, 'App refused'],
      ['/oauth/authorize?client_id=http%3A%2F%2F127.0.0.1%3A1%2Fx.json', 400, 'App refused'],
    ];
    for (const [path, expected, words] of pages) {
      const { status, headers, body } = await call('GET', path, { headers: { accept: BROWSER } });
      expect([path, status, headers.get('content-type')]).to.deep.equal([
        path,
        expected,
        'text/html; charset=utf-8',
      ]);
      expect(body).to.match(new RegExp(words, 'i'));
    }
    for (const path of ['/v1/users', '/oauth/register/tpc_x', '/nowhere']) {
      const { headers } = await call('GET', path, { headers: { accept: BROWSER } });
      expect(headers.get('content-type'), path).to.match(/json/);
    }
  });

  it('shows a page to a browser whose address asked too often, before anything is done for it', async function () {
    this.timeout(WORLD_MS);
    const { startApi } = await world();
    const few = await startApi('api-few', { ANONYMOUS_REQUESTS_PER_MINUTE_PER_ADDRESS: '1' });
    try {
      await ask('', BROWSER, few.url);
      const { status, headers, body } = await ask('', BROWSER, few.url);
      expect([status, headers.get('content-type')]).to.deep.equal([429, 'text/html; charset=utf-8']);
      expect(body).to.match(/Wait \d+ seconds?, go back to the app and try again/);
    } finally {
      await few.stop();
    }
  });

  it('sends a registered app on, whatever browser asks', async () => {
    const app = await registerApp();
    const { status } = await call('GET', `/oauth/authorize?client_id=${app.clientId}`, {
      headers: { accept: BROWSER },
    });
    expect(status).to.equal(302);
  });
});
