import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { components } from '../../src/contract/generated.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import { apiKey, app, demoTenant, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

type Usage = components['schemas']['Usage'];
type Figures = components['schemas']['UsageFigures'];

async function usage(query: Record<string, string> = {}): Promise<Usage> {
  const { status, body } = await call('GET', `/v1/tenant/usage?${new URLSearchParams(query).toString()}`, {
    as: await user('acme'),
  });
  expect(status).to.equal(200);
  return body as Usage;
}
const of = async (client_id: string, query = {}): Promise<Figures> =>
  (await usage({ client_id, ...query })).totals;

describe('usage', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('is what was sent, to the request, over two processes, when they were stopped', async () => {
    const { startApi } = await world();
    const apis = await Promise.all(['api-used-1', 'api-used-2'].map((name) => startApi(name)));
    const key = await newApiKey('acme');
    const paths = ['/v1/tenant', '/v1/users', '/v1/tenant/api-keys', '/v1/tenant?nosuch=1', '/v1/me'];
    const sent = 503;
    const statuses = await Promise.all(
      Array.from({ length: sent }, async (_, i) => {
        const url = apis[i % 2]!.url + paths[i % paths.length]!;
        return (await fetch(url, { headers: { authorization: key.as } })).status;
      }),
    );
    // Nobody's, so on nobody's account.
    await fetch(`${apis[0]!.url}/v1/tenant`);
    for (const api of apis) await api.stop();
    const { requests, refusals, failures, latency } = await of(key.clientId);
    expect(requests).to.equal(sent);
    expect(refusals).to.equal(statuses.filter((status) => status >= 400 && status < 500).length);
    expect(failures).to.equal(0);
    expect(refusals).to.be.above(200);
    expect(latency.max_ms).to.be.at.least(latency.mean_ms!);
    expect(latency.p99_ms).to.be.at.least(latency.p50_ms!);
  });

  it('is that of the last second but one at least, when a process was killed', async () => {
    const { startApi } = await world();
    const api = await startApi('api-used-killed');
    const key = await newApiKey('acme');
    const send = (count: number) =>
      Promise.all(
        Array.from({ length: count }, () =>
          fetch(`${api.url}/v1/tenant`, { headers: { authorization: key.as } }),
        ),
      );
    await send(30);
    await until(async () => (await of(key.clientId)).requests === 30);
    await send(10);
    await api.stop('SIGKILL');
    expect((await of(key.clientId)).requests).to.be.within(30, 40);
  });

  it('has the calls at the authority, and the rows of imports, of whoever asked for them', async () => {
    const { control } = await world();
    const scopes = ['read:users', 'create:users', 'create:user_imports', 'read:user_imports'];
    const key = await newApiKey('acme', { scopes });
    const email = () => `usage-${randomUUID()}@acme.example`;
    const count = async () =>
      Object.entries(await control.calls())
        .filter(([endpoint]) => endpoint.includes('/api/v2/users'))
        .flatMap(([, byStatus]) => Object.values(byStatus))
        .reduce((sum, times) => sum + times, 0);
    const before = await count();
    const { body } = await call('POST', '/v1/users', { as: key.as, body: { email: email() } });
    await call('GET', `/v1/users/${encodeURIComponent(body.user_id as string)}`, { as: key.as });
    await call('POST', '/v1/user-imports', {
      as: key.as,
      body: [{ email: email() }, { email: email() }, { email: body.email as string }, { email: 'none' }],
    });
    await until(async () => {
      const { rows_created, requests, relay_calls } = await of(key.clientId);
      return rows_created === 2 && requests === 3 && relay_calls >= 5;
    });
    // Each is written down by itself.
    await until(async () => (await of(key.clientId)).relay_calls === (await count()) - before);
    expect(await of(key.clientId)).to.include({ rows_created: 2, requests: 3 });
  });

  it('is told of each key, app and single-page app, hour by hour and day by day', async () => {
    const as = await app('acme');
    for (let i = 0; i < 3; i += 1) await call('GET', '/v1/me', { as, api: i % 2 === 0 ? 0 : 1 });
    const { spa_client_id, api_key } = await demoTenant('acme');
    await call('GET', '/v1/me', { as: await apiKey('acme') });
    const kinds = async () =>
      new Map((await usage()).clients.map(({ client_id, kind }) => [client_id, kind]));
    await until(async () => [...(await kinds()).values()].includes('app'));
    await until(async () => (await kinds()).has(api_key.client_id));
    expect((await kinds()).get(spa_client_id)).to.equal('user');
    expect((await kinds()).get(api_key.client_id)).to.equal('tenant');
    for (const interval of ['hour', 'day'] as const) {
      const asked = Date.now();
      const { totals, clients, series, from, before } = await usage({ interval });
      const sum = (all: { figures: Figures }[]) => all.reduce((n, { figures }) => n + figures.requests, 0);
      expect([sum(clients), sum(series)]).to.deep.equal([totals.requests, totals.requests]);
      expect(series).to.have.length(interval === 'hour' ? 24 : 30);
      expect([series[0]!.start, Date.parse(before) > asked]).to.deep.equal([from, true]);
      expect(series.at(-1)!.figures.requests).to.be.above(0);
    }
  });

  it('is that of the times asked for', async () => {
    const old = await usage({ from: '2020-01-01T00:30:00Z', before: '2020-01-01T02:00:00Z' });
    expect(old.series.map(({ start }) => start)).to.deep.equal([
      '2020-01-01T00:00:00.000Z',
      '2020-01-01T01:00:00.000Z',
    ]);
    expect([old.totals.requests, old.clients]).to.deep.equal([0, []]);
    const as = await user('acme');
    for (const query of [
      'from=2020-01-01T00:00:00Z',
      'from=2020-01-02T00:00:00Z&before=2020-01-01T00:00:00Z',
    ]) {
      const { status, body } = await call('GET', `/v1/tenant/usage?${query}`, { as });
      expect([status, body.code]).to.deep.equal([400, 'invalid_parameter']);
    }
  });

  it('is for admins and keys that may, and of their own tenant', async () => {
    const path = '/v1/tenant/usage';
    expect((await call('GET', path, { as: await user('acme', 'member') })).status).to.equal(403);
    expect((await call('GET', path, { as: (await newApiKey('acme')).as })).status).to.equal(403);
    const { as, clientId } = await newApiKey('acme', { scopes: ['read:usage'] });
    expect((await call('GET', path, { as })).status).to.equal(200);
    await until(async () => (await of(clientId)).requests > 0);
    const foreign = await call('GET', `${path}?client_id=${clientId}`, { as: await user('globex') });
    expect(foreign.body.totals.requests).to.equal(0);
  });
});
