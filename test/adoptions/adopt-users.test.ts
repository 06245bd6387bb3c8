/** Users who exist at the authority become a tenant's: what is written, who is refused, and what is told of it. */
import { expect } from 'chai';
import { management } from '../support/authority.ts';
import { apiKey, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { adopt, existingUsers, metadataOf, reportOf, SHARED } from '../support/adoptions.ts';
import { until } from '../support/api-keys.ts';
import {
  anOrganization,
  aSharedTenant,
  aTenant,
  newTenantId,
  organizationNamed,
  PASSWORD,
  signIn,
} from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('adopting users', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  it('makes them users of the tenant, and changes nothing else of them', async () => {
    const { id, key } = await aSharedTenant();
    const more = { app_metadata: { plan: 'gold' }, user_metadata: { color: 'red' }, blocked: true };
    const { query, ids } = await existingUsers(3, more);
    const sdk = await management();
    const before = (await sdk.users.get(ids[0]!)) as unknown as Record<string, unknown>;
    const { status, body } = await adopt(id, { query });
    expect(status, JSON.stringify(body)).to.equal(200);
    expect(body).to.include({ tenant_id: id, state: 'ended', dry_run: false, found: 3 });
    expect(body).to.include({ adopted: 3, already: 0, refused: 0 });
    for (const userId of ids)
      expect(await metadataOf(userId)).to.deep.equal({ plan: 'gold', tenant_id: id, roles: [] });
    const { app_metadata: _b, updated_at: _c, ...rest } = before;
    const after = (await sdk.users.get(ids[0]!)) as unknown as Record<string, unknown>;
    expect(after).to.deep.include(rest);
    const shown = await call('GET', `/v1/users/${encodeURIComponent(ids[0]!)}`, { as: key });
    expect([shown.status, shown.body.blocked]).to.deep.equal([200, true]);
  });

  it('lets them sign in to it with the password that they have', async () => {
    const tenant = await aSharedTenant();
    const [email, password] = [`ann@${tenant.id}.example`, PASSWORD];
    const { user_id } = await (await management()).users.create({ connection: SHARED, email, password });
    expect((await adopt(tenant.id, { user_ids: [user_id], roles: ['member'] })).body.adopted).to.equal(1);
    const { body } = await call('GET', '/v1/me', { as: await signIn(tenant, { ...tenant, email }) });
    expect(body).to.deep.include({ tenant_id: tenant.id, user_id, roles: ['member'] });
  });

  it('says in a dry run who would be adopted and who refused, with what it takes, and changes nothing', async () => {
    const { id } = await aSharedTenant();
    const { query, ids } = await existingUsers(3);
    const { query: marked, ids: others } = await existingUsers(1, { app_metadata: { tenant_id: 'globex' } });
    const { control } = await world();
    await control.forgetCalls();
    const { status, body } = await adopt(id, { query: `${query} OR ${marked}` }, '?dry_run=true');
    expect(status, JSON.stringify(body)).to.equal(200);
    expect(body).to.include({ dry_run: true, adopted: 3, refused: 1, expected_calls: 8 });
    expect(body.refusals).to.have.length(1);
    expect(body.refusals[0]).to.include({ code: 'belongs_to_other_tenant', users: 1 });
    const calls = Object.keys(await control.calls()).filter((endpoint) => endpoint.includes('/api/v2/users'));
    expect(calls).to.deep.equal(['GET /api/v2/users']);
    for (const userId of ids) expect(await metadataOf(userId)).to.deep.equal({});
    expect((await reportOf(id, body.id as string)).map(({ user_id }) => user_id)).to.have.members([
      ...ids,
      ...others,
    ]);
  });

  it('never takes a user of another tenant, of another database, without an email, or with roles', async () => {
    const { id } = await aSharedTenant();
    const other = await aTenant();
    const own = (await call('POST', '/v1/users', { as: other.key, body: { email: `x@${id}.example` } })).body;
    const [{ ids: foreign }, { ids: powerful }] = [
      await existingUsers(1, { app_metadata: { tenant_id: 'globex', roles: ['admin'] } }),
      await existingUsers(1, { app_metadata: { roles: ['admin'] } }),
    ];
    const refused = { [foreign[0]!]: 'belongs_to_other_tenant', [powerful[0]!]: 'has_roles' };
    const expected = { ...refused, [own.user_id]: 'belongs_to_other_tenant', 'auth0|nobody': 'unknown_user' };
    const before = await Promise.all(Object.keys(refused).map(metadataOf));
    const { body } = await adopt(id, { user_ids: Object.keys(expected), roles: ['admin'] });
    expect(body).to.include({ adopted: 0, refused: 4 });
    const report = await reportOf(id, body.id as string);
    expect(Object.fromEntries(report.map(({ user_id, code }) => [user_id, code]))).to.deep.equal(expected);
    expect(await Promise.all(Object.keys(refused).map(metadataOf))).to.deep.equal(before);

    const replaced = await adopt(id, { user_ids: powerful, replace_roles: true });
    expect(replaced.body.adopted).to.equal(1);
    expect(await metadataOf(powerful[0]!)).to.deep.equal({ tenant_id: id, roles: [] });
  });

  it('judges by the record, not by the search, which lags behind', async () => {
    const { id } = await aSharedTenant();
    const { query, ids } = await existingUsers(2);
    const { control } = await world();
    const users = ids.map((user_id) => ({
      user_id,
      email: `x@${id}.example`,
      created_at: '2026-01-01T00:00:00.000Z',
      identities: [{ connection: SHARED, provider: 'auth0', user_id: user_id.slice(6), isSocial: false }],
    }));
    const body = { start: 0, limit: 100, length: users.length, total: users.length, users };
    const effect = { kind: 'answer', status: 200, body } as const;
    await control.addFault({ method: 'GET', path: '/api/v2/users', effect });
    await (await management()).users.update(ids[1]!, { app_metadata: { tenant_id: 'globex' } });
    expect((await adopt(id, { query })).body).to.include({ adopted: 1, refused: 1 });
    expect(await metadataOf(ids[1]!)).to.include({ tenant_id: 'globex' });
  });

  it('finds who was adopted before, and leaves the roles that they have by now', async () => {
    const { id } = await aSharedTenant();
    const { query, ids } = await existingUsers(2);
    await adopt(id, { query, roles: ['member'] });
    await (await management()).users.update(ids[0]!, { app_metadata: { roles: ['admin'] } });
    const { body } = await adopt(id, { query });
    expect(body).to.include({ adopted: 0, already: 2 });
    expect(await metadataOf(ids[0]!)).to.deep.equal({ tenant_id: id, roles: ['admin'] });
  });

  it('makes them members where the tenant is an organization, and completes who is not', async () => {
    const { id } = await anOrganization();
    const { query, ids } = await existingUsers(12);
    expect((await adopt(id, { query })).body.adopted).to.equal(12);
    const { id: organization, members } = (await organizationNamed(id))!;
    expect(members).to.include.members(ids);
    const sdk = await management();
    await sdk.organizations.members.delete(organization, { members: [ids[3]!] });
    expect((await adopt(id, { query })).body).to.include({ adopted: 0, already: 12 });
    expect((await organizationNamed(id))!.members).to.include.members(ids);
  });

  it('makes members of an organization that was taken over users of the tenant, guests with their roles', async () => {
    const sdk = await management();
    const organization = (await sdk.organizations.create({ name: newTenantId() })).id!;
    const { ids } = await existingUsers(3);
    await sdk.organizations.members.create(organization, { members: ids });
    const tenant = await anOrganization({ organization });
    const mark = { tenant_id: tenant.id, roles: ['admin'] };
    await sdk.users.update(ids[0]!, { app_metadata: { [organization]: mark } });
    const query = `organization_id:"${organization}"`;
    const { body } = await adopt(tenant.id, { query, roles: ['member'] });
    // The first admin is the tenant's since it was created.
    expect(body).to.include({ adopted: 3, already: 1, refused: 0 });
    expect(await metadataOf(ids[0]!)).to.deep.equal({ tenant_id: tenant.id, roles: ['admin'] });
    expect(await metadataOf(ids[1]!)).to.deep.equal({ tenant_id: tenant.id, roles: ['member'] });
    const path = `/v1/users/${encodeURIComponent(ids[0]!)}`;
    const changed = await call('PATCH', path, { as: tenant.key, body: { name: 'Changed by the tenant' } });
    expect(changed.status, JSON.stringify(changed.body)).to.equal(200);
  });

  it('tells the operator of each adoption, and the tenant of each user if asked to', async () => {
    const tenant = await aSharedTenant();
    const { query, ids } = await existingUsers(2);
    const { query: more } = await existingUsers(1);
    await adopt(tenant.id, { query: more });
    await adopt(tenant.id, { query, user_events: true });
    await adopt(tenant.id, { query, user_events: true });
    const told = async () =>
      (await call('GET', '/v1/tenant/audit-events?type=user.adopted', { as: tenant.key })).body.events as {
        target: string;
        principal: { kind: string };
      }[];
    await until(async () => (await told()).length >= 2);
    expect((await told()).map(({ target }) => target)).to.have.members(ids);
    expect((await told()).map(({ principal }) => principal.kind)).to.deep.equal(['operator', 'operator']);
    const ofAdoptions = await call('GET', '/v1/audit-events?type=tenant.users_adopted', {
      as: await operator(),
    });
    expect((ofAdoptions.body.events as object[]).length).to.be.at.least(3);
  });

  it('ends with max_users, and says where to continue', async () => {
    const { id } = await aSharedTenant();
    const { query, ids } = await existingUsers(5);
    const first = (await adopt(id, { query, max_users: 3 })).body;
    expect(first).to.include({ adopted: 3, state: 'ended' });
    const next = (await adopt(id, { query, created_from: first.continue_from })).body;
    expect((next.adopted as number) + 3).to.equal(5);
    expect(next).to.not.have.property('continue_from');
    for (const userId of ids) expect(await metadataOf(userId)).to.include({ tenant_id: id });
  });

  it('shows a report as CSV', async () => {
    const { id } = await aSharedTenant();
    const { ids } = await existingUsers(1);
    const { body } = await adopt(id, { user_ids: [...ids, 'auth0|nobody'] });
    const path = `/v1/tenants/${id}/user-adoptions/${body.id as string}`;
    const as = await operator();
    const { body: csv } = await call('GET', `${path}/users`, { as, headers: { accept: 'text/csv' } });
    expect(csv).to.equal(
      `user_id,outcome,code,message\r\n${ids[0]},adopted,,\r\n` +
        'auth0|nobody,refused,unknown_user,the authority has no such user\r\n',
    );
    expect((await call('GET', path, { as })).body).to.deep.equal(body);
  });

  it("shows an adoption below its tenant's path only, and to nobody but the operator", async () => {
    const { id } = await aSharedTenant();
    const { ids } = await existingUsers(1);
    const { body } = await adopt(id, { user_ids: ids });
    for (const below of ['', '/users']) {
      const at = (tenant: string) => `/v1/tenants/${tenant}/user-adoptions/${body.id as string}${below}`;
      expect((await call('GET', at('acme'), { as: await operator() })).status).to.equal(404);
      for (const as of [await user('acme'), await apiKey('acme')])
        expect((await call('GET', at(id), { as })).status).to.equal(403);
    }
    for (const as of [await user('acme'), await apiKey('acme')])
      expect(
        (await call('POST', `/v1/tenants/${id}/user-adoptions`, { as, body: { query: '*' } })).status,
      ).to.equal(403);
  });

  it('refuses roles that the tenant may not have, a query that is none, and both or neither', async () => {
    const { id, path } = await aSharedTenant();
    const as = await operator();
    const { headers } = await call('GET', path, { as });
    const changes = { body: { allowed_roles: ['member'] }, headers: { 'if-match': headers.get('etag')! } };
    expect((await call('PATCH', path, { as, ...changes })).status).to.equal(200);
    const { ids } = await existingUsers(1);
    const powerful = await adopt(id, { user_ids: ids, roles: ['admin'] });
    expect([powerful.status, powerful.body.code]).to.deep.equal([422, 'role_not_assignable']);
    expect((await adopt(id, { query: 'email:[' })).body.code).to.equal('invalid_field');
    for (const body of [{}, { query: '*', user_ids: ids }])
      expect((await adopt(id, body)).status).to.equal(422);
    expect(await metadataOf(ids[0]!)).to.deep.equal({});
    expect((await adopt('nobody', { query: '*' })).status).to.equal(404);
  });
});
