/** The configurations of `examples/`, with the real proxies: who may pass, what the service is told, what callers are told. */
import { expect } from 'chai';
import { apiKey, user } from '../support/callers.ts';
import { WORLD_MS } from '../support/world.ts';
import type { AService } from './a-service.ts';
import { BEHIND_A_PROXY, PROXIES, startProxy, type RunningProxy } from './a-proxy.ts';
import { ordersDeployment, type OrdersDeployment } from './orders-deployment.ts';

describe('a proxy with forward authentication', () => {
  let own: OrdersDeployment;
  let service: AService;
  before(async function () {
    this.timeout(WORLD_MS);
    own = await ordersDeployment({ apiSettings: BEHIND_A_PROXY });
    ({ service } = own);
  });
  after(() => own.end());

  for (const proxy of PROXIES)
    describe(`(${proxy.name})`, () => {
      let running: RunningProxy;
      let url: string;
      before(async function () {
        running = await startProxy(this, proxy, { api: own.api, service: service.url });
        ({ url } = running);
      });
      after(() => running?.close());
      beforeEach(() => {
        service.arrived.length = 0;
      });

      const send = (path: string, as?: string, init: RequestInit = {}) =>
        fetch(url + path, {
          ...init,
          headers: { ...(as === undefined ? {} : { authorization: as }), ...(init.headers as object) },
        });

      it('passes on what may pass, with who calls and without the credential', async () => {
        const answer = await send('/orders/orders?limit=7', await apiKey('acme'));
        expect(answer.status).to.equal(200);
        expect(await answer.json()).to.deep.include({ method: 'GET', url: '/orders?limit=7' });
        const { headers } = service.arrived[0]!;
        expect(headers).to.not.have.property('authorization');
        const [, claims = ''] = String(headers['trivium-principal']).split('.');
        expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).to.include({
          aud: 'orders',
          tenant_id: 'acme',
          operation: 'listOrders',
        });
      });

      it('passes bodies on', async () => {
        const body = JSON.stringify({ item: 'x'.repeat(20_000) });
        const headers = { 'content-type': 'application/json' };
        const answer = await send('/orders/orders', await user('acme'), { method: 'POST', body, headers });
        expect(answer.status).to.equal(200);
        expect(service.arrived.map((one) => one.body)).to.deep.equal([body]);
      });

      it('tells whoever has no credential how to get in', async () => {
        const answer = await send('/orders/orders');
        expect(answer.status).to.equal(401);
        expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
        expect(((await answer.json()) as { code: string }).code).to.equal('authentication_required');
        expect(answer.headers.get('www-authenticate')).to.match(/Bearer .*DPoP .*Basic /);
      });

      const refused: [string, string, string, () => Promise<string>, number, string][] = [
        ['lacks the role', 'GET', '/orders/orders', () => user('acme', 'member'), 403, 'insufficient_role'],
        ['asks for what is not there', 'GET', '/orders/stock', () => apiKey('acme'), 404, 'not_found'],
        [
          'asks for what is closed',
          'DELETE',
          '/orders/orders',
          () => apiKey('acme'),
          405,
          'method_not_allowed',
        ],
        ['hides a segment', 'GET', '/orders/orders/..%2f7', () => apiKey('acme'), 404, 'not_found'],
      ];
      for (const [what, method, path, as, status, code] of refused)
        it(`refuses whoever ${what}`, async () => {
          const answer = await send(path, await as(), { method });
          const found = (await answer.json()) as { code: string };
          expect([answer.status, found.code]).to.deep.equal([status, code]);
          expect(service.arrived).to.deep.equal([]);
        });

      it('asks itself, and lets no caller ask: the answer would be a principal for the service', async () => {
        const named = { 'x-original-uri': '/orders/orders', 'x-original-method': 'GET' };
        for (const [path, headers] of [
          ['/auth/decision/orders/orders', {}],
          ['/%61uth/decision/orders/orders', {}],
          ['/auth/decision', named],
          ['/auth/decision?', { 'x-forwarded-uri': '/orders/orders', 'x-forwarded-method': 'GET' }],
          ['/auth/refusal', named],
        ] as const) {
          const answer = await send(path, await apiKey('acme'), { headers });
          expect(answer.status, path).to.equal(404);
          expect(answer.headers.get('trivium-principal'), path).to.equal(null);
        }
      });

      it('passes no principal on that a caller has forged, nor another request’s name', async () => {
        const headers = {
          'trivium-principal': 'forged',
          'x-original-uri': '/orders/export',
          'x-forwarded-uri': '/orders/export',
          'x-forwarded-method': 'GET',
          'x-original-method': 'GET',
        };
        const answer = await send('/orders/orders', await user('acme', 'member'), { headers });
        expect(answer.status).to.be.oneOf([400, 403]);
        expect(service.arrived).to.deep.equal([]);
        const other = await send('/orders/orders', await apiKey('acme'), {
          headers: {
            'trivium-principal': 'forged',
            'x-http-method': 'forged',
            'x-http-method-override': 'forged',
            'x-method-override': 'forged',
            'x-original-url': 'forged',
            'x-rewrite-url': 'forged',
          },
        });
        expect(other.status).to.equal(200);
        expect(service.arrived[0]!.rawHeaders.join()).to.not.include('forged');
      });

      it('leaves this API’s own paths to it', async () => {
        expect((await send('/v1/me', await apiKey('acme'))).status).to.equal(200);
        expect((await send('/v1/me')).status).to.equal(401);
      });
    });
});
