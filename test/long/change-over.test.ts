/** A worker that is killed at each call of a change-over: another one completes it, and nothing is there twice or left behind. */
import { expect } from 'chai';
import { management } from '../support/authority.ts';
import { operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { endedJob, hungAt, killedWhile, MOMENTS, RECOVERY_MS } from '../support/hung-jobs.ts';
import { aTenant, leftAtAuthority, openForLong, type MadeTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const MEMBERS = { method: 'POST', path: '/api/v2/organizations/{id}/members' };
const starting = [
  { method: 'PATCH', path: '/api/v2/connections/{id}/clients' },
  { method: 'POST', path: '/api/v2/organizations' },
  MEMBERS,
  // The second ten.
  { ...MEMBERS, skip: 1 },
];
/** Of an organization that is there. */
const takingOver = [
  // Its own web app may sign in to organizations.
  { method: 'PATCH', path: '/api/v2/clients/{id}' },
  { method: 'PATCH', path: '/api/v2/organizations/{id}' },
  { method: 'POST', path: '/api/v2/organizations/{id}/enabled_connections' },
];
const finishing = [
  MEMBERS,
  { method: 'POST', path: '/api/v2/users' },
  { method: 'DELETE', path: '/api/v2/clients/{id}' },
];
const USERS = 12;

async function send(
  { id, path }: MadeTenant,
  end: '' | '/finish',
  organization: string,
  headers: Record<string, string> = {},
) {
  if (end === '/finish') await openForLong(id);
  const body = end === '' ? { body: { web_app: 'shared', organization } } : {};
  const answer = await call('POST', `${path}/change-over${end}`, { as: await operator(), headers, ...body });
  expect(answer.status, JSON.stringify(answer.body)).to.be.below(300);
  return answer;
}

async function aTenantWithUsers(): Promise<MadeTenant> {
  const tenant = await aTenant();
  for (let index = 1; index < USERS; index += 1)
    await call('POST', '/v1/users', { as: tenant.key, body: { email: `u${index}@${tenant.id}.example` } });
  return tenant;
}

describe('a worker that is killed at each call of a change-over', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  const kinds = [
    ['a new organization', starting, finishing, false],
    ['one that is there', takingOver, [], true],
  ] as const;
  for (const [kind, ofStart, ofFinish, isTaken] of kinds)
    it(`to ${kind} costs nothing: two others finish it`, async function () {
      this.timeout(WORLD_MS + RECOVERY_MS);
      const sdk = await management();
      type Begun = { tenant: MadeTenant; job: string; end: '' | '/finish'; organization: string };
      const begin = async () => {
        const begun: Begun[] = [];
        for (const [end, writes] of [
          ['', ofStart],
          ['/finish', ofFinish],
        ] as const)
          for (const write of writes)
            for (const when of MOMENTS) {
              const tenant = await aTenantWithUsers();
              const organization = isTaken
                ? (await sdk.organizations.create({ name: `o-${tenant.id}` })).id!
                : 'new';
              if (end === '/finish') await send(tenant, '', organization);
              const { headers } = await hungAt(write, when, () =>
                send(tenant, end, organization, { prefer: 'respond-async' }),
              );
              begun.push({ tenant, job: headers.get('location')!, end, organization });
            }
        return begun;
      };
      await killedWhile(`change-over-${isTaken ? 'taken' : 'new'}`, begin, async (begun) => {
        for (const { tenant, job, end, organization } of begun) {
          const { status, problem } = await endedJob(job);
          expect([status, problem?.code]).to.deep.equal(['succeeded', undefined]);
          if (end === '') await send(tenant, '/finish', organization);
          const { body } = await call('GET', tenant.path, { as: await operator() });
          expect(body.web_app).to.deep.equal({ kind: 'shared' });
          expect(body).to.not.have.property('change_over');
          const its =
            organization === 'new' ? (await sdk.organizations.getByName(tenant.id)).id! : organization;
          expect(body.organization).to.equal(its);
          expect((await sdk.organizations.get(its)).metadata).to.include({ tenant_id: tenant.id });
          const { data: members } = await sdk.organizations.members.list(its, { take: 100 });
          expect(members.length).to.equal(USERS);
          expect(await leftAtAuthority(tenant.id)).to.deep.equal({
            clients: 1,
            connections: 1,
            users: USERS,
          });
        }
      });
    });
});
