/** Who may open a WebSocket to a service: pages, which can send their token as a subprotocol only, and programs. */
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import * as undici from 'undici';
import { BROWSER_MS, browserOrSkip, type Browser } from '../browser/chromium.ts';
import { serveSpa, type SpaServer } from '../browser/spa-server.ts';
import { apiKey, demoTenant, demoUser, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { rawRequest } from '../support/raw-request.ts';
import { userToken } from '../support/signed-tokens.ts';
import { ordersDeployment, type OrdersDeployment } from './orders-deployment.ts';
import { acceptWebSockets, type Handshake } from './web-socket-service.ts';

/** How a connection went: what came, and how it ended. */
interface Told {
  message?: string;
  protocol?: string;
  closed?: { code: number; reason: string };
}

/** In a page; functions given to `evaluate` run there. */
declare const window: { WebSocket: typeof undici.WebSocket; ending: Promise<Told> };

const PATH = '/orders/orders/7';

describe('a WebSocket to a service behind the gateway', () => {
  let own: OrdersDeployment;
  let url: string;
  let handshakes: Handshake[];
  before(async function () {
    this.timeout(BROWSER_MS);
    own = await ordersDeployment({
      services: (services) =>
        services.replace(/(getOrder: \{ user: .*?), apiKey(.*) \}/, '$1, apiKey$2, websocket: true }'),
    });
    url = own.api.replace('http:', 'ws:') + PATH;
  });
  after(() => own?.end());
  beforeEach(() => {
    handshakes = acceptWebSockets(own.service.server);
  });

  const tokenOf = async (credential: Promise<string>) => (await credential).replace(/^Bearer /, '');
  const withToken = (token: string, ...others: string[]) => ['trivium', `trivium.bearer.${token}`, ...others];

  const HANDSHAKE = [
    `GET ${PATH} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  /** A handshake that is refused, as bytes. @returns status and code */
  async function refused(...lines: string[]): Promise<[number, string]> {
    const { status, body } = await rawRequest([...HANDSHAKE, ...lines]);
    expect(handshakes).to.deep.equal([]);
    return [status, (body as { code: string }).code];
  }

  describe('(programs)', () => {
    const open = (protocols: string[], headers: Record<string, string> = {}, at = url): Promise<Told> =>
      new Promise((resolve, reject) => {
        const socket = new undici.WebSocket(at, { protocols, headers });
        socket.onerror = () => reject(new Error('no connection'));
        socket.onmessage = ({ data }) => {
          resolve({ message: String(data), protocol: socket.protocol });
          socket.close();
        };
      });

    it('is opened with a credential in either field, which the service never sees', async () => {
      const token = await tokenOf(user('acme'));
      expect(await open([], { authorization: await apiKey('acme') })).to.deep.equal({
        message: 'none',
        protocol: '',
      });
      expect(await open(withToken(token))).to.deep.equal({ message: 'none', protocol: 'trivium' });
      for (const { rawHeaders } of handshakes)
        expect(rawHeaders.join('\n'))
          .to.match(/^trivium-principal$/im)
          .and.not.include(token);
      expect(handshakes[1]!.rawHeaders.join('\n')).to.not.match(/protocol/i);
    });

    it('has the subprotocol that the service selects, of those that are not Trivium’s', async () => {
      handshakes = acceptWebSockets(own.service.server, ([first]) => first);
      const token = await tokenOf(user('acme'));
      expect(await open(withToken(token, 'graphql-ws', 'Trivium.Bearer.x'))).to.deep.equal({
        message: 'graphql-ws',
        protocol: 'graphql-ws',
      });
    });

    it('is refused without a good credential, or with two', async () => {
      const token = await tokenOf(user('acme'));
      const protocols = (...all: string[]) => `Sec-WebSocket-Protocol: ${all.join(', ')}`;
      expect(await refused()).to.deep.equal([401, 'authentication_required']);
      expect(await refused(protocols('trivium', `Trivium.Bearer.${token}`))).to.deep.equal([
        401,
        'authentication_required',
      ]);
      expect(await refused(protocols('trivium', 'trivium.bearer.'))).to.deep.equal([401, 'invalid_token']);
      const { user_id } = await demoUser('acme', 'admin');
      const old = await tokenOf(
        userToken('acme', user_id, ['admin'], Math.floor(Date.now() / 1000) - 10_000),
      );
      expect(await refused(protocols(...withToken(old)))).to.deep.equal([401, 'invalid_token']);
      const member = await tokenOf(user('acme', 'member'));
      expect(await refused(protocols(...withToken(member)))).to.deep.equal([403, 'insufficient_role']);
      for (const both of [
        [protocols(...withToken(token)), `Authorization: Bearer ${token}`],
        [protocols(...withToken(token)), protocols(`trivium.bearer.${token}`)],
      ])
        expect(await refused(...both)).to.deep.equal([400, 'several_credentials']);
    });

    it('is refused to pages of other sites, whatever they present; not to those of this one', async () => {
      const authorization = `Authorization: ${await apiKey('acme')}`;
      for (const origin of ['http://evil.example', 'null', `${own.api}.evil.example`])
        expect(await refused(authorization, `Origin: ${origin}`)).to.deep.equal([403, 'origin_not_allowed']);
      const headers = { authorization: await apiKey('acme'), origin: own.api };
      expect((await open([], headers)).message).to.equal('none');
    });

    it('counts for its address only if its token is not good', async () => {
      const few = await own.startApi('api-few', {
        PORT: '0',
        ANONYMOUS_REQUESTS_PER_MINUTE_PER_ADDRESS: '1',
      });
      const at = few.url.replace('http:', 'ws:') + PATH;
      const token = await tokenOf(user('acme'));
      for (let i = 0; i < 3; i += 1) expect((await open(withToken(token), {}, at)).message).to.equal('none');
      const bad = [...HANDSHAKE, `Sec-WebSocket-Protocol: ${withToken('bad').join(', ')}`];
      const statuses = [];
      for (let i = 0; i < 3; i += 1) statuses.push((await rawRequest(bad, '', few.url)).status);
      expect(statuses).to.include(401).and.include(429);
    });

    it('takes no such token for a request that asks for no WebSocket', async () => {
      const token = await tokenOf(user('acme'));
      const { status, body } = await rawRequest([
        `GET ${PATH} HTTP/1.1`,
        'Host: localhost',
        `Sec-WebSocket-Protocol: trivium, trivium.bearer.${token}`,
      ]);
      expect([status, (body as { code: string }).code]).to.deep.equal([401, 'authentication_required']);
    });
  });

  describe('(pages)', () => {
    let browser: Browser;
    let spa: SpaServer;
    let stranger: SpaServer;
    let page: Page;
    before(async function () {
      this.timeout(BROWSER_MS);
      browser = await browserOrSkip(this);
      spa = await serveSpa(Number(new URL((await demoTenant('acme')).spa_redirect_uri).port));
      stranger = await serveSpa();
      page = await browser.context.newPage();
    });
    after(async () => {
      await browser?.close();
      await Promise.all([spa?.close(), stranger?.close()]);
    });

    /** Opens one from a page, and resolves with what came first. The page keeps it, as `kept`. */
    async function open(origin: string, protocols: string[]): Promise<Told> {
      await page.goto(origin);
      return page.evaluate(
        ([address, offered]) =>
          new Promise<Told>((resolve) => {
            const socket = new window.WebSocket(address as string, offered);
            const closed = new Promise<Told>((done) => {
              socket.onclose = ({ code, reason }) => done({ closed: { code, reason } });
            });
            window.ending = closed;
            socket.onmessage = ({ data }) => resolve({ message: String(data), protocol: socket.protocol });
            void closed.then(resolve);
          }),
        [url, protocols],
      );
    }
    const closed = () => page.evaluate(() => window.ending);

    it('is opened by a page of the single-page app, and by no other with the same token', async () => {
      const token = await tokenOf(user('acme'));
      expect(await open(spa.origin, withToken(token))).to.deep.equal({
        message: 'none',
        protocol: 'trivium',
      });
      expect(await open(stranger.origin, withToken(token))).to.deep.equal({
        closed: { code: 1006, reason: '' },
      });
      expect(handshakes).to.have.length(1);
    });

    it('ends with the reason when its user may not call any more', async () => {
      const { body } = await call('POST', '/v1/users', {
        as: await apiKey('acme'),
        body: { email: `socket-${Date.now()}@acme.example`, password: 'Correct-horse-7', roles: ['admin'] },
      });
      const { user_id } = body as { user_id: string };
      const token = await tokenOf(userToken('acme', user_id, ['admin']));
      expect(await open(spa.origin, withToken(token))).to.have.property('message');
      const blocked = await call('PATCH', `/v1/users/${encodeURIComponent(user_id)}`, {
        as: await apiKey('acme'),
        body: { blocked: true },
      });
      expect(blocked.status).to.equal(200);
      expect(await closed()).to.deep.equal({ closed: { code: 1008, reason: 'invalid_token' } });
      await handshakes[0]!.closed;
    });
  });

  describe('(logs)', () => {
    it('have none of the tokens that were sent above', () => {
      const folder = join(own.home, 'logs');
      const logs = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
      expect(logs.join(''))
        .to.include('orders.getOrder')
        .and.not.match(/eyJ[\w-]+\.eyJ/);
    });
  });
});
