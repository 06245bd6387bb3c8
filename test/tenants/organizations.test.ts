/** Tenants that are organizations: what the authority has of them while they are created, while they are there, and after they are deleted. */
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { marksToRemove } from '../../src/registry/pending-cleanups.ts';
import { readTenant } from '../../src/registry/tenants.ts';
import type { Effect } from '../../src/stand-in/control/control-client.ts';
import { SHARED_DATABASE } from '../../src/start/demo-tenants.ts';
import { until } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { app, demoTenant, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { moveIntoWorldOf } from '../support/tenancies.ts';
import {
  adminOf,
  anOrganization,
  aTenant,
  createTenant,
  leftAtAuthority,
  newTenantId,
  organizationNamed,
  PASSWORD,
  removeTenant,
  signIn,
  tenantToMake,
  type MadeTenant,
} from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { workerEnvironment } from '../support/worker-environment.ts';

const nothing = { clients: 0, connections: 0, users: 0 };
const organizationToMake = (more: object = {}) => ({
  ...tenantToMake(),
  database: 'shared',
  web_app: undefined,
  organization: 'new',
  ...more,
});

async function anOrganizationThere(more: object = {}): Promise<string> {
  const { id } = await (await management()).organizations.create({ name: newTenantId(), ...more });
  return id!;
}

const atAuthority = async (id: string) => (await management()).organizations.get(id);

async function aPerson(app_metadata: Record<string, unknown>, ...organizations: string[]): Promise<string> {
  const sdk = await management();
  const { user_id } = await sdk.users.create({
    connection: SHARED_DATABASE,
    email: `${newTenantId()}@x.example`,
    password: PASSWORD,
    app_metadata,
  });
  for (const id of organizations) await sdk.organizations.members.create(id, { members: [user_id!] });
  return user_id!;
}

/** Marks and organizations of a person; undefined: there is none. */
async function standingOf(userId: string) {
  const sdk = await management();
  const found = await sdk.users.get(userId).catch(() => undefined);
  if (!found) return undefined;
  const { data } = await sdk.users.organizations.list(userId);
  return { marks: found.app_metadata ?? {}, organizations: data.map(({ id }) => id) };
}

const meOf = async (as: string) => {
  const { status, body } = await call('GET', '/v1/me', { as });
  return status === 200 ? (body.tenant_id as string) : (body.code as string);
};

interface Told {
  what: string;
  client_id: string;
  tenant_id?: string;
  done: string;
}

async function reconcile(...options: string[]): Promise<Told[]> {
  const env = workerEnvironment(await world());
  const args = ['--import', 'tsx', 'workers/reconcile-command.ts', ...options];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Told);
}

const MISSING_SCOPE = {
  kind: 'answer',
  status: 403,
  body: {
    statusCode: 403,
    error: 'Forbidden',
    message: 'Insufficient scope, expected any of: read:organizations',
    errorCode: 'insufficient_scope',
  },
} as const;

describe('tenants that are organizations', () => {
  moveIntoWorldOf('each');
  afterEach(async () => (await world()).control.clearFaults());

  describe('when they are created', () => {
    it('have one that names them, lets apps in, and has their first admin as its member', async () => {
      for (const more of [{}, { web_app: tenantToMake().web_app }, { database: 'own' }]) {
        const made = await createTenant(organizationToMake(more));
        expect(made.status).to.equal(201);
        const { id, connection, web_app } = made.body.tenant;
        const organization = (await organizationNamed(id))!;
        expect(made.body.tenant.organization).to.equal(organization.id);
        expect(organization).to.deep.include({
          display_name: made.body.tenant.name,
          third_party_client_access: 'allow',
          connections: [connection],
          members: [made.body.admin.user_id],
        });
        expect(organization.metadata).to.have.all.keys('tenant_id', 'made_by').and.include({ tenant_id: id });
        const found = await call('GET', `/v1/tenants/${id}`, { as: await operator() });
        expect(found.body).to.deep.equal(made.body.tenant);
        if (web_app.kind === 'own')
          expect(await (await management()).clients.get(web_app.client_id)).to.include({
            organization_usage: 'allow',
          });
      }
    });

    it('cost seven calls, and the two of their key', async () => {
      const { control } = await world();
      await control.forgetCalls();
      const { id } = await anOrganization();
      const made = Object.entries(await control.calls()).filter(([endpoint]) =>
        /^POST \/api\/v2|\/connections|\/organizations\/name/.test(endpoint),
      );
      expect(Object.fromEntries(made)).to.deep.equal({
        'GET /api/v2/connections': { 200: 1 },
        'GET /api/v2/organizations/name/{name}': { 404: 1 },
        'POST /api/v2/organizations': { 201: 1 },
        'POST /api/v2/organizations/{id}/members': { 204: 1 },
        // The admin, and the user that keeps the settings.
        'POST /api/v2/users': { 201: 2 },
        'POST /api/v2/tickets/password-change': { 201: 1 },
        'POST /api/v2/clients': { 201: 1 },
        'POST /api/v2/client-grants': { 201: 1 },
      });
      expect(await leftAtAuthority(id)).to.deep.equal({ ...nothing, clients: 1, users: 1 });
    });

    it('let their admin in, by the shared web app and by one of their own, with a database of either kind', async () => {
      for (const more of [{}, { web_app: tenantToMake().web_app }]) {
        for (const database of ['shared', 'own']) {
          const tenant = await anOrganization({ ...more, database });
          expect(await meOf(await adminOf(tenant)), database).to.equal(tenant.id);
        }
      }
    });

    it('may be named like a part of the authority’s paths', async () => {
      for (const id of ['users', 'name', 'members']) {
        const tenant = await anOrganization({ id, admin: { email: `${newTenantId()}@x.example` } });
        expect((await organizationNamed(id))!.id).to.equal(tenant.organization);
        await removeTenant(id, 'delete');
        expect(await organizationNamed(id)).to.equal(undefined);
      }
    });

    it('do not get the name of one that is there, which stays as it is', async () => {
      for (const isNamed of [false, true]) {
        const body = organizationToMake();
        const more = isNamed ? { metadata: { tenant_id: body.id } } : {};
        const id = await anOrganizationThere({ name: body.id, ...more });
        const before = await atAuthority(id);
        const answer = await createTenant(body);
        expect([answer.status, answer.body.code]).to.deep.equal([409, 'organization_exists']);
        expect(await leftAtAuthority(body.id)).to.deep.equal(nothing);
        expect(await atAuthority(id)).to.deep.equal(before);
      }
    });

    it('take over one that is there, with the metadata and members that it has', async () => {
      const person = await aPerson({});
      const organization = await anOrganizationThere({ metadata: { plan: 'gold' } });
      await (await management()).organizations.members.create(organization, { members: [person] });
      const tenant = await anOrganization({ organization });
      expect(tenant.organization).to.equal(organization);
      const { metadata, third_party_client_access: access } = await atAuthority(organization);
      expect(access).to.equal('allow');
      expect(metadata).to.include({ plan: 'gold', tenant_id: tenant.id }).and.have.property('made_by');
      expect(await meOf(await adminOf(tenant))).to.equal(tenant.id);
      expect((await standingOf(person))!.organizations).to.deep.equal([organization]);
    });

    it('give back as it was what they took over', async () => {
      const organization = await anOrganizationThere({ metadata: { plan: 'gold' } });
      const { id } = await anOrganization({ organization });
      expect(await removeTenant(id, 'delete')).to.include({ organizations: 0, users: 1 });
      const { name, metadata } = await atAuthority(organization);
      expect(metadata).to.deep.equal({ plan: 'gold' });
      expect((await organizationNamed(name!))!.members).to.deep.equal([]);
      expect((await anOrganization({ organization })).organization).to.equal(organization);
    });

    it('take over one that names them already and has their connection', async () => {
      const [connection] = (await (await management()).connections.list({ name: SHARED_DATABASE })).data;
      const enabled_connections = [{ connection_id: connection!.id! }];
      const id = newTenantId();
      const organization = await anOrganizationThere({ metadata: { tenant_id: id }, enabled_connections });
      await anOrganization({ id, organization });
      expect((await atAuthority(organization)).metadata).to.deep.equal({ tenant_id: id });
    });

    it('end in one that they take over that users of a database become members by signing in', async () => {
      const sdk = await management();
      const own = `${(await aTenant({ database: 'own' })).id}-users`;
      const joins = { assign_membership_on_login: true, is_signup_enabled: true };
      const enabled_connections: object[] = [];
      for (const name of [SHARED_DATABASE, own]) {
        const [connection] = (await sdk.connections.list({ name })).data;
        enabled_connections.push({ connection_id: connection!.id!, ...joins });
      }
      const organization = await anOrganizationThere({ enabled_connections });
      const stranger = await anOrganization();
      const { id } = await anOrganization({ organization });
      const { data } = await sdk.organizations.enabledConnections.list(organization);
      expect(data.map((one) => [one.assign_membership_on_login, one.is_signup_enabled])).to.deep.equal([
        [false, false],
        [false, false],
      ]);
      // Somebody of another tenant, by a link to it.
      const tried = await signIn({ ...stranger, organization }).then(meOf, () => 'refused');
      expect(tried).to.not.equal(id);
      expect((await standingOf(stranger.adminId))!.organizations).to.deep.equal([stranger.organization]);
    });

    const notTaken: [what: string, organization: () => Promise<string>, status: number, code: string][] = [
      ['that nobody has', () => Promise.resolve('org_0000000000000000'), 422, 'unknown_organization'],
      [
        'whose metadata name another tenant',
        () => anOrganizationThere({ metadata: { tenant_id: 'somebody' } }),
        409,
        'organization_owned',
      ],
      [
        'that is another tenant, whatever its metadata say',
        async () => {
          const { organization } = await anOrganization();
          await (await management()).organizations.update(organization!, { metadata: {} });
          return organization!;
        },
        409,
        'organization_owned',
      ],
    ];
    for (const [what, organization, status, code] of notTaken)
      it(`do not take over one ${what}`, async () => {
        const id = await organization();
        const before = await atAuthority(id).catch(() => undefined);
        const body = organizationToMake({ organization: id });
        const answer = await createTenant(body);
        expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
        expect(await leftAtAuthority(body.id)).to.deep.equal(nothing);
        expect(await atAuthority(id).catch(() => undefined)).to.deep.equal(before);
      });

    it('are one of two that take over the same one at once, or none', async () => {
      const organization = await anOrganizationThere();
      const bodies = [organizationToMake({ organization }), organizationToMake({ organization })];
      const answers = await Promise.all(bodies.map((body) => createTenant(body)));
      const made = answers.filter(({ status }) => status === 201);
      expect(made.length).to.be.at.most(1);
      for (const { status, body } of answers)
        if (status !== 201) expect([status, body.code]).to.deep.equal([409, 'organization_owned']);
      expect((await atAuthority(organization)).metadata?.['tenant_id']).to.equal(made[0]?.body.tenant.id);
    });

    interface Step {
      method: string;
      path: string;
      skip?: number;
    }
    const writes: Step[] = [
      { method: 'POST', path: '/api/v2/organizations' },
      { method: 'POST', path: '/api/v2/users' },
      { method: 'POST', path: '/api/v2/organizations/{id}/members' },
      { method: 'POST', path: '/api/v2/clients' },
      { method: 'POST', path: '/api/v2/tickets/password-change' },
      { method: 'POST', path: '/api/v2/users', skip: 1 },
    ];
    const lookUpByName: Step = { method: 'GET', path: '/api/v2/organizations/name/{name}' };
    const writesToTaken: Step[] = [
      { method: 'PATCH', path: '/api/v2/organizations/{id}' },
      { method: 'POST', path: '/api/v2/organizations/{id}/enabled_connections' },
    ];
    const ofTaken: Step[] = [
      { method: 'GET', path: '/api/v2/organizations/{id}' },
      { method: 'GET', path: '/api/v2/organizations/{id}/enabled_connections' },
      ...writesToTaken,
    ];
    for (const when of ['before', 'after'] as const) {
      it(`are created whole or not at all, refused ${when} any call is done`, async () => {
        const { control } = await world();
        for (const { method, path, skip = 0 } of writes) {
          await control.addFault({
            method,
            path,
            skip,
            times: 1,
            effect: { kind: 'answer', status: 400, when },
          });
          const body = organizationToMake();
          expect((await createTenant(body)).status, `${path} ${skip}`).to.equal(422);
          await control.clearFaults();
          expect(await leftAtAuthority(body.id)).to.deep.equal(nothing);
          expect(await organizationNamed(body.id), `${path} ${skip}`).to.equal(undefined);
          expect((await createTenant(body)).status).to.equal(201);
        }
      }).timeout(WORLD_MS);

      it(`leave one that they took over as it was, refused ${when} any call is done`, async () => {
        const { control } = await world();
        const metadata = { plan: 'gold' };
        for (const { method, path, skip = 0 } of [...writesToTaken, ...writes.slice(1)]) {
          const organization = await anOrganizationThere({ metadata });
          await control.addFault({
            method,
            path,
            skip,
            times: 1,
            effect: { kind: 'answer', status: 400, when },
          });
          const body = organizationToMake({ organization });
          expect((await createTenant(body)).status, `${path} ${skip}`).to.equal(422);
          await control.clearFaults();
          const { data } = await (await management()).organizations.members.list(organization, { take: 50 });
          expect([(await atAuthority(organization)).metadata, data]).to.deep.equal([metadata, []]);
          expect((await createTenant(body)).status).to.equal(201);
        }
      }).timeout(WORLD_MS);

      const lasting: [what: string, effect: Effect][] = [
        ['the answer to a call is lost', { kind: 'drop', when }],
        ['a call fails for a while', { kind: 'answer', status: 503, when }],
      ];
      for (const [what, effect] of lasting)
        it(`are created once though ${what} ${when} it is done`, async () => {
          const { control } = await world();
          for (const step of [...writes, lookUpByName, ...ofTaken]) {
            const organization = ofTaken.includes(step) ? await anOrganizationThere({}) : 'new';
            const { id } = await control.addFault({ ...step, times: 1, effect });
            const tenant = await anOrganization({ organization });
            const hit = (await control.faults()).find((fault) => fault.id === id);
            expect(hit?.hits, step.path).to.equal(1);
            await control.clearFaults();
            const { name } = await atAuthority(tenant.organization!);
            expect((await organizationNamed(name!))!.members).to.deep.equal([tenant.adminId]);
            expect(await leftAtAuthority(tenant.id)).to.deep.equal({ clients: 1, connections: 0, users: 1 });
          }
        }).timeout(WORLD_MS);
    }

    it('wait for a user and an organization that the authority does not know everywhere yet', async () => {
      const { control } = await world();
      const members: Step = { method: 'POST', path: '/api/v2/organizations/{id}/members' };
      for (const step of [members, ...writesToTaken]) {
        const organization = await anOrganizationThere({});
        await control.addFault({ ...step, times: 1, effect: { kind: 'answer', status: 404 } });
        const tenant = await anOrganization({ organization });
        expect((await control.faults())[0]?.hits, step.path).to.equal(1);
        await control.clearFaults();
        const { name } = await atAuthority(organization);
        expect((await organizationNamed(name!))!.members).to.deep.equal([tenant.adminId]);
      }
    }).timeout(WORLD_MS);

    it('end with the scope that the workers’ client lacks, told to the operator; their id is free then', async () => {
      const { control } = await world();
      for (const organization of ['new', await anOrganizationThere()]) {
        await control.addFault({ method: 'GET', path: '/api/v2/organizations*', effect: MISSING_SCOPE });
        const body = organizationToMake({ organization });
        const answer = await createTenant(body);
        expect(answer.body.code).to.equal('upstream_refused');
        expect(answer.body.detail).to.contain('missing scope read:organizations');
        expect(await leftAtAuthority(body.id)).to.deep.equal(nothing);
        await control.clearFaults();
        expect((await createTenant(body)).status).to.equal(201);
      }
    });

    it('are not rolled back by looking for organizations where they are none', async () => {
      const { control } = await world();
      await control.forgetCalls();
      await control.addFault({
        path: '/api/v2/tickets/password-change',
        times: 1,
        effect: { kind: 'answer', status: 400 },
      });
      expect((await createTenant(organizationToMake({ organization: 'none' }))).status).to.equal(422);
      const calls = Object.keys(await control.calls());
      // The memberships of its admin, who is deleted, are read: other tenants are organizations.
      const looked = calls.filter((one) => one.includes('/organizations') && !one.includes('/users/'));
      expect(looked).to.deep.equal([]);
    });
  });

  it('are one of the demo tenants, by the web app that all share', async () => {
    const hooli = await demoTenant('hooli' as never);
    const acme = await demoTenant('acme');
    expect(hooli.spa_client_id).to.equal(acme.spa_client_id);
    expect([acme.organization, hooli.organization?.slice(0, 4)]).to.deep.equal([undefined, 'org_']);
    for (const id of ['acme', 'hooli']) expect(await meOf(await user(id as never))).to.equal(id);
    expect(await meOf(await app('hooli' as never))).to.equal('hooli');
    const shown = await call('GET', '/v1/tenants/hooli', { as: await operator() });
    expect(shown.body.organization).to.equal(hooli.organization);
  });

  describe('when they are deleted', () => {
    interface People {
      tenant: MadeTenant;
      /** Home users. */
      guestElsewhere: string;
      alone: string;
      /** Guests. */
      homeElsewhere: string;
      onlyHere: string;
    }
    let elsewhere: MadeTenant;
    before(async () => {
      elsewhere = await anOrganization();
    });

    async function withPeople(more: object = {}): Promise<People> {
      const tenant = await anOrganization(more);
      const [here, there] = [tenant.organization!, elsewhere.organization!];
      const home = { tenant_id: tenant.id, roles: ['member'] };
      return {
        tenant,
        guestElsewhere: await aPerson(
          { ...home, [there]: { tenant_id: elsewhere.id, roles: ['member'] } },
          here,
          there,
        ),
        alone: await aPerson(home, here),
        homeElsewhere: await aPerson(
          { tenant_id: elsewhere.id, roles: ['admin'], [here]: { tenant_id: tenant.id, roles: ['admin'] } },
          here,
          there,
        ),
        onlyHere: await aPerson({ [here]: { tenant_id: tenant.id, roles: ['member'] } }, here),
      };
    }

    it('leave people alone who belong elsewhere, too, and take the others along', async () => {
      const there = elsewhere.organization!;
      for (const isTaken of [false, true]) {
        const organization = isTaken ? await anOrganizationThere({ metadata: { plan: 'gold' } }) : 'new';
        const { tenant, ...people } = await withPeople({ organization });
        // No mark yet, and only the live membership says that the other one belongs there, too.
        const unmarked = await aPerson({}, tenant.organization!, there);
        const memberElsewhere = await aPerson(
          { tenant_id: tenant.id, roles: ['member'] },
          tenant.organization!,
          there,
        );
        // At home in a tenant that is no organization: only the mark says so.
        const atHome = { tenant_id: 'other', roles: ['admin'] };
        const guestOfNone = await aPerson(
          { ...atHome, [tenant.organization!]: { tenant_id: tenant.id, roles: ['member'] } },
          tenant.organization!,
        );
        const dry = await removeTenant(tenant.id, 'delete');
        // Guests only leave.
        expect(dry).to.include({ users: 4, organizations: isTaken ? 0 : 1, connections: 0 });
        expect(await standingOf(people.alone)).to.equal(undefined);
        // Somebody else made the account.
        expect(await standingOf(people.onlyHere)).to.deep.equal({ marks: {}, organizations: [] });
        expect(await standingOf(people.guestElsewhere)).to.deep.equal({
          marks: { [there]: { tenant_id: elsewhere.id, roles: ['member'] } },
          organizations: [there],
        });
        expect(await standingOf(people.homeElsewhere)).to.deep.equal({
          marks: { tenant_id: elsewhere.id, roles: ['admin'] },
          organizations: [there],
        });
        for (const one of [unmarked, memberElsewhere])
          expect(await standingOf(one)).to.deep.equal({ marks: {}, organizations: [there] });
        expect((await standingOf(guestOfNone))!.marks).to.deep.equal(atHome);
        expect(await leftAtAuthority(tenant.id)).to.deep.equal(nothing);
        const left = await atAuthority(tenant.organization!).catch(() => undefined);
        expect(left?.metadata).to.deep.equal(isTaken ? { plan: 'gold' } : undefined);
      }
    });

    it('keep their users where that is asked for, but no guest’s roles', async () => {
      const { tenant, ...people } = await withPeople({ organization: await anOrganizationThere() });
      const [here, there] = [tenant.organization!, elsewhere.organization!];
      // Their membership was ended in Auth0's dashboard: only the mark says that they belonged here.
      const ended = await aPerson({ [here]: { tenant_id: tenant.id, roles: ['admin'] } });
      await removeTenant(tenant.id, 'keep');
      expect(await standingOf(ended)).to.deep.equal({ marks: {}, organizations: [] });
      expect((await standingOf(people.alone))!.marks).to.deep.equal({
        tenant_id: tenant.id,
        roles: ['member'],
      });
      expect(await standingOf(people.homeElsewhere)).to.deep.equal({
        marks: { tenant_id: elsewhere.id, roles: ['admin'] },
        organizations: [here, there],
      });
      expect(await standingOf(people.onlyHere)).to.deep.equal({ marks: {}, organizations: [here] });
      // Whoever takes it over next has none of them as an admin.
      const next = await anOrganization({ organization: here });
      expect(next.organization).to.equal(here);
    });

    it('keep their users, and no guest’s roles, also where the organization goes', async () => {
      const { tenant, ...people } = await withPeople();
      await removeTenant(tenant.id, 'keep');
      expect(await organizationNamed(tenant.id)).to.equal(undefined);
      expect(await standingOf(people.onlyHere)).to.deep.equal({ marks: {}, organizations: [] });
      // The admin, and the two that were created here.
      expect(await leftAtAuthority(tenant.id)).to.deep.equal({ ...nothing, users: 3 });
    });

    it('leave a database of their own while somebody in it belongs elsewhere, too', async () => {
      const sdk = await management();
      for (const where of [['elsewhere'], ['here', 'elsewhere'], ['here']]) {
        const tenant = await anOrganization({ database: 'own' });
        const { user_id } = await sdk.users.create({
          connection: `${tenant.id}-users`,
          email: `${newTenantId()}@x.example`,
          password: PASSWORD,
          app_metadata: { tenant_id: tenant.id, roles: [] },
        });
        for (const one of where) {
          const into = one === 'here' ? tenant.organization! : elsewhere.organization!;
          await sdk.organizations.members.create(into, { members: [user_id!] });
        }
        await removeTenant(tenant.id, 'delete');
        const isShared = where.includes('elsewhere');
        expect((await standingOf(user_id!))?.marks).to.deep.equal(isShared ? {} : undefined);
        expect(await leftAtAuthority(tenant.id)).to.deep.equal({
          ...nothing,
          connections: isShared ? 1 : 0,
        });
      }
    });

    it('leave a database of their own while an account in it is not theirs alone, whatever it says', async () => {
      const sdk = await management();
      const there = elsewhere.organization!;
      for (const [what, marks, isGuestThere] of [
        ['removed by the tenant, without a mark yet', {}, true],
        ['removed by the tenant, with a mark', { [there]: { roles: ['member'] } }, true],
        ['made in the dashboard', {}, false],
        ['of another tenant', { tenant_id: elsewhere.id, roles: ['member'] }, false],
      ] as const) {
        const tenant = await aTenant({ database: 'own' });
        const { user_id } = await sdk.users.create({
          connection: `${tenant.id}-users`,
          email: `${newTenantId()}@x.example`,
          password: PASSWORD,
          app_metadata: marks,
        });
        if (isGuestThere) await sdk.organizations.members.create(there, { members: [user_id!] });
        await removeTenant(tenant.id, 'delete');
        expect(await standingOf(user_id!), what).to.deep.equal({
          marks,
          organizations: isGuestThere ? [there] : [],
        });
        expect(await leftAtAuthority(tenant.id), what).to.deep.equal({ ...nothing, connections: 1 });
      }
    });

    it('leave somebody alone who belongs to an organization, where they are none', async () => {
      const tenant = await aTenant();
      const sdk = await management();
      await sdk.organizations.members.create(elsewhere.organization!, { members: [tenant.adminId] });
      await removeTenant(tenant.id, 'delete');
      expect(await standingOf(tenant.adminId)).to.deep.equal({
        marks: {},
        organizations: [elsewhere.organization],
      });
    });

    it('leave an organization that names another tenant by now', async () => {
      const tenant = await anOrganization();
      const metadata = { tenant_id: elsewhere.id };
      await (await management()).organizations.update(tenant.organization!, { metadata });
      await removeTenant(tenant.id, 'delete');
      expect((await atAuthority(tenant.organization!)).metadata).to.deep.equal(metadata);
    });
  });

  describe('compared with the authority', () => {
    it('name their tenant again; what cannot be repaired is reported', async () => {
      const { clients, organizations } = await management();
      const [bare, foreign, gone, blocking] = [
        await anOrganization(),
        await anOrganization(),
        await anOrganization(),
        await anOrganization({ web_app: tenantToMake().web_app }),
      ];
      const { webApp } = await world();
      await organizations.update(bare.organization!, { metadata: { plan: 'gold' } });
      await organizations.update(foreign.organization!, { metadata: { tenant_id: 'acme' } });
      await organizations.delete(gone.organization!);
      await organizations.update(blocking.organization!, { third_party_client_access: 'block' });
      const joins = { assign_membership_on_login: true };
      const joined: [MadeTenant, string][] = [];
      for (const tenant of [await anOrganization(), await anOrganization({ database: 'own' })]) {
        const { data } = await organizations.enabledConnections.list(tenant.organization!);
        joined.push([tenant, data[0]!.connection_id!]);
      }
      for (const [{ organization }, id] of joined)
        await organizations.enabledConnections.update(organization!, id, joins);
      for (const id of [blocking.clientId, webApp.client_id])
        await clients.update(id, { organization_usage: 'deny' });
      const orphan = await anOrganizationThere({ metadata: { tenant_id: 'nobody-has-this', made_by: 'x' } });
      await anOrganizationThere({ metadata: { tenant_id: 'nobody-has-this' } });
      const ids = [bare, foreign, gone, blocking].map((one) => one.organization);
      ids.push(...joined.map(([tenant]) => tenant.organization), orphan, blocking.clientId, webApp.client_id);
      const told = async (...options: string[]) =>
        (await reconcile(...options))
          .filter(({ client_id }) => ids.includes(client_id))
          .map(({ what, client_id, tenant_id, done }) => [what, client_id, tenant_id, done]);
      const rest = [
        ['foreign_organization', foreign.organization, foreign.id, 'told'],
        ['missing_organization', gone.organization, gone.id, 'told'],
        ['blocks_apps', blocking.organization, blocking.id, 'told'],
        // Not of a database that is the tenant's alone.
        ['joined_by_login', joined[0]![0].organization, joined[0]![0].id, 'told'],
        ['orphan_organization', orphan, undefined, 'told'],
        ['denies_organizations', blocking.clientId, blocking.id, 'told'],
        ['denies_organizations', webApp.client_id, undefined, 'told'],
      ];
      const stale = ['stale_metadata', bare.organization, bare.id];
      expect(await told('--dry-run')).to.have.deep.members([[...stale, 'told'], ...rest]);
      expect(await told()).to.have.deep.members([[...stale, 'mended'], ...rest]);
      expect(await told()).to.have.deep.members(rest);
      for (const id of [blocking.clientId, webApp.client_id])
        await clients.update(id, { organization_usage: 'allow' });
      const { metadata } = await atAuthority(bare.organization!);
      expect(metadata).to.include({ plan: 'gold', tenant_id: bare.id }).and.have.property('made_by');
    }).timeout(WORLD_MS);

    it('look again at guests who are no members any more, and at nobody else', async () => {
      const tenant = await anOrganization();
      const gone = await anOrganization();
      const sdk = await management();
      const guestOf = async ({ id, organization }: MadeTenant, isMember: boolean, home = 'globex') => {
        const marks = { tenant_id: home, roles: [], [organization!]: { tenant_id: id, roles: ['admin'] } };
        const userId = await aPerson(marks, organization!);
        // As in Auth0's dashboard.
        if (!isMember) await sdk.organizations.members.delete(organization!, { members: [userId] });
        return `${organization!} ${userId}`;
      };
      const former = [await guestOf(tenant, false), await guestOf(gone, true)];
      const others = [
        await guestOf(tenant, true),
        await guestOf(tenant, false, tenant.id),
        await guestOf({ ...tenant, id: 'globex' }, false),
      ];
      await sdk.organizations.delete(gone.organization!);
      const { redis: url } = await world();
      const redis = connectForWaiting(url);
      try {
        const noted = () =>
          Promise.all([...former, ...others].map((entry) => marksToRemove(redis).since(entry)));
        await reconcile('--dry-run');
        expect(await noted()).to.deep.equal([...former, ...others].map(() => undefined));
        await reconcile();
        const first = await noted();
        expect(first.map(Boolean)).to.deep.equal([true, true, false, false, false]);
        await reconcile();
        expect(await noted(), 'since when stays').to.deep.equal(first);
      } finally {
        redis.disconnect();
      }
    }).timeout(WORLD_MS);

    it('are not, where the workers’ client lacks the scope, which is reported', async () => {
      const { control } = await world();
      await control.addFault({ method: 'GET', path: '/api/v2/organizations', effect: MISSING_SCOPE });
      const told = await reconcile('--dry-run');
      expect(told.filter(({ what }) => what === 'missing_scope')).to.deep.equal([
        { what: 'missing_scope', client_id: 'read:organizations', done: 'told' },
      ]);
    }).timeout(WORLD_MS);

    it('are organizations again after Redis was lost', async () => {
      const tenants = [
        await anOrganization(),
        await anOrganization({ web_app: tenantToMake().web_app }),
        await anOrganization({ organization: await anOrganizationThere() }),
      ];
      for (const tenant of tenants) await adminOf(tenant);
      const { redis: url } = await world();
      const redis = connectForWaiting(url);
      try {
        const shown = async () => {
          const found = await Promise.all(tenants.map(({ id }) => readTenant(redis, id)));
          return found.map((one) => [one?.organization, one?.owns_organization, one?.status]);
        };
        const before = await shown();
        expect(before.map(([id]) => id)).to.deep.equal(tenants.map(({ organization }) => organization));
        await redis.flushall();
        await reconcile();
        expect(await shown()).to.deep.equal(before);
      } finally {
        redis.disconnect();
      }
      for (const tenant of tenants) await until(async () => (await meOf(await signIn(tenant))) === tenant.id);
      await removeTenant(tenants[0]!.id, 'delete');
      await removeTenant(tenants[2]!.id, 'delete');
      expect(await organizationNamed(tenants[0]!.id)).to.equal(undefined);
      expect((await atAuthority(tenants[2]!.organization!)).metadata ?? {}).to.deep.equal({});
    }).timeout(WORLD_MS);
  });
});
