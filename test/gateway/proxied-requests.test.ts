/** Through the real proxies of `examples/`: limits, proofs, pages of the single-page app, and bodies that nobody expects. */
import { expect } from 'chai';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createHash, randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { BROWSER_MS, browserOrSkip, type Browser } from '../browser/chromium.ts';
import { serveSpa, type SpaServer } from '../browser/spa-server.ts';
import { aMoment, eventsSince } from '../support/audit.ts';
import { apiKey, demoTenant, demoUser, operator, user } from '../support/callers.ts';
import { sendBytes } from '../support/raw-request.ts';
import { signed } from '../support/signed-tokens.ts';
import { BEHIND_A_PROXY, PROXIES, startProxy, type RunningProxy } from './a-proxy.ts';
import type { AService } from './a-service.ts';
import { ordersDeployment, type OrdersDeployment } from './orders-deployment.ts';

const LIMIT = 10;
const PATH = '/orders/orders';

describe('a request through a proxy with forward authentication', () => {
  let own: OrdersDeployment;
  let service: AService;
  let browser: Browser;
  let spa: SpaServer;
  let stranger: SpaServer;
  before(async function () {
    this.timeout(BROWSER_MS);
    browser = await browserOrSkip(this);
    own = await ordersDeployment({ apiSettings: BEHIND_A_PROXY });
    ({ service } = own);
    spa = await serveSpa(Number(new URL((await demoTenant('acme')).spa_redirect_uri).port));
    stranger = await serveSpa();
    // With the service's roles, the answer is another than the contract in this process has.
    const answer = await fetch(`${own.api}/v1/tenants/globex`, {
      method: 'PATCH',
      headers: { authorization: await operator(), 'content-type': 'application/json', 'if-match': '*' },
      body: JSON.stringify({ max_limits: { requests_per_minute_per_principal: LIMIT } }),
    });
    expect(answer.status).to.equal(200);
  });
  after(async () => {
    await browser?.close();
    await Promise.all([spa?.close(), stranger?.close(), own?.end()]);
  });

  for (const proxy of PROXIES)
    describe(`(${proxy.name})`, () => {
      let running: RunningProxy;
      let url: string;
      before(async function () {
        running = await startProxy(this, proxy, { api: own.api, service: service.url });
        url = running.url + PATH;
      });
      after(() => running?.close());
      beforeEach(() => {
        service.arrived.length = 0;
        service.answerBy();
      });

      it('is told how long to wait where a limit is used up', async () => {
        const headers = { authorization: await apiKey('globex') };
        let answer = await fetch(url, { headers });
        // The minute may end meanwhile.
        while (answer.status === 200) answer = await fetch(url, { headers });
        expect([answer.status, ((await answer.json()) as { code: string }).code]).to.deep.equal([
          429,
          'too_many_requests',
        ]);
        expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
        expect(Number(answer.headers.get('retry-after'))).to.be.within(1, 60);
        expect(answer.headers.get('ratelimit')).to.match(/r=0/);
        expect(answer.headers.get('trivium-refusal')).to.equal(null);
      });

      it('is refused once, under one id', async () => {
        const from = await aMoment();
        const headers = { authorization: await user('acme', 'member') };
        const answer = await fetch(url, { headers });
        const { code, request_id } = (await answer.json()) as { code: string; request_id: string };
        expect([answer.status, code]).to.deep.equal([403, 'insufficient_role']);
        expect(answer.headers.get('x-request-id')).to.equal(request_id);
        const events = (await eventsSince(from)).filter((event) => event['code'] === code);
        expect(events.map((event) => [event['request_id'], event['code']])).to.deep.equal([
          [request_id, code],
        ]);
      });

      it('proves its key once', async () => {
        const pair = await generateKeyPair('ES256');
        const jwk = await exportJWK(pair.publicKey);
        const { spa_client_id: clientId } = await demoTenant('acme');
        const { user_id: userId } = await demoUser('acme', 'admin');
        const asRole = async (role: string) => {
          const boundTo = await calculateJwkThumbprint(jwk);
          const bearer = await signed({ tenantId: 'acme', clientId, userId, roles: [role], boundTo });
          const token = bearer.replace('Bearer ', '');
          const ath = createHash('sha256').update(token).digest('base64url');
          const proof = await new SignJWT({ htm: 'GET', htu: own.api + PATH, jti: randomUUID(), ath })
            .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
            .setIssuedAt()
            .sign(pair.privateKey);
          return { authorization: `DPoP ${token}`, dpop: proof };
        };
        const headers = await asRole('admin');
        expect((await fetch(url, { headers })).status).to.equal(200);
        expect(JSON.stringify(service.arrived)).to.not.include(headers.dpop);
        const again = await fetch(url, { headers });
        expect(again.status).to.equal(401);
        expect(await again.json()).to.include({
          code: 'invalid_dpop_proof',
          detail: 'The proof is refused: it was used before.',
        });
        expect(again.headers.get('www-authenticate')).to.match(/DPoP .*error="invalid_dpop_proof"/);
        // What is wrong is the role, and not a proof that the proxy has used up.
        const other = await fetch(url, { headers: await asRole('member') });
        expect(((await other.json()) as { code: string }).code).to.equal('insufficient_role');
      });

      it('comes from a page of the single-page app, and from no other', async () => {
        // A service that would admit anybody is not asked.
        service.answerBy((_req, res) => {
          res.setHeader('Access-Control-Allow-Origin', '*').setHeader('X-Request-Id', 'request-1').end('[]');
        });
        const page = await browser.context.newPage();
        const good = await user('acme');
        const member = await user('acme', 'member');
        await page.goto(spa.origin);
        expect(await read(page, good)).to.deep.equal([200, true]);
        expect(await read(page, member)).to.deep.equal([403, true]);
        await page.goto(stranger.origin);
        expect(await read(page, good)).to.equal('TypeError');
        await page.close();
      });
      const read = (page: Page, authorization: string) =>
        page.evaluate(
          ([address, credential]) =>
            fetch(address!, { headers: { authorization: credential! } }).then(
              ({ status, headers }) => [status, headers.has('x-request-id')],
              (error: Error) => error.name,
            ),
          [url, authorization],
        );

      it('has no body where the service expects none', async () => {
        const { host } = new URL(url);
        const hidden = `GET /orders/1 HTTP/1.1\r\nHost: ${host}\r\nX-Tenant-Id: globex\r\n\r\n`;
        const chunk = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;
        const length = `Content-Length: ${hidden.length}`;
        const authorization = `Authorization: ${await apiKey('acme')}`;
        const bodies: [string, string[], string][] = [
          ['with a length', [length], hidden],
          ['in chunks', ['Transfer-Encoding: chunked'], chunk],
          ['both', [length, 'Transfer-Encoding: chunked'], chunk],
          ['in other chunks', ['Transfer-Encoding: x, chunked'], chunk],
          ['in odd chunks', ['Transfer-Encoding: \tchunked'], chunk],
          ['with two lengths', ['Content-Length: 0', length], hidden],
          ['with a list of lengths', [`${length}, ${hidden.length}`], hidden],
          ['with an odd length', [`Content-Length: +${hidden.length}`], hidden],
          ['with a field that looks alike', [`Content_Length: ${hidden.length}`], ''],
        ];
        for (const method of ['GET', 'HEAD'])
          for (const [what, fields, body] of bodies) {
            service.arrived.length = 0;
            const lines = [`${method} ${PATH} HTTP/1.1`, `Host: ${host}`, authorization, ...fields];
            const { status } = await sendBytes(
              `${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`,
              running.url,
            );
            const arrived = service.arrived.map((one) => [one.url, one.body, one.headers['content-length']]);
            if (body === '') expect(arrived, what).to.deep.equal([['/orders', '', undefined]]);
            else expect([status >= 400, arrived], `${method} ${what}: ${status}`).to.deep.equal([true, []]);
          }
      });

      it('may have an empty body', async () => {
        for (const fields of [['Content-Length: 0'], ['Transfer-Encoding: chunked']]) {
          const lines = [
            `GET ${PATH} HTTP/1.1`,
            'Host: localhost',
            `Authorization: ${await apiKey('acme')}`,
            'Connection: close',
            ...fields,
          ];
          const end = fields[0]!.endsWith('chunked') ? '0\r\n\r\n' : '';
          const { status } = await sendBytes(`${lines.join('\r\n')}\r\n\r\n${end}`, running.url);
          expect(status, fields[0]).to.equal(200);
        }
      });
    });
});
