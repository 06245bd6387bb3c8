/** Operators see who was refused, and why, which the callers are not told. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { newApiKey, until } from '../support/api-keys.ts';
import { apiKey, app, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

const PATH = '/v1/operator/refusals';

interface Shown {
  request_id: string;
  [name: string]: unknown;
}

describe('refusals', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  const listed = async (query = '') =>
    (await call('GET', `${PATH}?limit=100${query}`, { as: await operator() })).body.refusals as Shown[];

  /** @returns its entry, which is about a second behind */
  async function shownOf(id: string): Promise<Shown> {
    let found: Shown | undefined;
    await until(
      async () => (found = (await listed()).find(({ request_id }) => request_id === id)) !== undefined,
    );
    return found!;
  }

  it('say which key lacks which scope, at any process', async () => {
    const { as, clientId } = await newApiKey('acme', { scopes: ['read:tenant'] });
    const id = randomUUID();
    const { status } = await call('GET', '/v1/users', { as, api: 1, headers: { 'x-request-id': id } });
    expect(status).to.equal(403);
    const { time, ...rest } = await shownOf(id);
    expect(rest).to.deep.equal({
      request_id: id,
      operation: 'listUsers',
      status: 403,
      code: 'insufficient_scope',
      reason: 'it needs read:users',
      caller: 'tenant',
      tenant_id: 'acme',
      client_id: clientId,
      count: 1,
    });
    expect(Date.parse(time as string)).to.be.above(0);
  });

  it('say of whom nothing is known why the credential was refused', async () => {
    const { operator: client } = await world();
    const as = `Basic ${Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64')}`;
    const id = randomUUID();
    await call('GET', '/v1/tenant', { as, headers: { 'x-request-id': id } });
    const shown = await shownOf(id);
    expect(shown).to.include({ status: 401, code: 'invalid_api_key' }).and.to.not.have.property('caller');
    expect(shown['reason']).to.be.a('string');
    expect(JSON.stringify(shown)).to.not.include(client.client_secret);
  });

  it('are found by tenant and code, and read page by page', async () => {
    const id = randomUUID();
    const as = await operator();
    const headers = { 'x-request-id': id };
    await call('GET', `/v1/users/auth0%7C${id}`, { as: await apiKey('globex'), headers });
    await call('GET', '/v1/tenants/nobody', { as });
    await shownOf(id);
    const own = await listed('&tenant_id=globex&code=not_found');
    expect(own.length).to.be.above(0);
    for (const one of own) expect(one).to.include({ tenant_id: 'globex', code: 'not_found' });
    const first = await call('GET', `${PATH}?limit=1`, { as });
    const cursor = first.body.next_cursor as string;
    const second = await call('GET', `${PATH}?limit=1&cursor=${cursor}`, { as });
    expect(second.body.refusals[0].request_id).to.not.equal(first.body.refusals[0].request_id);
    const other = await call('GET', `${PATH}?tenant_id=acme&cursor=${cursor}`, { as });
    expect([other.status, other.body.code]).to.deep.equal([400, 'invalid_cursor']);
  });

  it('are for operators only', async () => {
    for (const as of [user('acme'), apiKey('acme'), app('acme')]) {
      const { status, body } = await call('GET', PATH, { as: await as });
      expect([status, body.code]).to.deep.equal([403, 'caller_not_allowed']);
    }
  });
});
