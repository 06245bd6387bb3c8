import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { apiKey } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

const run = randomUUID().slice(0, 8);
const emailOf = (name: string) => `${name}-${run}@acme.example`;

/** Who is found with this query, by the first part of the email, in order of creation. */
async function found(query: Record<string, string>, tenant: 'acme' | 'globex' = 'acme'): Promise<string[]> {
  const names: string[] = [];
  let path: string | undefined = `/v1/users?${new URLSearchParams({ limit: '2', ...query }).toString()}`;
  while (path) {
    const { status, body, headers } = await call('GET', path, { as: await apiKey(tenant) });
    expect(status).to.equal(200);
    for (const { email } of body.users as { email: string }[])
      if (email.includes(run)) names.push(email.split('-')[0]!);
    path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
  }
  return names;
}

describe('search for users', () => {
  let first: string;
  let middle: string;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    const as = await apiKey('acme');
    const make = (name: string, body: object) =>
      call('POST', '/v1/users', { as, body: { email: emailOf(name), ...body } });
    const ada = await make('ada', { name: `Ada ${run}`, roles: ['admin'] });
    const bob = await make('bob', { name: `Bob "B" \\ (${run}) OR *` });
    first = ada.body.created_at;
    middle = bob.body.created_at;
    const eve = await make('eve', { name: `Ada ${run} the second` });
    await call('PATCH', `/v1/users/${encodeURIComponent(eve.body.user_id)}`, { as, body: { blocked: true } });
  });

  it('finds by name, whatever the case, and whatever characters it has', async () => {
    expect(await found({ name: `aDA ${run}` })).to.deep.equal(['ada']);
    expect(await found({ name: `Bob "B" \\ (${run}) OR *` })).to.deep.equal(['bob']);
  });

  it('finds by how a name begins', async () => {
    expect(await found({ name_prefix: `ada ${run}` })).to.deep.equal(['ada', 'eve']);
    expect(await found({ name_prefix: `Bob "B" \\ (${run}) O` })).to.deep.equal(['bob']);
  });

  it('finds by role, by being blocked, and by both', async () => {
    expect(await found({ role: 'admin', name_prefix: `Ada ${run}` })).to.deep.equal(['ada']);
    expect(await found({ blocked: 'true' })).to.deep.equal(['eve']);
    expect(await found({ blocked: 'false', created_from: middle })).to.deep.equal(['bob']);
    expect(await found({ blocked: 'true', role: 'admin' })).to.deep.equal([]);
  });

  it('finds by dates: the first one counts, the last one does not', async () => {
    expect(await found({ created_from: middle })).to.deep.equal(['bob', 'eve']);
    // From a date on, too: before that are all whom other tests made, however many.
    expect(await found({ created_from: first, created_before: middle })).to.deep.equal(['ada']);
    const inOtherZone = new Date(Date.parse(middle) + 3_600_000).toISOString().replace('Z', '+01:00');
    expect(await found({ created_from: inOtherZone, blocked: 'false' })).to.deep.equal(['bob']);
    expect(await found({ last_login_from: '2000-01-01T00:00:00Z', name_prefix: `Ada ${run}` })).to.deep.equal(
      [],
    );
  });

  it('applies the other filters to an email too', async () => {
    expect(await found({ email: emailOf('eve') })).to.deep.equal(['eve']);
    expect(await found({ email: emailOf('eve'), blocked: 'true', created_from: middle })).to.deep.equal([
      'eve',
    ]);
    expect(await found({ email: emailOf('eve'), blocked: 'false' })).to.deep.equal([]);
    expect(await found({ email: emailOf('eve'), created_before: middle })).to.deep.equal([]);
    expect(await found({ email: emailOf('eve'), name_prefix: 'Bob' })).to.deep.equal([]);
    expect(await found({ email: emailOf('eve'), role: 'admin' })).to.deep.equal([]);
  });

  for (const text of [
    '* OR app_metadata.tenant_id:acme',
    '") OR (*',
    '\\") OR app_metadata.tenant_id:"acme',
    'x" OR app_metadata.tenant_id:"acme',
    '*',
    '?',
    '_exists_:email',
  ]) {
    it(`takes Lucene for text: ${text}`, async () => {
      for (const filter of ['name', 'name_prefix'])
        expect(await found({ [filter]: text }, 'globex')).to.deep.equal([]);
      expect(await found({ name: text })).to.deep.equal([]);
    });
  }

  for (const query of ['role=a b', 'role=*', 'created_from=yesterday', 'blocked=perhaps', 'q=email:*']) {
    it(`refuses ?${query}`, async () => {
      const { status, body } = await call('GET', `/v1/users?${query}`, { as: await apiKey('acme') });
      expect([status, body.code]).to.deep.equal([400, 'invalid_parameter']);
    });
  }
});
