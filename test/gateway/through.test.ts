/** A whole deployment with a service behind it: each kind of caller, and what each is refused. */
import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { apiKey, app, demoUser, user } from '../support/callers.ts';
import { aMoment, eventsSince } from '../support/audit.ts';
import { chunked, rawRequest } from '../support/raw-request.ts';
import { WORLD_MS } from '../support/world.ts';
import type { AService } from './a-service.ts';
import { ORDERS } from './declaration/orders.ts';
import { ordersDeployment, type OrdersDeployment } from './orders-deployment.ts';

/** `RegExp` takes longer than there is time for thirty words without an end. */
const BOMB = "'^(\\w+\\s?)+$'";

describe('a service behind the gateway', () => {
  let own: OrdersDeployment;
  let service: AService;
  before(async function () {
    this.timeout(WORLD_MS);
    own = await ordersDeployment({
      orders: ORDERS.replace(
        'item: { type: string }',
        () => `item: { type: string, pattern: ${BOMB} }`,
      ).replace(
        'region, in: query, schema: { type: string }',
        () => `region, in: query, schema: { type: string, pattern: ${BOMB} }`,
      ),
      services: (
        services,
        url,
      ) => `${services.replace('    prefix', '    plainHeaders: true\n    prefix')}  strict:
    contract: ./orders.openapi.yaml
    url: ${url}
    prefix: /strict
    answers: enforce
    operations:
      listOrders: { apiKey: ['read:orders'] }
`,
      apiSettings: { FORWARD_AUTH_ADDRESSES: '127.0.0.0/8,::1', TRUSTED_PROXIES: '1' },
    });
    ({ service } = own);
  });
  after(() => own.end());
  beforeEach(() => {
    service.arrived.length = 0;
    service.answerBy();
  });

  const send = (path: string, as: string | undefined, init: RequestInit = {}) =>
    fetch(own.api + path, {
      ...init,
      headers: { ...(as === undefined ? {} : { authorization: as }), ...(init.headers as object) },
    });

  const callers: [string, () => Promise<string>][] = [
    ['a user', () => user('acme')],
    ['a tenant', () => apiKey('acme')],
    ['an app', () => app('acme')],
  ];
  for (const [who, credential] of callers)
    it(`is called by ${who}, and told who it is`, async () => {
      const answer = await send('/orders/orders?limit=7&status=open', await credential());
      expect(answer.status).to.equal(200);
      expect(await answer.json()).to.deep.equal({
        method: 'GET',
        url: '/orders?limit=7&status=open',
        body: '',
      });
      const [arrived] = service.arrived;
      expect(arrived!.headers).to.not.have.property('authorization');
      expect(arrived!.headers).to.include({ 'x-tenant-id': 'acme' });
      const { payload, protectedHeader } = await jwtVerify(
        String(arrived!.headers['trivium-principal']),
        createRemoteJWKSet(new URL(`${own.api}/.well-known/jwks.json`)),
        { issuer: own.api, audience: 'orders', typ: 'principal+jwt' },
      );
      expect(protectedHeader.alg).to.equal('ES256');
      expect(payload).to.deep.include({
        tenant_id: 'acme',
        operation: 'listOrders',
      });
      expect(arrived!.headers['x-request-id']).to.equal(answer.headers.get('x-request-id'));
      // Of all that they hold, at this API and at other services.
      expect(payload['scopes']).to.include('read:orders').and.not.include('read:users');
      expect(arrived!.headers['x-scopes']).to.equal((payload['scopes'] as string[]).join(' '));
    });

  it('gets bodies as they were sent, once they have been checked', async () => {
    const body = '{ "item": "tea" }';
    const json = { 'content-type': 'application/json' };
    const good = await send('/orders/orders', await apiKey('acme'), { method: 'POST', body, headers: json });
    expect(good.status).to.equal(200);
    expect(service.arrived.map((one) => one.body)).to.deep.equal([body]);
    const bad = await send('/orders/orders', await apiKey('acme'), {
      method: 'POST',
      body: '{}',
      headers: json,
    });
    expect([bad.status, ((await bad.json()) as { code: string }).code]).to.deep.equal([422, 'invalid_body']);
    const twice = await send('/orders/orders', await apiKey('acme'), {
      method: 'POST',
      body: '{"item":7,"item":"tea"}',
      headers: json,
    });
    expect(twice.status).to.equal(400);
    const form = await send('/orders/orders', await apiKey('acme'), {
      method: 'POST',
      body: new URLSearchParams('a=1'),
    });
    expect(form.status).to.equal(415);
    expect(service.arrived).to.have.length(1);
  });

  it('gets no body that its document does not have: it might take it for another request', async () => {
    const { hostname, port } = new URL(own.api);
    const [host, as] = [`Host: ${hostname}:${port}`, `Authorization: ${await apiKey('acme')}`];
    const hidden = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n';
    const length = `Content-Length: ${hidden.length}`;
    const inChunks = 'Transfer-Encoding: chunked';
    for (const answer of [
      await rawRequest(['GET /orders/orders HTTP/1.1', host, as, length], hidden),
      await rawRequest(['GET /orders/orders HTTP/1.1', host, as, inChunks], chunked(hidden)),
    ])
      expect([answer.status, answer.body.code]).to.deep.equal([400, 'malformed_body']);
    expect(service.arrived).to.deep.equal([]);
    const empty = await rawRequest(['GET /orders/orders HTTP/1.1', host, as, inChunks], chunked(''));
    expect(empty.status).to.equal(200);
  });

  it('has its patterns tried on whatever comes, while others are served', async () => {
    const key = await apiKey('globex');
    const words = `${'word'.repeat(2_000)}!`;
    const bombs = Array.from({ length: 20 }, (_, i) =>
      i % 2 === 0
        ? send(`/orders/orders?region=${words}`, key)
        : send('/orders/orders', key, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ item: words }),
          }),
    );
    const other = await send('/orders/orders?region=north%20west', await apiKey('acme'));
    expect(other.status).to.equal(200);
    const answers = await Promise.all(bombs);
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([400, 422]));
    expect(service.arrived).to.have.length(1);
  });

  it('is not asked by those who may not call', async () => {
    const refused: [string, string, string | undefined, number, string][] = [
      ['GET', '/orders/orders', undefined, 401, 'authentication_required'],
      ['GET', '/orders/orders', 'Bearer x', 401, 'invalid_token'],
      ['GET', '/orders/orders', await user('acme', 'member'), 403, 'insufficient_role'],
      ['GET', '/orders/orders/7', await app('acme'), 403, 'caller_not_allowed'],
      ['GET', '/orders/orders/seven', await apiKey('acme'), 404, 'not_found'],
      ['GET', '/orders/stock', await apiKey('acme'), 404, 'not_found'],
      ['DELETE', '/orders/orders', await apiKey('acme'), 405, 'method_not_allowed'],
      ['GET', '/orders/orders?limit=1000', await apiKey('acme'), 400, 'invalid_parameter'],
      ['GET', '/orders/orders?tenant_id=globex', await apiKey('acme'), 400, 'invalid_parameter'],
    ];
    for (const [method, path, as, status, code] of refused) {
      const answer = await send(path, as, { method });
      const { code: found } = (await answer.json()) as { code: string };
      expect([path, answer.status, found]).to.deep.equal([path, status, code]);
    }
    expect(service.arrived).to.deep.equal([]);
  });

  it('says how one gets in', async () => {
    const answer = await send('/orders/orders', undefined);
    expect(answer.headers.get('www-authenticate')).to.match(/Bearer .*scope="read:orders".*Basic/);
  });

  it('never receives what calls itself ours', async () => {
    const { hostname, port } = new URL(own.api);
    const answer = await rawRequest([
      'GET /orders/orders HTTP/1.1',
      `Host: ${hostname}:${port}`,
      `Authorization: ${await apiKey('acme')}`,
      'Trivium-Principal: forged',
      'trivium-principal: forged',
      'TRIVIUM_PRINCIPAL: forged',
      'X-Tenant-Id: globex',
      'x_tenant_id: globex',
      'X-Roles: admin',
      'Cookie: a=b',
      'Connection: X-Request-Id, Trivium-Principal',
    ]);
    expect(answer.status).to.equal(200);
    const [{ rawHeaders } = { rawHeaders: [] }] = service.arrived;
    expect(rawHeaders.join('\n')).to.not.match(/forged|globex/);
    const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    expect(names.filter((name) => name === 'trivium-principal')).to.have.length(1);
    expect(names).to.include('x-request-id').and.not.include('cookie');
  });

  for (const path of [
    '/orders/..%2fadmin',
    '/orders/orders/%2e%2e',
    '/orders/orders/7%2f..%2f8',
    '/orders//orders',
    '/orders/../orders',
    '/orders/orders/',
    '/%6frders/orders',
    '/Orders/orders',
    '/orders/orders/7%5c8',
    '/orders/./orders',
  ])
    it(`is not reached by ${path}`, async () => {
      const { hostname, port } = new URL(own.api);
      const answer = await rawRequest([
        `GET ${path} HTTP/1.1`,
        `Host: ${hostname}:${port}`,
        `Authorization: ${await apiKey('acme')}`,
      ]);
      expect(answer.status).to.equal(404);
      expect(service.arrived).to.deep.equal([]);
    });

  it('is part of the contract, of the metadata and of what keys may have', async () => {
    const contract = (await (await send('/openapi.json', undefined)).json()) as { paths: object };
    expect(contract.paths).to.have.property('/orders/orders/{order_id}');
    const metadata = await (await send('/.well-known/oauth-protected-resource', undefined)).json();
    expect((metadata as { scopes_supported: string[] }).scopes_supported).to.include('read:orders');
  });

  it('is seen in the metrics', async () => {
    const metrics = await (await send('/metrics', undefined)).text();
    expect(metrics).to.match(/^trivium_service_open_requests\{service="orders"\} 0$/m);
    expect(metrics).to.match(/^trivium_service_addresses_out\{service="orders"\} 0$/m);
  });

  it('has its own answers passed on', async () => {
    service.answerBy((_, res) => res.writeHead(409, { 'content-type': 'text/plain', server: 'x' }).end('no'));
    const answer = await send('/orders/orders', await apiKey('acme'));
    expect([answer.status, await answer.text()]).to.deep.equal([409, 'no']);
    expect(answer.headers.get('server')).to.equal(null);
  });

  const checked: [string, string, number][] = [
    ['an answer that its contract describes', '[{ "item": "tea", "status": "open" }]', 200],
    ['another one', '[{ "item": 7 }]', 502],
    ['one that is no JSON', '[', 502],
  ];
  for (const [what, body, status] of checked)
    it(`has its answers checked before they are passed on, where that is asked for: ${what}`, async () => {
      service.answerBy((_, res) => res.writeHead(200, { 'content-type': 'application/json' }).end(body));
      const answer = await send('/strict/orders', await apiKey('acme'));
      const text = await answer.text();
      expect(answer.status).to.equal(status);
      if (status === 200) expect(text).to.equal(body);
      else expect((JSON.parse(text) as { code: string }).code).to.equal('service_failed');
    });

  it('can give its scopes by a role of the operator’s own', async () => {
    const { email } = await demoUser('acme', 'member');
    const { users } = (await (
      await send(`/v1/users?email=${encodeURIComponent(email)}`, await user('acme'))
    ).json()) as { users: { user_id: string }[] };
    const path = `/v1/users/${encodeURIComponent(users[0]!.user_id)}/roles`;
    const json = { 'content-type': 'application/json' };
    const body = JSON.stringify({ roles: ['accountant'] });
    const answer = await send(path, await user('acme'), { method: 'PUT', headers: json, body });
    expect(answer.status, await answer.text()).to.equal(200);
  });

  describe('whose proxy asks', () => {
    const ask = async (headers: Record<string, string>, as?: string, path = '/auth/decision') =>
      send(path, as, { headers: { 'x-forwarded-for': '192.0.2.7', ...headers } });

    const asked: [string, string, Record<string, string>][] = [
      [
        'Traefik or Caddy',
        '/auth/decision',
        { 'x-forwarded-method': 'GET', 'x-forwarded-uri': '/orders/orders?limit=7' },
      ],
      ['nginx', '/auth/decision', { 'x-original-method': 'GET', 'x-original-uri': '/orders/orders?limit=7' }],
      ['Envoy', '/auth/decision/orders/orders?limit=7', {}],
    ];
    for (const [who, path, headers] of asked)
      it(`is told who calls: ${who}`, async () => {
        const answer = await ask(headers, await apiKey('acme'), path);
        expect(answer.status).to.equal(200);
        expect(answer.headers.get('trivium-principal')).to.match(/^ey/);
        expect(answer.headers.get('x-tenant-id')).to.equal('acme');
        expect(service.arrived).to.deep.equal([]);
      });

    it('is answered without an error in the log', async () => {
      await ask({ 'x-original-method': 'GET', 'x-original-uri': '/orders/orders' }, await apiKey('acme'));
      // Its log line is written after whatever the decision before has left.
      await ask({ 'x-original-method': 'GET', 'x-original-uri': '/v1/me' }, await apiKey('acme'));
      const log = await readFile(join(own.home, 'logs', 'api.log'), 'utf8');
      expect(log).to.include('API is ready').and.not.include('answer not written');
    });

    const refused: [string, Record<string, string>, boolean, number, string][] = [
      [
        'nobody',
        { 'x-original-method': 'GET', 'x-original-uri': '/orders/orders' },
        false,
        401,
        'authentication_required',
      ],
      [
        'an unknown path',
        { 'x-original-method': 'GET', 'x-original-uri': '/orders/stock' },
        true,
        404,
        'not_found',
      ],
      [
        'a path of this API',
        { 'x-original-method': 'GET', 'x-original-uri': '/v1/me' },
        true,
        404,
        'not_found',
      ],
      [
        'another method',
        { 'x-original-method': 'PATCH', 'x-original-uri': '/orders/orders' },
        true,
        405,
        'method_not_allowed',
      ],
      ['no request', {}, true, 400, 'malformed_request'],
      [
        'two different requests',
        { 'x-original-uri': '/orders/orders', 'x-forwarded-uri': '/orders/export' },
        true,
        400,
        'malformed_request',
      ],
      [
        'a preflight, which anybody is answered',
        {
          'x-original-method': 'OPTIONS',
          'x-original-uri': '/orders/orders',
          origin: 'https://example.com',
          'access-control-request-method': 'GET',
        },
        false,
        405,
        'method_not_allowed',
      ],
      [
        'OPTIONS',
        { 'x-original-method': 'OPTIONS', 'x-original-uri': '/orders/orders' },
        false,
        405,
        'method_not_allowed',
      ],
      ['an unknown method', { 'x-original-uri': '/orders/orders' }, true, 400, 'malformed_request'],
      [
        'a hidden segment',
        { 'x-original-method': 'GET', 'x-original-uri': '/orders/orders/..%2f7' },
        true,
        404,
        'not_found',
      ],
      [
        'a target with a host',
        { 'x-original-method': 'GET', 'x-original-uri': 'http://x/orders/orders' },
        true,
        400,
        'malformed_request',
      ],
    ];
    for (const [what, headers, hasKey, status, code] of refused)
      it(`is refused: ${what}`, async () => {
        const answer = await ask(headers, hasKey ? await apiKey('acme') : undefined);
        expect([answer.status, ((await answer.json()) as { code: string }).code]).to.deep.equal([
          status,
          code,
        ]);
        expect(answer.headers.get('trivium-principal')).to.equal(null);
      });

    it('does not need the body of a change', async () => {
      const headers = { 'x-original-method': 'POST', 'x-original-uri': '/orders/orders' };
      const from = await aMoment();
      const answer = await ask(headers, await apiKey('acme'));
      expect(answer.status).to.equal(200);
      const id = answer.headers.get('x-request-id');
      const event = (await eventsSince(from)).find(({ request_id }) => request_id === id);
      expect(event).to.include({ type: 'request.unknown', outcome: 'unknown' });
    });

    describe('and shows what it kept of a refusal', () => {
      const refusedFor = (uri: string) => ({ 'x-original-method': 'GET', 'x-original-uri': uri });
      const decide = async (uri: string, as?: string) => {
        const answer = await ask({ ...refusedFor(uri), 'trivium-refusal': 'wanted' }, as);
        const { status, headers } = answer;
        const id = headers.get('x-request-id') ?? '';
        return { id, status, kept: headers.get('trivium-refusal'), body: await answer.json() };
      };
      const show = async (uri: string, kept: string | null, as?: string, id = 'request-1') => {
        const headers = {
          ...refusedFor(uri),
          'x-request-id': id,
          ...(kept === null ? {} : { 'trivium-refusal': kept }),
        };
        const answer = await ask(headers, as, '/auth/refusal');
        return { answer, status: answer.status, body: (await answer.json()) as { code: string } };
      };

      it('is answered as the decision was', async () => {
        const from = await aMoment();
        for (const [uri, as] of [
          ['/orders/orders', undefined],
          ['/orders/orders/export', await user('acme')],
          ['/orders/orders?limit=0', await apiKey('acme')],
          ['/orders/stock', await apiKey('acme')],
        ] as const) {
          const { id, status, kept, body } = await decide(uri, as);
          const shown = await show(uri, kept, undefined, id);
          expect([shown.status, shown.body]).to.deep.equal([status, body], uri);
          if (status === 401)
            expect(shown.answer.headers.get('www-authenticate')).to.match(/^Bearer .*Basic /);
        }
        // What matches no operation is not recorded.
        const codes = (await eventsSince(from)).flatMap(({ code }) => code ?? []);
        expect(codes).to.have.members(['authentication_required', 'caller_not_allowed', 'invalid_parameter']);
      });

      it('is told nothing but 503 for anything else, whoever asks', async () => {
        const { kept } = await decide('/orders/orders');
        const good = await apiKey('acme');
        const strange: [string, string | null][] = [
          ['/orders/orders', null],
          ['/orders/orders', 'wanted'],
          ['/orders/orders', `${kept}x`],
          ['/orders/orders?limit=1', kept],
        ];
        for (const [uri, shown] of strange)
          for (const as of [undefined, good])
            expect((await show(uri, shown, as)).body.code).to.equal('overloaded');
      });

      it('keeps little, however much is wrong', async () => {
        const many = Array.from({ length: 60 }, (_, n) => `unknown_parameter_${n}=1`).join('&');
        const { status, kept } = await decide(`/orders/orders?${many}`, await apiKey('acme'));
        expect(kept!.length).to.be.below(2_048);
        const shown = await show(`/orders/orders?${many}`, kept);
        expect(shown.status).to.equal(status).and.not.equal(503);
      });

      it('is given none that it did not want', async () => {
        expect((await ask(refusedFor('/orders/orders'))).headers.get('trivium-refusal')).to.equal(null);
        const wanted = { ...refusedFor('/orders/orders'), 'trivium-refusal': 'wanted' };
        expect((await ask(wanted, await apiKey('acme'))).headers.get('trivium-refusal')).to.equal(null);
      });
    });
  });
});
