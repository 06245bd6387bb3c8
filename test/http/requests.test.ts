/** What surrounds every operation: errors, headers, CORS, credentials. */
import { expect } from 'chai';
import { loadContract } from '../../src/contract/load-contract.ts';
import { request } from 'node:http';
import { apiKey, demoTenant, tenantToken, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** By node:http, which keeps header fields apart that `fetch` would join. */
async function raw(path: string, headers: Record<string, string | string[]>, method = 'GET') {
  const { api } = await world();
  return new Promise<{ status: number; fields: string[]; body: string }>((resolve, reject) => {
    const sent = request(api + path, { method, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode!, fields: answer.rawHeaders, body }));
    });
    sent.on('error', reject).end();
  });
}

const valuesOf = (fields: string[], name: string) =>
  fields.filter((_, i) => i % 2 === 1 && fields[i - 1]!.toLowerCase() === name);

describe('requests', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('without a credential get a WWW-Authenticate line per scheme, Bearer first, without an error', async () => {
    const { api } = await world();
    const { status, fields } = await raw('/v1/users', {});
    expect(status).to.equal(401);
    expect(valuesOf(fields, 'www-authenticate')).to.deep.equal([
      `Bearer realm="trivium", resource_metadata="${api}/.well-known/oauth-protected-resource", scope="read:users"`,
      'DPoP algs="ES256 RS256 PS256 EdDSA Ed25519"',
      'Basic realm="trivium", charset="UTF-8"',
    ]);
  });

  it('of a browser get no Basic challenge, which would pop up its password box', async () => {
    const browsers: Record<string, string>[] = [
      { 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-mode': 'navigate' },
      // Without Fetch Metadata: over http, or an older one.
      { origin: 'https://app.example' },
      { origin: 'null' },
    ];
    for (const browser of browsers) {
      const { fields } = await raw('/v1/users', browser);
      const schemes = valuesOf(fields, 'www-authenticate').map((value) => value.split(' ')[0]);
      expect(schemes, JSON.stringify(browser)).to.deep.equal(['Bearer', 'DPoP']);
    }
  });

  it('of a back end that uses `fetch` get one: Node sends a `Sec-Fetch-Mode`, too', async () => {
    const { headers } = await call('GET', '/v1/users');
    expect(headers.get('www-authenticate')).to.include('Basic realm="trivium"');
  });

  it('with an invalid token get 401 invalid_token', async () => {
    const { status, fields, body } = await raw('/v1/me', { authorization: 'Bearer x.y.z' });
    expect(status).to.equal(401);
    expect(valuesOf(fields, 'www-authenticate')[0]).to.include('error="invalid_token"');
    expect(JSON.parse(body)).to.include({ code: 'invalid_token' });
  });

  it('with a wrong key are refused, and with a right key of no tenant too', async () => {
    const { operator } = await world();
    const { client_id } = (await demoTenant('acme')).api_key;
    for (const pair of [
      `${client_id}:wrong`,
      'nobody:x',
      `${operator.client_id}:${operator.client_secret}`,
    ]) {
      const as = `Basic ${Buffer.from(pair).toString('base64')}`;
      const { status, body, headers } = await call('GET', '/v1/me', { as });
      expect([status, body.code]).to.deep.equal([401, 'invalid_api_key']);
      expect(headers.get('www-authenticate')).to.not.include('error=');
    }
  });

  it('with a token for another API are refused', async () => {
    const { authority, operator } = await world();
    const response = await fetch(`${authority}oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        audience: `${authority}api/v2/`,
        ...operator,
      }),
    });
    const { access_token } = (await response.json()) as { access_token: string };
    expect((await call('GET', '/v1/me', { as: `Bearer ${access_token}` })).body.code).to.equal(
      'invalid_token',
    );
  });

  it('with two credentials are refused', async () => {
    const token = await tenantToken('acme');
    const two = await raw('/v1/me', { Authorization: [token, await apiKey('acme')] });
    expect([two.status, JSON.parse(two.body).code]).to.deep.equal([400, 'several_credentials']);
    const beside = await raw(`/v1/me?access_token=x`, { authorization: token });
    expect([beside.status, JSON.parse(beside.body).code]).to.deep.equal([400, 'several_credentials']);
  });

  it('with a token in the query only come without a credential', async () => {
    const token = (await tenantToken('acme')).slice('Bearer '.length);
    const { status, body } = await raw(`/v1/me?access_token=${token}`, {});
    expect([status, JSON.parse(body).code]).to.deep.equal([401, 'authentication_required']);
  });

  it('are authenticated and authorized before their body is parsed', async () => {
    const { status } = await call('POST', '/v1/users', {
      body: '{"broken',
      headers: { 'content-type': 'application/json' },
    });
    expect(status).to.equal(401);
    const member = await call('POST', '/v1/users', { as: await user('acme', 'member'), body: '{"broken' });
    expect(member.body.code).to.equal('insufficient_role');
  });

  it('to nowhere get 404, with the wrong method 405 and what is allowed', async () => {
    expect((await call('GET', '/v2/users')).body.code).to.equal('not_found');
    const { status, body, headers } = await call('DELETE', '/v1/users');
    expect([status, body.code]).to.deep.equal([405, 'method_not_allowed']);
    expect(headers.get('allow')).to.equal('GET, HEAD, OPTIONS, POST');
  });

  it('by HEAD get the head of GET', async () => {
    const as = await apiKey('acme');
    const [get, head] = [
      await raw('/v1/me', { authorization: as }),
      await raw('/v1/me', { authorization: as }, 'HEAD'),
    ];
    expect([head.status, head.body]).to.deep.equal([200, '']);
    expect(valuesOf(head.fields, 'content-length')).to.deep.equal(valuesOf(get.fields, 'content-length'));
  });

  it('that accept no JSON get 406 before anything is done', async () => {
    const answer = await call('GET', '/v1/me', { as: await apiKey('acme'), headers: { accept: 'text/csv' } });
    expect([answer.status, answer.body.code]).to.deep.equal([406, 'not_acceptable']);
  });

  it('keep a request id that is harmless, and get one otherwise', async () => {
    const kept = await call('GET', '/healthz', { headers: { 'x-request-id': 'my-own-id-1' } });
    expect(kept.headers.get('x-request-id')).to.equal('my-own-id-1');
    const made = await call('GET', '/nowhere', { headers: { 'x-request-id': 'a b"c' } });
    expect(made.headers.get('x-request-id')).to.match(/^[0-9a-f-]{36}$/);
    expect(made.body.request_id).to.equal(made.headers.get('x-request-id'));
  });

  it('get answers that browsers keep to themselves', async () => {
    const { headers } = await call('GET', '/v1/me', { as: await apiKey('acme') });
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    for (const directive of ['default-src', 'object-src', 'base-uri', 'frame-ancestors'])
      expect(headers.get('content-security-policy')).to.include(`${directive} 'none'`);
    expect(headers.get('referrer-policy')).to.equal('no-referrer');
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(headers.get('x-frame-options')).to.equal('DENY');
    expect(headers.get('x-powered-by')).to.equal(null);
  });

  it('get security headers of pages only where they may get a page', async () => {
    const ofPages = async (path: string, accept: string) => {
      const { headers } = await call('GET', path, { headers: { accept } });
      return ['cross-origin-opener-policy', 'origin-agent-cluster'].map((name) => headers.has(name));
    };
    expect(await ofPages('/docs', 'text/html')).to.deep.equal([true, true]);
    expect(await ofPages('/oauth/authorize', 'text/html')).to.deep.equal([true, true]);
    expect(await ofPages('/nowhere', 'text/html')).to.deep.equal([true, true]);
    expect(await ofPages('/v1/me', 'application/json')).to.deep.equal([false, false]);
  });

  describe('from a page (CORS)', () => {
    it('are answered for the origin of a tenant, exactly', async () => {
      const origin = new URL((await demoTenant('acme')).spa_redirect_uri).origin;
      const preflight = await raw(
        '/v1/users',
        {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
        'OPTIONS',
      );
      expect(preflight.status).to.equal(204);
      expect(valuesOf(preflight.fields, 'access-control-allow-origin')).to.deep.equal([origin]);
      const refused = await raw('/v1/users', { origin });
      expect(refused.status).to.equal(401);
      expect(valuesOf(refused.fields, 'access-control-allow-origin')).to.deep.equal([origin]);
      expect(valuesOf(refused.fields, 'access-control-expose-headers')[0]).to.include('WWW-Authenticate');
    });

    it('of any origin are answered where anybody may call, without credentials', async () => {
      const origin = 'https://app.example';
      const from = (path: string, method: string) =>
        raw(path, { origin, 'access-control-request-method': method }, 'OPTIONS');
      const open: [method: string, path: string][] = [
        ['GET', '/.well-known/oauth-protected-resource'],
        ['GET', '/.well-known/oauth-authorization-server'],
        ['POST', '/oauth/register'],
        ...['GET', 'PUT', 'DELETE'].map((method): [string, string] => [method, '/oauth/register/some-app']),
        ['GET', '/openapi.json'],
        ['HEAD', '/openapi.json'],
        ['GET', '/problems/not_found'],
        ['GET', '/healthz'],
      ];
      for (const [method, path] of open) {
        const preflight = await from(path, method);
        expect(preflight.status, path).to.equal(204);
        for (const { fields } of [preflight, await raw(path, { origin }, method)]) {
          expect(valuesOf(fields, 'access-control-allow-origin'), `${method} ${path}`).to.deep.equal(['*']);
          expect(valuesOf(fields, 'access-control-allow-credentials'), path).to.deep.equal([]);
        }
      }
      // Those of a tenant, by another method too; the authorization endpoint (RFC 9700 section 2.6); what an address opens.
      const closed: [method: string, path: string][] = [
        ['GET', '/v1/me'],
        ['POST', '/v1/tenants'],
        ['GET', '/oauth/authorize'],
        ['GET', '/metrics'],
        ['DELETE', '/openapi.json'],
        ['GET', '/nowhere'],
      ];
      for (const [method, path] of closed)
        for (const { fields } of [await from(path, method), await raw(path, { origin }, method)])
          expect(valuesOf(fields, 'access-control-allow-origin'), `${method} ${path}`).to.deep.equal([]);
    });

    it('may carry what the contract knows of, and show what it promises', async () => {
      const origin = new URL((await demoTenant('acme')).spa_redirect_uri).origin;
      const request = { origin, 'access-control-request-method': 'PATCH' };
      const { fields } = await raw('/v1/users', request, 'OPTIONS');
      const listed = (name: string, of: typeof fields) =>
        valuesOf(of, name)
          .join()
          .split(',')
          .map((one) => one.trim().toLowerCase());
      const { operations } = loadContract();
      const sent = [...operations.values()].flatMap(({ parameters }) =>
        parameters.filter((one) => one.in === 'header').map(({ name }) => name.toLowerCase()),
      );
      expect(listed('access-control-allow-headers', fields)).to.include.members([
        'authorization',
        'dpop',
        'content-type',
        'idempotency-key',
        'if-match',
        'last-event-id',
        'mcp-protocol-version',
        'traceparent',
        'tracestate',
        'baggage',
        'sentry-trace',
        'b3',
        'x-b3-traceid',
        'x-datadog-trace-id',
        'newrelic',
        'elastic-apm-traceparent',
        'request-id',
        ...sent,
      ]);
      const answer = await raw('/v1/users', { origin });
      expect(listed('access-control-expose-headers', answer.fields)).to.include.members([
        'etag',
        'ratelimit',
        'ratelimit-policy',
        'retry-after',
        'location',
        'preference-applied',
      ]);
    });

    it('are not answered for any other origin', async () => {
      for (const origin of [
        'https://evil.example',
        'null',
        'http://localhost:5173.evil.example',
        'http://LOCALHOST:5173',
      ]) {
        const preflight = await raw(
          '/v1/users',
          { origin, 'access-control-request-method': 'GET' },
          'OPTIONS',
        );
        expect(valuesOf(preflight.fields, 'access-control-allow-origin'), origin).to.deep.equal([]);
        const plain = await raw('/v1/me', { origin });
        expect(valuesOf(plain.fields, 'access-control-allow-origin'), origin).to.deep.equal([]);
        expect(valuesOf(plain.fields, 'vary').join()).to.include('Origin');
      }
    });
  });
});
