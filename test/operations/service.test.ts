import { expect } from 'chai';
import { calculateJwkThumbprint } from 'jose';
import { problems } from '../../src/contract/generated-problems.ts';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('service', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('is alive and ready', async () => {
    expect((await call('GET', '/healthz')).body).to.deep.equal({ status: 'ok' });
    expect((await call('GET', '/readyz')).body).to.deep.equal({
      status: 'ready',
      checks: { redis: 'ok', authority: 'ok', queue: 'ok' },
    });
  });

  it('leads from the root address to the documentation: by redirect for HTML, by links in JSON', async () => {
    for (const accept of ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html']) {
      const { status, headers } = await call('GET', '/', { headers: { accept } });
      expect([status, headers.get('location')], accept).to.deep.equal([302, '/docs']);
    }
    const { api } = await world();
    for (const accept of ['*/*', 'application/json', 'application/json, text/html;q=0.5']) {
      const { status, body } = await call('GET', '/', { headers: { accept } });
      expect([status, body.documentation], accept).to.deep.equal([200, `${api}/docs`]);
      for (const address of Object.values(body as Record<string, string>))
        expect((await fetch(address)).status, address).to.equal(200);
    }
    expect((await call('GET', '/', { headers: { accept: 'image/png' } })).status).to.equal(406);
  });

  it('tells its tenant', async () => {
    const { body } = await call('GET', '/v1/tenant', { as: await apiKey('acme') });
    expect(body).to.include({ id: 'acme', name: 'Acme', status: 'active' });
  });

  it('serves its contract', async () => {
    const { body } = await call('GET', '/openapi.json');
    expect(body.openapi).to.equal('3.1.0');
    expect(Object.keys(body.paths)).to.include('/v1/users');
  });

  it('publishes the keys of principal tokens, and nothing private of them', async () => {
    const { status, headers, body } = await call('GET', '/.well-known/jwks.json');
    expect([status, headers.get('cache-control')]).to.deep.equal([200, 'public, max-age=300']);
    expect(body.keys).to.not.be.empty;
    for (const key of body.keys) {
      expect(key).to.have.all.keys('kty', 'crv', 'x', 'y', 'kid', 'use', 'alg');
      expect(key.kid).to.equal(await calculateJwkThumbprint(key));
    }
  });

  it('explains each error code at the address in `type`', async () => {
    for (const [code, text] of Object.entries(problems)) {
      const { body } = await call('GET', `/problems/${code}`);
      expect(body).to.deep.equal({ code, ...text });
    }
    const { api } = await world();
    const { body } = await call('GET', '/nowhere');
    expect(body.type).to.equal(`${api}/problems/not_found`);
    expect((await call('GET', '/problems/no_such_code')).status).to.equal(404);
  });

  it('shows its documentation with assets of its own only', async () => {
    const page = await call('GET', '/docs');
    expect(page.headers.get('content-type')).to.match(/^text\/html/);
    const addresses = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, address]) => address!,
    );
    expect(addresses).to.have.length(4);
    for (const address of addresses) {
      expect(address).to.match(/^\/docs\//);
      expect((await call('GET', address)).status, address).to.equal(200);
    }
    expect((await call('GET', '/docs/other.js')).status).to.equal(404);
  });
});
