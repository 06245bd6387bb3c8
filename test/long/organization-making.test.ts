/**
 * Tenants that are organizations while their worker is killed at each call of their creation and deletion: others finish it, and there is
 * one organization with one member, or nothing. What `tenant-making.test.ts` has of tenants without one is not repeated.
 */
import { expect } from 'chai';
import type { When } from '../../src/stand-in/control/control-client.ts';
import { SHARED_DATABASE } from '../../src/start/demo-tenants.ts';
import { management } from '../support/authority.ts';
import { basic, operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import {
  endedJob,
  hungAt,
  killedWhile,
  MOMENTS,
  RECOVERY_MS,
  type CallAtAuthority,
} from '../support/hung-jobs.ts';
import {
  anOrganization,
  createTenant,
  leftAtAuthority,
  newTenantId,
  PASSWORD,
  tenantToMake,
} from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const nothing = { clients: 0, connections: 0, users: 0 };
const all = { clients: 1, connections: 0, users: 1 };
const IN_BACKGROUND = { prefer: 'respond-async' };
const GOLD = { plan: 'gold' };

type Kind = 'new' | 'taken over';
const ofNew: CallAtAuthority[] = [
  { method: 'GET', path: '/api/v2/connections' },
  { method: 'GET', path: '/api/v2/organizations/name/{name}' },
  { method: 'POST', path: '/api/v2/organizations' },
];
const ofTaken: CallAtAuthority[] = [
  { method: 'GET', path: '/api/v2/organizations/{id}' },
  { method: 'PATCH', path: '/api/v2/organizations/{id}' },
  { method: 'POST', path: '/api/v2/organizations/{id}/enabled_connections' },
];
const ofBoth: CallAtAuthority[] = [
  { method: 'POST', path: '/api/v2/users' },
  { method: 'POST', path: '/api/v2/organizations/{id}/members' },
  { method: 'POST', path: '/api/v2/clients' },
  { method: 'POST', path: '/api/v2/client-grants' },
  { method: 'POST', path: '/api/v2/tickets/password-change' },
  // The settings.
  { method: 'POST', path: '/api/v2/users', skip: 1 },
];
const creating: Record<Kind, CallAtAuthority[]> = {
  new: [...ofNew, ...ofBoth],
  'taken over': [...ofTaken, ...ofBoth],
};
const undoing: Record<Kind, CallAtAuthority[]> = {
  new: [
    { method: 'GET', path: '/api/v2/organizations/name/{name}', skip: 1 },
    { method: 'DELETE', path: '/api/v2/organizations/{id}' },
    { method: 'DELETE', path: '/api/v2/users/{id}' },
  ],
  'taken over': [
    { method: 'GET', path: '/api/v2/organizations/{id}', skip: 1 },
    { method: 'PATCH', path: '/api/v2/organizations/{id}', skip: 1 },
    { method: 'DELETE', path: '/api/v2/users/{id}' },
  ],
};
const ofPeople: CallAtAuthority[] = [
  { method: 'GET', path: '/api/v2/users' },
  { method: 'GET', path: '/api/v2/users/{id}/organizations' },
  { method: 'DELETE', path: '/api/v2/organizations/{id}/members' },
  { method: 'PATCH', path: '/api/v2/users/{id}' },
  { method: 'DELETE', path: '/api/v2/users/{id}' },
  { method: 'GET', path: '/api/v2/organizations/{id}' },
];
const deleting: Record<Kind, CallAtAuthority[]> = {
  new: [...ofPeople, { method: 'DELETE', path: '/api/v2/organizations/{id}' }],
  'taken over': [...ofPeople, { method: 'PATCH', path: '/api/v2/organizations/{id}' }],
};

interface Begun {
  at: string;
  id: string;
  job: string;
  /** Id of one that was there before. */
  organization: string | undefined;
}

async function anExisting(): Promise<string> {
  const { organizations } = await management();
  return (await organizations.create({ name: newTenantId(), metadata: GOLD })).id!;
}

const toMake = (organization: string | undefined) => ({
  ...tenantToMake(),
  database: 'shared',
  web_app: undefined,
  organization: organization ?? 'new',
});

const nameOf = ({ method, path }: CallAtAuthority, when: When) => `${when} ${method} ${path}`;

async function create(kind: Kind, at: CallAtAuthority, when: When): Promise<Begun> {
  const organization = kind === 'new' ? undefined : await anExisting();
  const body = toMake(organization);
  const { headers } = await hungAt(at, when, () => createTenant(body, IN_BACKGROUND));
  return { at: nameOf(at, when), id: body.id, job: headers.get('location')!, organization };
}

/** Every organization that names the tenant, with its members. */
async function organizationsOf(id: string) {
  const { organizations } = await management();
  const found = [];
  // By checkpoint: pages by number shift while others are deleted.
  let from: string | undefined;
  do {
    const page = await organizations.list({ take: 100, ...(from !== undefined && { from }) });
    found.push(...page.data.filter(({ name, metadata }) => name === id || metadata?.['tenant_id'] === id));
    from = (page.response as { next?: string }).next;
  } while (from !== undefined);
  return Promise.all(
    found.map(async (one) => {
      const { data } = await organizations.members.list(one.id!, { take: 100 });
      return { id: one.id!, metadata: one.metadata, members: data.map(({ user_id }) => user_id) };
    }),
  );
}

const atAuthority = async (id: string) => (await management()).organizations.get(id).catch(() => undefined);

/** At home in the tenant unless another home is given, and a member of these. */
async function aPerson(app_metadata: object, ...organizations: string[]): Promise<string> {
  const sdk = await management();
  const { user_id } = await sdk.users.create({
    connection: SHARED_DATABASE,
    email: `${newTenantId()}@x.example`,
    password: PASSWORD,
    app_metadata: app_metadata as Record<string, unknown>,
  });
  for (const id of organizations) await sdk.organizations.members.create(id, { members: [user_id!] });
  return user_id!;
}

describe('a worker that is killed, of a tenant that is an organization', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  for (const kind of ['new', 'taken over'] as const) {
    const name = kind.replace(' ', '-');

    it(`at each call of its creation (${kind}) costs nothing: there is one organization, with one member`, async function () {
      this.timeout(WORLD_MS + RECOVERY_MS);
      const begin = async () => {
        const begun: Begun[] = [];
        for (const at of creating[kind]) for (const when of MOMENTS) begun.push(await create(kind, at, when));
        return begun;
      };
      await killedWhile(`creation-${name}`, begin, async (begun) => {
        for (const { at, id, job, organization } of begun) {
          const { status, answer, problem } = await endedJob(job);
          expect([status, problem], at).to.deep.equal(['succeeded', undefined]);
          const { tenant, api_key, admin } = answer.body;
          const key = basic(api_key.client_id, api_key.client_secret);
          expect((await call('GET', '/v1/tenant', { as: key })).status).to.equal(200);
          if (organization !== undefined) expect(tenant.organization).to.equal(organization);
          const found = await organizationsOf(id);
          expect(found.map((one) => [one.id, one.members])).to.deep.equal([
            [tenant.organization, [admin.user_id]],
          ]);
          expect(found[0]!.metadata).to.include(
            kind === 'new' ? { tenant_id: id } : { tenant_id: id, ...GOLD },
          );
          expect(await leftAtAuthority(id), at).to.deep.equal(all);
        }
      });
    });

    it(`at each call of undoing it (${kind}) leaves nothing`, async function () {
      this.timeout(WORLD_MS + RECOVERY_MS);
      const { control } = await world();
      const begin = async () => {
        const begun: Begun[] = [];
        for (const at of undoing[kind])
          for (const when of MOMENTS) {
            const path = '/api/v2/tickets/password-change';
            await control.addFault({ path, times: 1, effect: { kind: 'answer', status: 400 } });
            begun.push(await create(kind, at, when));
          }
        return begun;
      };
      await killedWhile(`undoing-${name}`, begin, async (begun) => {
        for (const { at, id, job, organization } of begun) {
          const { status, problem } = await endedJob(job);
          expect([status, problem?.code], at).to.deep.equal(['failed', 'invalid_field']);
          expect(await organizationsOf(id), at).to.deep.equal([]);
          expect(await leftAtAuthority(id), at).to.deep.equal(nothing);
          if (organization !== undefined)
            expect((await atAuthority(organization))?.metadata, at).to.deep.equal(GOLD);
        }
      });
    });

    it(`at each call of its deletion (${kind}) leaves whom others have, and nothing else`, async function () {
      this.timeout(WORLD_MS + RECOVERY_MS);
      const elsewhere = await anExisting();
      const as = await operator();
      const begin = async () => {
        const begun: (Begun & { shared: string; guest: string })[] = [];
        for (const at of deleting[kind])
          for (const when of MOMENTS) {
            const organization = kind === 'new' ? undefined : await anExisting();
            const tenant = await anOrganization({ organization: organization ?? 'new' });
            const { id, path, organization: its = '' } = tenant;
            const shared = await aPerson({ tenant_id: id, roles: [] }, its, elsewhere);
            const guest = await aPerson(
              { tenant_id: 'acme', roles: [], [its]: { tenant_id: id, roles: [] } },
              its,
            );
            const { body } = await call('DELETE', `${path}?users=delete&dry_run=true`, { as });
            const confirmed = `${path}?users=delete&confirm=${body.confirmation}`;
            const { headers } = await hungAt(at, when, () =>
              call('DELETE', confirmed, { as, headers: IN_BACKGROUND }),
            );
            const job = headers.get('location')!;
            begun.push({ at: nameOf(at, when), id, job, organization: its, shared, guest });
          }
        return begun;
      };
      await killedWhile(`deletion-${name}`, begin, async (begun) => {
        const sdk = await management();
        for (const { at, id, job, organization, shared, guest } of begun) {
          expect((await endedJob(job)).status, at).to.equal('succeeded');
          expect(await organizationsOf(id), at).to.deep.equal([]);
          expect(await leftAtAuthority(id), at).to.deep.equal(nothing);
          const left = await atAuthority(organization!);
          expect(left?.metadata, at).to.deep.equal(kind === 'new' ? undefined : GOLD);
          expect((await sdk.users.get(shared)).app_metadata ?? {}, at).to.deep.equal({});
          expect((await sdk.users.get(guest)).app_metadata, at).to.deep.equal({
            tenant_id: 'acme',
            roles: [],
          });
          for (const [userId, its] of [
            [shared, [elsewhere]],
            [guest, []],
          ] as const) {
            const { data } = await sdk.users.organizations.list(userId);
            expect(
              data.map((one) => one.id),
              at,
            ).to.deep.equal(its);
          }
        }
      });
    });
  }
});
