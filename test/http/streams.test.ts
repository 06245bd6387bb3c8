/** Streams end when their caller may not call any more, at every process, and nobody has more of them than a few. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { letIn, registerApp } from '../support/apps.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import { apiKey, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { aTenant, type MadeTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { EVENTS, LINES, measureOf, openStream, watchAtBoth } from './open-stream.ts';
import { aUserOf } from './a-user-of.ts';
import { aPausedImport } from './things-to-stream.ts';

/** Far more than the second that it may take: the machine may be busy. */
const SOON_MS = 10_000;

describe('streams', () => {
  let tenant: MadeTenant;
  let path: string;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    tenant = await aTenant();
    path = await aPausedImport(await apiKey('acme'));
  });
  after(async () => {
    await call('POST', `${path}/cancel`, { as: await apiKey('acme') });
  });

  interface Ending {
    name: string;
    code: string;
    begin: () => Promise<{ as: string; of?: string; end: () => Promise<{ status: number }> }>;
  }

  const key = () => newApiKey('acme', { scopes: ['read:user_imports'] });
  const appOf = async (scope = 'read:user_imports') => {
    const app = await registerApp({ client_name: 'Watcher' });
    return { app, ...(await letIn(app, 'acme', { scope })) };
  };
  const userTest = async (method: string, tail: string, body?: object) => {
    const { as, path: own } = await aUserOf('acme', ['admin']);
    const admin = await user('acme');
    return { as, end: () => call(method, own + tail, { as: admin, body }) };
  };

  const endings: Ending[] = [
    {
      name: 'whose tenant is suspended',
      code: 'tenant_suspended',
      begin: async () => ({
        as: tenant.key,
        of: await aPausedImport(tenant.key),
        end: async () => call('POST', `${tenant.path}/suspend`, { as: await operator() }),
      }),
    },
    {
      name: 'whose API key is deleted',
      code: 'invalid_api_key',
      begin: async () => {
        const { as, path: own } = await key();
        return { as, end: async () => call('DELETE', own, { as: await user('acme') }) };
      },
    },
    {
      name: 'whose app is blocked',
      code: 'app_blocked',
      begin: async () => {
        const { app, as } = await appOf();
        const body = { status: 'blocked' };
        return {
          as,
          end: async () => call('PATCH', `/v1/apps/${app.clientId}`, { as: await operator(), body }),
        };
      },
    },
    {
      name: 'whose app the tenant denies',
      code: 'app_not_allowed',
      begin: async () => {
        const { app, as } = await appOf();
        const body = { decision: 'denied' };
        return {
          as,
          end: async () => call('PUT', `/v1/tenant/apps/${app.clientId}`, { as: await user('acme'), body }),
        };
      },
    },
    {
      name: 'whose consent is withdrawn',
      code: 'consent_withdrawn',
      begin: async () => {
        const { app, as } = await appOf();
        return {
          as,
          end: async () => call('DELETE', `/v1/me/consents/${app.clientId}`, { as: await user('acme') }),
        };
      },
    },
    {
      name: 'who is demoted',
      code: 'insufficient_role',
      begin: () => userTest('PUT', '/roles', { roles: ['member'] }),
    },
    {
      name: 'who is blocked',
      code: 'invalid_token',
      begin: () => userTest('PATCH', '', { blocked: true }),
    },
    { name: 'who is deleted', code: 'invalid_token', begin: () => userTest('DELETE', '') },
  ];

  for (const { name, code, begin } of endings) {
    it(`of a caller ${name} end at once, and say why; others go on`, async () => {
      const { as, of, end } = await begin();
      const [bystander] = await watchAtBoth(path, await apiKey('acme'));
      const streams = await watchAtBoth(of ?? path, as);
      expect((await end()).status).to.be.oneOf([200, 204]);
      const since = performance.now();
      expect(await Promise.all(streams.map(({ ended }) => ended))).to.deep.equal(['whole', 'whole']);
      expect(performance.now() - since).to.be.below(SOON_MS);
      for (const stream of streams) expect(stream.reason()?.code, stream.text()).to.equal(code);
      expect((await call('GET', `${of ?? path}/events`, { as })).body.code).to.equal(code);
      expect(bystander!.reason()).to.equal(undefined);
      bystander!.leave();
    });
  }

  it('go on while nothing changes for their caller, whatever changes for others', async () => {
    const streams = await watchAtBoth(path, await apiKey('acme'));
    const { apis } = await world();
    const ticks = () => Promise.all(apis.map((at) => measureOf('trivium_stream_checks_total', at)));
    const [first, second] = await ticks();
    const { path: other } = await key();
    await call('DELETE', other, { as: await user('acme') });
    await until(async () => {
      const [one, two] = await ticks();
      return one! >= first! + 3 && two! >= second! + 3;
    });
    for (const stream of streams) {
      expect(stream.reason()).to.equal(undefined);
      stream.leave();
    }
  });

  it('end at the second check after the change', async () => {
    const { as, path: own } = await key();
    const [stream] = await watchAtBoth(path, as);
    const ticks = () => measureOf('trivium_stream_checks_total');
    expect((await call('DELETE', own, { as: await user('acme') })).status).to.equal(204);
    const before = await ticks();
    let hasEnded = false;
    void stream!.ended.then(() => (hasEnded = true));
    await until(async () => {
      const checks = (await ticks()) - before;
      // Read a moment later, which may be one more.
      if (!hasEnded) expect(checks).to.be.at.most(3);
      return hasEnded;
    });
  });

  describe('are bounded', () => {
    let at: string;
    let stop: () => Promise<unknown>;
    before(async function () {
      this.timeout(WORLD_MS);
      const { startApi, api } = await world();
      const own = await startApi('api-streams', {
        STREAMS_PER_PRINCIPAL: '2',
        STREAMS_PER_TENANT: '3',
        PUBLIC_URL: api,
      });
      at = own.url;
      stop = () => own.stop();
    });
    after(() => stop());
    afterEach(async () => until(async () => (await openStreams()) === 0));
    const openStreams = () => measureOf('trivium_open_streams', at);
    const events = (as: string) => openStream(`${path}/events`, { as, at });

    it('for each caller, and for its tenant; each place is given back once', async () => {
      const [one, two, three] = await Promise.all([key(), key(), key()]);
      const held = [await events(one.as), await events(one.as)];
      const refused = await call('GET', `${path}/events`, { as: one.as, at, headers: { accept: EVENTS } });
      expect([refused.status, refused.body.code]).to.deep.equal([429, 'too_many_streams']);
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
      // What is no stream needs no place.
      expect((await call('GET', `${path}/rows`, { as: one.as, at })).status).to.equal(200);
      held.push(await events(two.as));
      expect(held.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
      // The tenant has as many as it may have; a neighbour has its own.
      for (const accept of [LINES, 'text/csv'])
        expect((await openStream(`${path}/rows`, { as: three.as, at, accept })).status).to.equal(429);
      const neighbour = await apiKey('globex');
      const audit = await openStream('/v1/tenant/audit-events', { as: neighbour, at, accept: LINES });
      expect(audit.status).to.equal(200);
      expect(await audit.ended).to.equal('whole');
      // A process counts its own; the other one has places left.
      const elsewhere = await openStream(`${path}/events`, { as: one.as });
      expect(elsewhere.status).to.equal(200);
      elsewhere.leave();
      for (const stream of held) stream.leave();
      await until(async () => (await openStreams()) === 0);
      const again = [await events(one.as), await events(one.as)];
      expect(again.map(({ status }) => status)).to.deep.equal([200, 200]);
      expect((await events(one.as)).status).to.equal(429);
      for (const stream of again) stream.leave();
    });

    it('also when many are asked for at once', async () => {
      const { as } = await key();
      const streams = await Promise.all(Array.from({ length: 100 }, () => events(as)));
      expect(streams.filter(({ status }) => status === 200)).to.have.length(2);
      expect(streams.filter(({ status }) => status === 429)).to.have.length(98);
      for (const stream of streams) stream.leave();
    });

    it('and no place is kept by answers that come to nothing, or to nobody', async () => {
      const { as } = await key();
      const unknown = `/v1/user-imports/${randomUUID()}`;
      for (const url of [`${unknown}/events`, `${unknown}/rows`])
        for (let n = 0; n < 3; n += 1)
          expect((await openStream(url, { as, at, accept: `${EVENTS}, ${LINES}` })).status).to.equal(404);
      for (let n = 0; n < 3; n += 1) {
        const head = await call('HEAD', `${path}/events`, { as, at, headers: { accept: EVENTS } });
        expect(head.status).to.equal(200);
      }
      // Two on one connection, of which the second waits behind the first when it is cut.
      const { hostname, port } = new URL(at);
      const socket = connect(Number(port), hostname);
      const ask = `GET ${path}/events HTTP/1.1\r\nHost: x\r\nAuthorization: ${as}\r\nAccept: ${EVENTS}\r\n\r\n`;
      socket.write(ask + ask);
      await once(socket, 'data');
      await until(async () => (await openStreams()) === 2);
      socket.destroy();
      await until(async () => (await openStreams()) === 0);
    });
  });
});
