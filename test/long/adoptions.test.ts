/** A worker that is killed in the middle of adoptions: others finish them, nobody is left out, and nobody counts twice. */
import { expect } from 'chai';
import { adopt, beginAdoption, endOf, existingUsers, metadataOf, reportOf } from '../support/adoptions.ts';
import { call } from '../support/client.ts';
import { hungAt, killedWhile, MOMENTS, RECOVERY_MS } from '../support/hung-jobs.ts';
import { anOrganization, aSharedTenant, organizationNamed } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const READ = { method: 'GET', path: '/api/v2/users/{id}' };
const WRITE = { method: 'PATCH', path: '/api/v2/users/{id}' };
/** Of which each adoption dies in the second ten, or the third. */
const calls = [
  { ...READ, skip: 14 },
  { ...WRITE, skip: 14 },
  { ...WRITE, skip: 20 },
];
const USERS = 35;

describe('a worker that is killed in the middle of an adoption', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  it('costs nothing: two others finish it', async function () {
    this.timeout(WORLD_MS + RECOVERY_MS);
    interface Begun {
      id: string;
      key: string;
      ids: string[];
      job: string;
    }
    const begin = async () => {
      const begun: Begun[] = [];
      for (const at of calls)
        for (const when of MOMENTS) {
          const { id, key } = await aSharedTenant();
          const { query, ids } = await existingUsers(USERS);
          const body = { query, user_events: true };
          begun.push({ id, key, ids, job: await hungAt(at, when, () => beginAdoption(id, body)) });
        }
      return begun;
    };
    await killedWhile('adoption', begin, async (begun) => {
      for (const { id, key, ids, job } of begun) {
        const end = await endOf(job);
        expect(end).to.include({ adopted: USERS, already: 0, refused: 0, state: 'ended' });
        const report = await reportOf(id, end['id'] as string);
        expect(report.map(({ user_id }) => user_id))
          .to.have.members(ids)
          .and.have.lengthOf(USERS);
        for (const userId of ids)
          expect(await metadataOf(userId)).to.deep.equal({ tenant_id: id, roles: [] });
        const told = await call('GET', '/v1/tenant/audit-events?type=user.adopted&limit=100', { as: key });
        expect((told.body.events as { target: string }[]).map(({ target }) => target))
          .to.have.members(ids)
          .and.have.lengthOf(USERS);
      }
    });
  });

  it('leaves nobody out of the organization', async function () {
    this.timeout(WORLD_MS + RECOVERY_MS);
    const at = { method: 'POST', path: '/api/v2/organizations/{id}/members', skip: 1 };
    const begin = async () => {
      const begun = [];
      for (const when of MOMENTS) {
        const { id } = await anOrganization();
        const { query, ids } = await existingUsers(USERS);
        begun.push({ id, query, ids, job: await hungAt(at, when, () => beginAdoption(id, { query })) });
      }
      return begun;
    };
    await killedWhile('adoption-members', begin, async (begun) => {
      for (const { id, query, ids, job } of begun) {
        expect(await endOf(job)).to.include({ adopted: USERS, already: 0 });
        expect((await organizationNamed(id))!.members).to.include.members(ids);
        expect((await adopt(id, { query })).body).to.include({ adopted: 0, already: USERS });
      }
    });
  });
});
