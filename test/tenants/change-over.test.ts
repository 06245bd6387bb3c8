/** Tenants that exist change over to the shared web app and to an organization: who comes in when, and what is there in the end. */
import { expect } from 'chai';
import { settingsUserId } from '../../workers/relay/tenant-settings.ts';
import { until } from '../support/api-keys.ts';
import { letIn, registerApp } from '../support/apps.ts';
import { management } from '../support/authority.ts';
import { operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { signed } from '../support/signed-tokens.ts';
import {
  adminOf,
  anOrganization,
  aSharedTenant,
  aTenant,
  leftAtAuthority,
  openForLong,
  PASSWORD,
  removeTenant,
  setChangeOver,
  signIn,
  type MadeTenant,
} from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const start = async ({ path }: MadeTenant, body: object, query = '') =>
  call('POST', `${path}/change-over${query}`, { as: await operator(), body });
const finishNow = async ({ path }: MadeTenant) =>
  call('POST', `${path}/change-over/finish`, { as: await operator() });
const finish = async (tenant: MadeTenant) => {
  await openForLong(tenant.id);
  return finishNow(tenant);
};
const shown = async ({ path }: MadeTenant) => (await call('GET', path, { as: await operator() })).body;
const codeOf = async (as: string, api: 0 | 1 = 0) => {
  const { status, body } = await call('GET', '/v1/me', { as, api });
  return status === 200 ? (body.tenant_id as string) : (body.code as string);
};
/** Who finished it, as told wherever the operator can read. */
const endsTold = async ({ id }: MadeTenant) => {
  const path = `/v1/audit-events?type=tenant.change_over_finished&target=${id}`;
  const { body } = await call('GET', path, { as: await operator() });
  const found = body.events as { tenant_id?: string; principal: { kind: string }; address?: string }[];
  for (const one of found) expect([one.tenant_id, one.address]).to.deep.equal([id, undefined]);
  return found.map(({ principal }) => principal.kind);
};
const byShared = async ({ id, adminId }: MadeTenant) =>
  signed({ tenantId: id, clientId: (await world()).webApp.client_id, userId: adminId });
const byOwn = ({ id, clientId, adminId }: MadeTenant) => signed({ tenantId: id, clientId, userId: adminId });
const membersOf = async (organization: string) => {
  const { data } = await (await management()).organizations.members.list(organization, { take: 100 });
  return data.map(({ user_id }) => user_id!);
};
async function users(tenant: MadeTenant, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const body = { email: `user-${index}@${tenant.id}.example` };
    ids.push((await call('POST', '/v1/users', { as: tenant.key, body })).body.user_id as string);
  }
  return ids;
}

describe('a tenant with a web app of its own', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  it('shows in a dry run what sharing one would mean, and stays as it is', async () => {
    const tenant = await aTenant();
    const before = await shown(tenant);
    const { status, body } = await start(tenant, { web_app: 'shared' }, '?dry_run=true');
    expect(status).to.equal(200);
    expect(body).to.include({
      state: 'previewed',
      users: 1,
      new_members: 0,
      deleted_web_apps: 1,
      expected_minutes: 0,
    });
    expect(await shown(tenant)).to.deep.equal(before);
    expect(await codeOf(await byShared(tenant))).to.equal('invalid_token');
    expect((await finish(tenant)).body.code).to.equal('change_over_not_open');
  });

  for (const database of ['own', 'shared'])
    it(`shares one: both are accepted, then the shared one only (database: ${database})`, async () => {
      const tenant = await aTenant({ database });
      await adminOf(tenant);
      const opened = await start(tenant, { web_app: 'shared', ends_at: '2999-01-01T01:00:00+01:00' });
      expect([opened.status, opened.body.state, opened.body.ends_at]).to.deep.equal([
        200,
        'open',
        '2999-01-01T00:00:00.000Z',
      ]);
      for (const token of [await byOwn(tenant), await byShared(tenant)])
        await until(
          async () => (await codeOf(token, 0)) === tenant.id && (await codeOf(token, 1)) === tenant.id,
        );
      // For real, too: the shared app's client is enabled at the tenant's database.
      const { webApp } = await world();
      const through = { ...tenant, clientId: webApp.client_id, redirectUri: webApp.redirect_uri };
      expect(await codeOf(await signIn(through))).to.equal(tenant.id);
      expect((await shown(tenant)).web_app.kind).to.equal('own');
      expect((await start(tenant, { web_app: 'shared' })).body.state).to.equal('open');
      expect((await finish(tenant)).status).to.equal(204);
      const after = await shown(tenant);
      expect(after.web_app).to.deep.equal({ kind: 'shared' });
      expect(after).to.not.have.property('change_over');
      for (const api of [0, 1] as const) {
        await until(async () => (await codeOf(await byOwn(tenant), api)) === 'invalid_token');
        expect(await codeOf(await byShared(tenant), api)).to.equal(tenant.id);
      }
      expect(await codeOf(tenant.key)).to.equal(tenant.id);
      expect(await leftAtAuthority(tenant.id)).to.include({ clients: 1, users: 1 });
      const kept = await (await management()).users.get(settingsUserId(tenant.id));
      expect(kept.app_metadata?.['trivium_tenant']).to.include({
        tenant_id: tenant.id,
        tenant_status: 'active',
      });
      const again = await start(tenant, { web_app: 'shared' });
      expect([again.status, again.body.code]).to.deep.equal([409, 'change_over_not_possible']);
      expect((await finish(tenant)).body.code).to.equal('change_over_not_open');
    });

  it('lets its users sign in to the organization that it becomes, also after its addresses change', async () => {
    const tenant = await aTenant();
    await adminOf(tenant);
    const { clients } = await management();
    const usage = async () => (await clients.get(tenant.clientId)).organization_usage;
    expect(await usage()).to.not.equal('allow');
    const { body } = await start(tenant, { organization: 'new' });
    expect([body.state, await usage()]).to.deep.equal(['open', 'allow']);
    const through = { ...tenant, organization: body.organization as string };
    expect(await codeOf(await signIn(through))).to.equal(tenant.id);
    expect((await finish(tenant)).status).to.equal(204);
    const web_app = { origins: ['https://moved.example'], callback_urls: [tenant.redirectUri] };
    const moved = await call('PUT', `${tenant.path}/web-app`, { as: await operator(), body: web_app });
    expect([moved.status, await usage()]).to.deep.equal([200, 'allow']);
    expect(await codeOf(await signIn(through))).to.equal(tenant.id);
  });

  it('ends it by its time', async () => {
    const tenant = await aTenant();
    expect((await start(tenant, { web_app: 'shared', ends_at: '2999-01-01T00:00:00Z' })).status).to.equal(
      200,
    );
    await setChangeOver(tenant.id, { ends_at: '2020-01-01T00:00:00.000Z' });
    const worker = await (await world()).startWorker('worker-of-change-overs', { UPKEEP_SECONDS: '1' });
    try {
      await until(async () => (await shown(tenant)).change_over === undefined);
      expect((await shown(tenant)).web_app).to.deep.equal({ kind: 'shared' });
      await until(async () => (await endsTold(tenant)).length > 0);
      expect(await endsTold(tenant)).to.deep.equal(['system']);
    } finally {
      await worker.stop();
    }
  }).timeout(WORLD_MS);

  it('is not given an end that has passed, which would be at once and for good', async () => {
    const tenant = await aTenant();
    // The API's clock is an estimate of Redis' clock.
    const justPassed = new Date(Date.now() - 60_000).toISOString();
    for (const ends_at of ['2020-01-01T00:00:00Z', '1970-01-01T00:00:00+00:00', justPassed])
      for (const query of ['', '?dry_run=true']) {
        const { status, body } = await start(tenant, { web_app: 'shared', ends_at }, query);
        const told = [status, body.code, body.errors?.[0].pointer, body.errors?.[0].code];
        expect(told).to.deep.equal([422, 'invalid_body', '/ends_at', 'not_in_future']);
      }
    expect(await shown(tenant)).to.not.have.property('change_over');
  });

  it('tells its end once, in its own log, with who asked for it', async () => {
    const tenant = await aTenant();
    await start(tenant, { web_app: 'shared' });
    expect((await finish(tenant)).status).to.equal(204);
    await until(async () => (await endsTold(tenant)).length > 0);
    expect(await endsTold(tenant)).to.deep.equal(['operator']);
  });

  it('stays as it was when the authority refuses', async () => {
    const tenant = await aTenant();
    const before = await shown(tenant);
    const effect = { kind: 'answer', status: 400 } as const;
    const { control } = await world();
    await control.addFault({ method: 'PATCH', path: '/api/v2/connections/{id}/clients', times: 1, effect });
    expect((await start(tenant, { web_app: 'shared' })).status).to.equal(422);
    expect(await shown(tenant)).to.deep.equal(before);
    expect((await start(tenant, { web_app: 'shared' })).status).to.equal(200);
  });

  it('leaves no settings behind when it is deleted in the middle of the end', async () => {
    const tenant = await aTenant();
    const { control } = await world();
    expect((await start(tenant, { web_app: 'shared' })).body.state).to.equal('open');
    const effect = { kind: 'answer', status: 403 } as const;
    await control.addFault({ method: 'DELETE', path: '/api/v2/clients/{id}', times: 1, effect });
    expect((await finish(tenant)).status).to.be.at.least(400);
    const sdk = await management();
    const isKept = () =>
      sdk.users.get(settingsUserId(tenant.id)).then(
        () => true,
        () => false,
      );
    expect([(await shown(tenant)).change_over.state, await isKept()]).to.deep.equal(['finishing', true]);
    await removeTenant(tenant.id, 'delete');
    expect(await isKept()).to.equal(false);
  });

  it('is not moved to another database', async () => {
    const tenant = await aTenant();
    const { status, body } = await start(tenant, { database: 'shared', web_app: 'shared' });
    expect([status, body.code, body.errors[0].pointer]).to.deep.equal([
      409,
      'change_over_not_possible',
      '/database',
    ]);
  });

  it('is deleted in the middle as any other', async () => {
    const tenant = await aTenant();
    await start(tenant, { web_app: 'shared', organization: 'new' });
    await removeTenant(tenant.id, 'delete');
    expect(await leftAtAuthority(tenant.id)).to.deep.equal({ clients: 0, connections: 0, users: 0 });
  });
});

describe('a tenant without an organization', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  it('becomes one, with all its users as members and nobody else', async () => {
    const [tenant, other] = [await aSharedTenant(), await aSharedTenant()];
    const ids = [tenant.adminId, ...(await users(tenant, 12))];
    await users(other, 1);
    const dry = await start(tenant, { organization: 'new' }, '?dry_run=true');
    expect(dry.body).to.include({
      organization: 'new',
      users: 13,
      new_members: 13,
      expected_minutes: 1,
      deleted_web_apps: 0,
    });
    const { body } = await start(tenant, { organization: 'new' });
    expect(body).to.include({ state: 'open' });
    expect(body.organization).to.match(/^org_/);
    const found = await (await management()).organizations.get(body.organization as string);
    expect(found.metadata).to.include({ tenant_id: tenant.id });
    expect((await membersOf(body.organization as string)).sort()).to.deep.equal(ids.sort());
    expect((await shown(tenant)).organization).to.equal(body.organization);
    // Who was created last may not be found yet.
    expect((await finishNow(tenant)).body.code).to.equal('change_over_not_open');
    expect((await shown(tenant)).change_over.state).to.equal('open');
    expect((await finish(tenant)).status).to.equal(204);
    expect(await shown(tenant))
      .to.include({ organization: body.organization })
      .and.not.have.property('change_over');
  });

  it('becomes one with a web app of its own, by which its users sign in to it then', async () => {
    const tenant = await aTenant();
    await adminOf(tenant);
    const { organization } = (await start(tenant, { organization: 'new' })).body as { organization: string };
    expect(await codeOf(await signIn(tenant))).to.equal(tenant.id);
    expect(await codeOf(await signIn({ ...tenant, organization }))).to.equal(tenant.id);
    expect((await finish(tenant)).status).to.equal(204);
    expect(await codeOf(await signIn({ ...tenant, organization }))).to.equal(tenant.id);
    expect(await codeOf(await signIn(tenant))).to.equal('invalid_token');
  });

  it('takes over one that exists, and keeps its metadata', async () => {
    const tenant = await aSharedTenant();
    const sdk = await management();
    const { id } = await sdk.organizations.create({ name: `taken-${tenant.id}`, metadata: { crm: '7' } });
    expect((await start(tenant, { organization: id })).body).to.include({ state: 'open', organization: id });
    expect((await sdk.organizations.get(id!)).metadata).to.include({ crm: '7', tenant_id: tenant.id });
    expect(await membersOf(id!)).to.deep.equal([tenant.adminId]);
    const other = await aSharedTenant();
    // One by the registry; one by its mark alone, as that of a tenant which the registry has lost.
    await sdk.organizations.update(id!, { metadata: { crm: '7' } });
    const marked = await sdk.organizations.create({ name: `m-${other.id}`, metadata: { tenant_id: 'lost' } });
    for (const query of ['', '?dry_run=true'])
      for (const organization of [id, marked.id]) {
        const refused = await start(other, { organization }, query);
        expect([refused.status, refused.body.code]).to.deep.equal([409, 'organization_owned']);
      }
    expect(await shown(other)).to.not.have.property('change_over');
  });

  it('is refused an unknown one, and a new one whose name is taken', async () => {
    const tenant = await aSharedTenant();
    const sdk = await management();
    const { id } = await sdk.organizations.create({ name: tenant.id, metadata: { crm: '7' } });
    for (const query of ['', '?dry_run=true'])
      for (const [organization, status, code] of [
        ['org_nobodyHasThis00', 422, 'unknown_organization'],
        ['new', 409, 'organization_exists'],
      ]) {
        const refused = await start(tenant, { organization }, query);
        expect([refused.status, refused.body.code]).to.deep.equal([status, code]);
      }
    expect((await sdk.organizations.get(id!)).metadata).to.deep.equal({ crm: '7' });
    expect(await shown(tenant)).to.not.have.property('change_over');
  });

  it('leaves no organization behind when its members are refused for good', async () => {
    const tenant = await aSharedTenant();
    const { control } = await world();
    const path = '/api/v2/organizations/{id}/members';
    await control.addFault({ method: 'POST', path, effect: { kind: 'answer', status: 400 } });
    expect((await start(tenant, { organization: 'new' })).status).to.equal(422);
    await control.clearFaults();
    const gone = await (
      await management()
    ).organizations
      .getByName(tenant.id)
      .catch((error: unknown) => (error as { statusCode: number }).statusCode);
    expect(gone).to.equal(404);
    expect(await shown(tenant)).to.not.have.property('change_over');
    expect((await start(tenant, { organization: 'new' })).body.state).to.equal('open');
  });

  it('goes on after members of one that stays were refused for good, and is deleted without a trace of it', async () => {
    const { control } = await world();
    const sdk = await management();
    for (const isDeleted of [false, true]) {
      const tenant = await aSharedTenant();
      await users(tenant, 11);
      const { id } = await sdk.organizations.create({ name: `late-${tenant.id}`, metadata: { crm: '7' } });
      const path = '/api/v2/organizations/{id}/members';
      await control.addFault({ method: 'POST', path, skip: 1, effect: { kind: 'answer', status: 400 } });
      expect((await start(tenant, { organization: id })).status).to.equal(422);
      await control.clearFaults();
      expect((await membersOf(id!)).length).to.equal(10);
      expect((await shown(tenant)).change_over).to.include({ state: 'preparing', organization: id });
      expect((await sdk.organizations.get(id!)).metadata).to.include({ tenant_id: tenant.id });
      expect((await start(tenant, { organization: 'new' })).body.code).to.equal('change_over_under_way');
      if (isDeleted) await removeTenant(tenant.id, 'delete');
      else expect((await start(tenant, { organization: id })).body.state).to.equal('open');
      expect((await membersOf(id!)).length).to.equal(isDeleted ? 0 : 12);
      if (isDeleted) expect((await sdk.organizations.get(id!)).metadata).to.deep.equal({ crm: '7' });
    }
  });

  describe('while it becomes one', () => {
    const consentsOf = async (as: string) =>
      ((await call('GET', '/v1/me/consents', { as })).body.consents as { client_id: string }[]).map(
        ({ client_id }) => client_id,
      );

    for (const web_app of ['shared', 'own'])
      it(`lets its users in with it and without, and then with it only, at every process (web app: ${web_app})`, async () => {
        const tenant = await (web_app === 'own' ? aTenant() : aSharedTenant());
        const other = await anOrganization();
        const without = await adminOf(tenant);
        const { body } = await start(tenant, { organization: 'new' });
        const within = await signIn({ ...tenant, organization: body.organization as string });
        const foreign = await signed({
          tenantId: tenant.id,
          clientId: tenant.clientId,
          userId: tenant.adminId,
          organization: other.organization!,
        });
        for (const api of [0, 1] as const) {
          for (const token of [within, without, await signIn(tenant)])
            await until(async () => (await codeOf(token, api)) === tenant.id);
          expect(await codeOf(foreign, api)).to.equal('invalid_token');
        }
        expect((await finish(tenant)).status).to.equal(204);
        for (const api of [0, 1] as const) {
          await until(async () => (await codeOf(without, api)) === 'invalid_token');
          expect(await codeOf(await signIn(tenant), api)).to.equal('invalid_token');
          expect(await codeOf(within, api)).to.equal(tenant.id);
          expect(await codeOf(tenant.key, api)).to.equal(tenant.id);
        }
      });

    /** A user's consents to an app: before the organization, and in it. */
    async function withConsents() {
      const tenant = await aSharedTenant();
      const as = await adminOf(tenant);
      const app = await registerApp();
      const person = { email: tenant.email, password: PASSWORD };
      const before = await letIn(app, 'acme', { person, organization: undefined });
      const { body } = await start(tenant, { organization: 'new' });
      const organization = body.organization as string;
      const within = await letIn(app, 'acme', { person, organization });
      for (const api of [0, 1] as const)
        for (const token of [before, within])
          await until(async () => (await codeOf(token.as, api)) === tenant.id);
      return { tenant, as, app, person, organization, before, within };
    }

    it('lists and withdraws what its users allowed an app with it and without', async () => {
      const { tenant, as, app, person, organization, before, within } = await withConsents();
      const inside = await signIn({ ...tenant, organization });
      for (const user of [as, inside]) expect(await consentsOf(user)).to.include(app.clientId);
      const withdrawn = await call('DELETE', `/v1/me/consents/${app.clientId}`, { as: inside });
      expect(withdrawn.status).to.equal(204);
      for (const api of [0, 1] as const)
        for (const token of [before, within])
          await until(async () => (await codeOf(token.as, api)) === 'consent_withdrawn');
      for (const user of [as, inside]) expect(await consentsOf(user)).to.not.include(app.clientId);
      const grants = await (await management()).userGrants.list({ user_id: tenant.adminId });
      expect(grants.data.filter(({ clientID }) => clientID === app.clientId)).to.deep.equal([]);
      // A new consent counts again, either way.
      for (const where of [undefined, organization])
        await until(
          async () =>
            (await codeOf((await letIn(app, 'acme', { person, organization: where })).as)) === tenant.id,
        );
    });

    it('refuses an app that was allowed without it once that is over', async () => {
      const { tenant, app, organization, before, within } = await withConsents();
      expect((await finish(tenant)).status).to.equal(204);
      for (const api of [0, 1] as const) {
        await until(async () => (await codeOf(before.as, api)) === 'invalid_token');
        expect(await codeOf(within.as, api)).to.equal(tenant.id);
      }
      const as = await signIn({ ...tenant, organization });
      expect((await consentsOf(as)).filter((id) => id === app.clientId)).to.have.length(1);
      expect((await call('DELETE', `/v1/me/consents/${app.clientId}`, { as })).status).to.equal(204);
      for (const api of [0, 1] as const)
        await until(async () => (await codeOf(within.as, api)) === 'consent_withdrawn');
    });
  });
});
