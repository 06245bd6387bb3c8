/** Tenants that are organizations at the authority: made, taken over, refused, undone, deleted. */
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { management } from '../support/authority.ts';
import { operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import {
  aSharedTenant,
  aTenant,
  createTenant,
  leftAtAuthority,
  newTenantId,
  removeTenant,
  tenantToMake,
} from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const nothing = { clients: 0, connections: 0, users: 0 };
const toMake = (organization: string, more: object = {}) => ({
  ...tenantToMake(),
  database: 'shared',
  web_app: undefined,
  organization,
  ...more,
});

const byId = async (id: string) => (await management()).organizations.get(id).catch(() => undefined);
const byName = async (name: string) =>
  (await management()).organizations.getByName(name).catch(() => undefined);
const organizationOf = async (id: string) =>
  (await call('GET', `/v1/tenants/${id}`, { as: await operator() })).body.organization as string;
async function membersOf(id: string): Promise<(string | undefined)[]> {
  const { data } = await (await management()).organizations.members.list(id);
  return data.map(({ user_id }) => user_id);
}
async function anOrganization(metadata: Record<string, string> = {}): Promise<string> {
  const name = `o-${randomBytes(6).toString('hex')}`;
  return (await (await management()).organizations.create({ name, metadata })).id!;
}
/** At home nowhere or in a tenant, and a member of these. */
async function aPerson(
  app_metadata: Record<string, unknown>,
  organizations: string[],
  connection = 'users',
): Promise<string> {
  const sdk = await management();
  const email = `p-${randomBytes(6).toString('hex')}@x.example`;
  const password = 'A-good-Passw0rd1';
  const { user_id } = await sdk.users.create({ connection, email, password, app_metadata });
  for (const one of organizations) await sdk.organizations.members.create(one, { members: [user_id!] });
  return user_id!;
}
const markOf = async (userId: string) => (await (await management()).users.get(userId)).app_metadata ?? {};

describe('tenants that are organizations', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  it('have one made: with their connection, open to third-party apps, their admin a member', async () => {
    for (const more of [{}, { web_app: tenantToMake().web_app }, { database: 'own' }]) {
      const body = toMake('new', more);
      const made = await createTenant(body);
      expect(made.status, JSON.stringify(made.body)).to.equal(201);
      const { organization } = made.body.tenant;
      const found = (await byName(body.id))!;
      expect(found).to.deep.include({ id: organization, third_party_client_access: 'allow' });
      expect(found.metadata).to.include({ tenant_id: body.id });
      expect(await membersOf(organization)).to.deep.equal([made.body.admin.user_id]);
      const sdk = await management();
      const { data } = await sdk.organizations.enabledConnections.list(organization);
      expect(data.map(({ connection }) => connection?.name)).to.deep.equal([made.body.tenant.connection]);
      const { web_app } = made.body.tenant;
      if (web_app.kind === 'own')
        expect(await sdk.clients.get(web_app.client_id)).to.include({ organization_usage: 'allow' });
    }
  });

  it('cost two calls more that write, and no connection', async () => {
    const { control } = await world();
    await control.forgetCalls();
    const tenant = await aSharedTenant({ organization: 'new' });
    const calls = Object.entries(await control.calls());
    const made = calls.filter(([endpoint]) => /^POST \/api\/v2|\/connections|\/organizations/.test(endpoint));
    expect(Object.fromEntries(made)).to.deep.equal({
      'GET /api/v2/connections': { 200: 1 },
      'GET /api/v2/organizations/name/{name}': { 404: 1 },
      'POST /api/v2/organizations': { 201: 1 },
      'POST /api/v2/organizations/{id}/members': { 204: 1 },
      'POST /api/v2/users': { 201: 2 },
      'POST /api/v2/clients': { 201: 1 },
      'POST /api/v2/client-grants': { 201: 1 },
      'POST /api/v2/tickets/password-change': { 201: 1 },
    });
    expect(await leftAtAuthority(tenant.id)).to.deep.equal({ ...nothing, clients: 1, users: 1 });
  });

  it('take one over that is there, and give it back as it was', async () => {
    const organization = await anOrganization({ plan: 'gold' });
    const body = toMake(organization);
    expect((await createTenant(body)).body.tenant.organization).to.equal(organization);
    const found = (await byId(organization))!;
    expect(found.third_party_client_access).to.equal('allow');
    expect(found.metadata).to.include({ plan: 'gold', tenant_id: body.id });
    expect(await membersOf(organization)).to.have.length(1);
    expect(await removeTenant(body.id, 'delete')).to.include({ organizations: 0, users: 1 });
    expect((await byId(organization))!.metadata).to.deep.equal({ plan: 'gold' });
    expect(await membersOf(organization)).to.deep.equal([]);
    expect((await createTenant(toMake(organization))).status).to.equal(201);
  });

  const refusals: [what: string, organization: () => Promise<string>, status: number, code: string][] = [
    ['unknown', () => Promise.resolve('org_nobodyhasthis0'), 422, 'unknown_organization'],
    ["another tenant's by its metadata", () => anOrganization({ tenant_id: 'x' }), 409, 'organization_owned'],
    ["another tenant's in the registry only", () => anothers(), 409, 'organization_owned'],
  ];
  for (const [what, organization, status, code] of refusals)
    it(`may not take one over that is ${what}`, async () => {
      const wanted = await organization();
      const before = await byId(wanted);
      const body = toMake(wanted);
      const answer = await createTenant(body);
      expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
      expect(await leftAtAuthority(body.id)).to.deep.equal(nothing);
      expect(await byId(wanted)).to.deep.equal(before);
    });
  async function anothers(): Promise<string> {
    const { id } = await aSharedTenant({ organization: 'new' });
    const organization = await organizationOf(id);
    await (await management()).organizations.update(organization, { metadata: {} });
    return organization;
  }

  it('are not made where somebody else has an organization of that name, which stays', async () => {
    const id = newTenantId();
    await (await management()).organizations.create({ name: id });
    const answer = await createTenant(toMake('new', { id }));
    expect([answer.status, answer.body.code]).to.deep.equal([409, 'organization_exists']);
    expect(await byName(id)).to.not.equal(undefined);
    expect(await leftAtAuthority(id)).to.deep.equal(nothing);
  });

  const calls = [
    { method: 'POST', path: '/api/v2/organizations' },
    { method: 'POST', path: '/api/v2/organizations/{id}/members' },
    { method: 'PATCH', path: '/api/v2/organizations/{id}', existing: true },
    { method: 'POST', path: '/api/v2/organizations/{id}/enabled_connections', existing: true },
    { method: 'GET', path: '/api/v2/organizations/name/{name}', isRead: true },
    { method: 'GET', path: '/api/v2/organizations/{id}', existing: true, isRead: true },
  ];
  for (const { method, path, existing, isRead } of calls)
    for (const when of ['before', 'after'] as const) {
      const where = { method, path, times: 1 };
      const subject = async () => toMake(existing ? await anOrganization({ plan: 'gold' }) : 'new');

      it(`are made once though ${method} ${path} fails for a while ${when} it is done`, async () => {
        const { control } = await world();
        const body = await subject();
        await control.addFault({ ...where, effect: { kind: 'answer', status: 503, when } });
        const made = await createTenant(body);
        expect(made.status, JSON.stringify(made.body)).to.equal(201);
        expect((await control.faults()).map(({ hits }) => hits)).to.deep.equal([1]);
        expect(await membersOf(made.body.tenant.organization)).to.deep.equal([made.body.admin.user_id]);
      });

      // A look-up that is refused as malformed says that there is none.
      if (!isRead)
        it(`leave nothing when ${method} ${path} is refused for good ${when} it is done`, async () => {
          const { control } = await world();
          const body = await subject();
          await control.addFault({ ...where, effect: { kind: 'answer', status: 400, when } });
          expect((await createTenant(body)).status).to.equal(422);
          await control.clearFaults();
          expect(await leftAtAuthority(body.id)).to.deep.equal(nothing);
          expect(await byName(body.id)).to.equal(undefined);
          if (existing) expect((await byId(body.organization))!.metadata).to.deep.equal({ plan: 'gold' });
          expect((await createTenant(body)).status).to.equal(201);
        });
    }

  it('go with their organization, and leave the people who belong elsewhere, too', async () => {
    const tenant = await aSharedTenant({ organization: 'new' });
    const [organization, elsewhere] = [await organizationOf(tenant.id), await anOrganization()];
    const marked = { tenant_id: tenant.id, roles: ['member'] };
    const home = await aPerson(marked, [organization]);
    const shared = await aPerson(marked, [organization, elsewhere]);
    const guest = await aPerson(
      { tenant_id: 'other', roles: ['admin'], [organization]: { roles: ['member'] } },
      [organization],
    );
    expect(await removeTenant(tenant.id, 'delete')).to.include({ users: 4, organizations: 1 });
    expect(await byId(organization)).to.equal(undefined);
    const gone = (await management()).users.get(home);
    expect(await gone.catch(String)).to.contain('404');
    expect(await markOf(shared)).to.not.have.any.keys('tenant_id', 'roles');
    expect(await membersOf(elsewhere)).to.deep.equal([shared]);
    expect(await markOf(guest)).to.deep.equal({ tenant_id: 'other', roles: ['admin'] });
  });

  it('keep their own database while somebody in it belongs elsewhere, too', async () => {
    const tenant = await aTenant({ organization: 'new' });
    const [organization, elsewhere] = [await organizationOf(tenant.id), await anOrganization()];
    const marked = { tenant_id: tenant.id, roles: [] };
    const shared = await aPerson(marked, [organization, elsewhere], `${tenant.id}-users`);
    await removeTenant(tenant.id, 'delete');
    expect(await markOf(shared)).to.not.have.any.keys('tenant_id', 'roles');
    expect(await leftAtAuthority(tenant.id)).to.deep.equal({ ...nothing, connections: 1 });
  });

  it('leave their users when that is asked for: no roles are left to guests', async () => {
    const tenant = await aSharedTenant({ organization: 'new' });
    const organization = await organizationOf(tenant.id);
    const guest = await aPerson({ [organization]: { roles: ['member'] } }, [organization]);
    await removeTenant(tenant.id, 'keep');
    expect(await byId(organization)).to.equal(undefined);
    expect(await markOf(guest)).to.deep.equal({});
    expect(await leftAtAuthority(tenant.id)).to.deep.equal({ ...nothing, users: 1 });
  });
});
