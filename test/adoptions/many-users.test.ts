/** Adoptions of more users than a search shows, at the same time as others, and while the tenant is suspended or deleted. */
import { expect } from 'chai';
import { adopt, beginAdoption, endOf, existingUsers, metadataOf, reportOf } from '../support/adoptions.ts';
import { until } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { aSharedTenant, removeTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** One search shows 1,000 (Auth0 docs, "Limitations"). */
const MANY = 1_012;

describe('adopting many users', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  it('adopts all of them, each once, with a read and a write for each and a search for each hundred', async function () {
    this.timeout(WORLD_MS);
    const { id } = await aSharedTenant();
    const { query, ids } = await existingUsers(MANY);
    const { control } = await world();
    await control.forgetCalls();
    const end = await endOf(await beginAdoption(id, { query }));
    expect(end).to.include({ found: MANY, adopted: MANY, already: 0, refused: 0, state: 'ended' });
    const calls = await control.calls();
    const times = (endpoint: string) =>
      Object.values(calls[endpoint] ?? {}).reduce((sum: number, count: number) => sum + count, 0);
    expect([times('GET /api/v2/users/{id}'), times('PATCH /api/v2/users/{id}')]).to.deep.equal([MANY, MANY]);
    // To count them, ten pages of the first thousand, and the page of the next one, which may begin with the last of it.
    expect(times('GET /api/v2/users')).to.equal(12);
    const report = await reportOf(id, end['id'] as string);
    expect(report.map(({ user_id }) => user_id)).to.have.lengthOf(MANY);
    expect(new Set(report.map(({ user_id }) => user_id))).to.deep.equal(new Set(ids));
    const { total } = (
      await (await management()).users.list({ q: `app_metadata.tenant_id:"${id}"`, include_totals: true })
    ).response as unknown as { total: number };
    expect(total).to.equal(MANY + 1);
  });

  it('gives each user to one of two tenants that adopt them at the same time', async () => {
    const tenants = [await aSharedTenant(), await aSharedTenant()];
    const { query, ids } = await existingUsers(60);
    const ends = await Promise.all(tenants.map(async ({ id }) => endOf(await beginAdoption(id, { query }))));
    expect(ends.map(({ state }) => state)).to.deep.equal(['ended', 'ended']);
    expect((ends[0]!['adopted'] as number) + (ends[1]!['adopted'] as number)).to.equal(ids.length);
    const adopted = new Map<string, string>();
    for (const [index, { id }] of tenants.entries())
      for (const { user_id, outcome } of await reportOf(id, ends[index]!['id'] as string))
        if (outcome === 'adopted') adopted.set(user_id, id);
    for (const userId of ids) expect((await metadataOf(userId))['tenant_id']).to.equal(adopted.get(userId));
  });

  it('adopts into a suspended tenant, whose users come in once it is resumed', async () => {
    const { id, path } = await aSharedTenant();
    await call('POST', `${path}/suspend`, { as: await operator() });
    const { ids } = await existingUsers(1);
    expect((await adopt(id, { user_ids: ids })).body.adopted).to.equal(1);
  });

  it('ends when the tenant is deleted meanwhile, and takes back what the deletion may have missed', async function () {
    this.timeout(WORLD_MS);
    const { id } = await aSharedTenant();
    const { query, ids } = await existingUsers(30);
    const { control } = await world();
    // Of the second ten, two are written.
    const fault = await control.addFault({
      method: 'PATCH',
      path: '/api/v2/users/{id}',
      skip: 12,
      effect: { kind: 'answer', status: 503 },
    });
    const job = await beginAdoption(id, { query });
    await until(async () => (await control.faults()).some(({ hits }) => hits > 0));
    expect(fault.hits).to.equal(0);
    await removeTenant(id, 'keep');
    await control.clearFaults();
    expect((await endOf(job))['code']).to.equal('not_found');
    const marked = [];
    for (const userId of ids) if ((await metadataOf(userId))['tenant_id'] === id) marked.push(userId);
    expect(marked, 'those of the first ten').to.have.lengthOf(10);
  });

  it('refuses a query that cannot be divided, because its users were created in the same moment', async () => {
    const { id } = await aSharedTenant();
    const { control } = await world();
    const users = Array.from({ length: 100 }, (_, index) => ({
      user_id: `auth0|same-${index}`,
      created_at: '2026-01-01T00:00:00.000Z',
    }));
    const body = { start: 0, limit: 100, length: 100, total: 2_000, users };
    const effect = { kind: 'answer', status: 200, body } as const;
    await control.addFault({ method: 'GET', path: '/api/v2/users', effect });
    const answer = await adopt(id, { query: '*' }, '?dry_run=true');
    expect([answer.status, answer.body.code]).to.deep.equal([422, 'adoption_query_too_broad']);
  });
});
