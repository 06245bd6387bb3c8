/** What ends when somebody leaves a tenant that is deleted, and what belongs to others. */
import { expect } from 'chai';
import type { Auth0User } from '../../../src/auth0/management-users.ts';
import { signInOrganizations, type ReadOrganizations } from '../../../src/registry/sign-in-organizations.ts';
import type { Tenant } from '../../../src/registry/tenants.ts';
import { OwnConsents } from '../../../workers/relay/own-consents.ts';
import { hasOthersPeople } from '../../../workers/relay/tenant-deletion-steps.ts';
import { belonging, removeConsentsOf, removePerson } from '../../../workers/relay/tenant-people.ts';

const tenant = (organization?: string): Tenant => ({
  id: 'acme',
  name: 'Acme',
  status: 'deleting',
  connection: 'users',
  created_at: '2031-01-01T00:00:00.000Z',
  ...(organization !== undefined && { organization }),
});
const userWith = (app_metadata: Record<string, unknown>): Auth0User => ({ user_id: 'auth0|1', app_metadata });
const HOME = { tenant_id: 'acme', roles: ['member'] };
const MARK = { tenant_id: 'acme', roles: ['member'] };
const ELSEWHERE = { tenant_id: 'globex', roles: ['member'] };
/** The registry. */
const read = (id: string) => Promise.resolve(id === 'globex' ? { organization: 'org_b' } : undefined);

describe('people of a tenant', () => {
  const standings: [
    what: string,
    marks: Record<string, unknown>,
    member: string[],
    standing: string,
    calls: number,
  ][] = [
    ['a home user', HOME, ['org_a'], 'alone', 1],
    ['a home user who is no member yet', HOME, [], 'alone', 1],
    ['a home user with a mark of another organization', { ...HOME, org_b: ELSEWHERE }, [], 'shared', 0],
    ['a home user who is a member of another organization', HOME, ['org_a', 'org_b'], 'shared', 1],
    ['a home user with marks that are none', { ...HOME, org_c: null, orgs: {} }, [], 'alone', 1],
    ['a home user with anything of another organization', { ...HOME, org_b: 'x' }, ['org_b'], 'shared', 1],
    ['a home user with what is left of another organization', { ...HOME, org_b: 'x' }, ['org_a'], 'alone', 1],
    [
      'a home user with a mark of a tenant that is gone',
      { ...HOME, org_c: ELSEWHERE },
      ['org_a'],
      'alone',
      1,
    ],
    // The account was there before the tenant knew it.
    ['a guest of no other', { org_a: MARK }, ['org_a'], 'shared', 0],
    ['a guest with another home', { org_a: MARK, tenant_id: 'globex' }, ['org_a'], 'shared', 0],
    ['a guest without a mark', {}, ['org_a'], 'shared', 1],
    ['a guest without a mark, with another home', { tenant_id: 'globex' }, ['org_a'], 'shared', 1],
    ['somebody who has left', {}, [], 'not', 1],
    ['somebody else’s user', { tenant_id: 'globex', org_b: ELSEWHERE }, ['org_b'], 'not', 1],
  ];
  for (const [what, marks, member, standing, calls] of standings)
    it(`are told apart: ${what} is ${standing}`, async () => {
      let made = 0;
      const bulk = { organizationsOf: () => Promise.resolve((made += 1) && member) };
      const tenants = { haveOrganizations: () => Promise.resolve(true), read };
      const context = { bulk, tenants } as never;
      expect(await belonging(context, tenant('org_a'), userWith(marks))).to.equal(standing);
      expect(made).to.equal(calls);
    });

  it('are told apart by their records alone where there are no organizations', async () => {
    const tenants = { haveOrganizations: () => Promise.resolve(false), read };
    const context = { bulk: {}, tenants } as never;
    expect(await belonging(context, tenant(), userWith(HOME))).to.equal('alone');
    expect(await belonging(context, tenant(), userWith({ ...HOME, org_b: ELSEWHERE }))).to.equal('shared');
    expect(await belonging(context, tenant(), userWith({}))).to.equal('not');
  });

  const whoChanged: [what: string, marks: Record<string, unknown>, isShared: boolean][] = [
    ['stays', { ...HOME, org_b: ELSEWHERE }, true],
    ['goes with them', HOME, false],
  ];
  for (const [what, marks, isShared] of whoChanged)
    it(`are looked at again when they changed while others were looked at: their connection ${what}`, async () => {
      const queries: string[] = [];
      const bulk = {
        organizationsOf: () => Promise.resolve([]),
        searchUsers(query: string) {
          queries.push(query);
          const isSecond = query.includes('updated_at:[');
          return Promise.resolve({ users: [userWith(isSecond ? marks : HOME)], total: 1 });
        },
      };
      const tenants = { haveOrganizations: () => Promise.resolve(true), read };
      const began = Date.now();
      expect(await hasOthersPeople({ bulk, tenants } as never, tenant())).to.equal(isShared);
      expect(queries[0]).to.equal('identities.connection:"users"');
      const [, since] = /updated_at:\[(\S+) TO \*\}$/.exec(queries[1]!)!;
      expect(Date.parse(since!)).to.be.lessThan(began);
    });

  const BECOMING = { organization: 'org_a', organization_id: 'org_a', made_by: 'job', since: '2031' };
  const ways: [what: string, leaving: Tenant, left: string[]][] = [
    ['its organization', tenant('org_a'), ['org_a']],
    ['the one that it becomes', { ...tenant(), change_over: BECOMING }, ['org_a']],
    [
      'the one that it has just become, once',
      { ...tenant('org_a'), change_over: { ...BECOMING, open: true } },
      ['org_a'],
    ],
    ['none', tenant(), []],
  ];
  for (const [what, leaving, left] of ways)
    it(`leave ${what}`, async () => {
      const made: unknown[] = [];
      const noted: string[] = [];
      const context = {
        bulk: {
          organizationsOf: () => Promise.resolve([...left, 'org_b']),
          removeMember: (organization: string) => Promise.resolve(made.push(organization)),
          updateUser: (_: string, changes: unknown) => Promise.resolve(made.push(changes)),
        },
        tenants: { haveOrganizations: () => Promise.resolve(true), read },
        consentsOf: () => ({ deleteAll: () => Promise.resolve(false) }),
        organizationsIn: () => () => Promise.resolve([]),
        marksToRemove: { add: (entry: string) => Promise.resolve(noted.push(entry)) },
      };
      const marks = Object.fromEntries(left.map((organization) => [organization, MARK]));
      await removePerson(context as never, leaving, userWith({ ...HOME, ...marks, org_b: ELSEWHERE }));
      const app_metadata = {
        tenant_id: null,
        roles: null,
        ...Object.fromEntries(left.map((one) => [one, null])),
      };
      expect(made).to.deep.equal([...left, { app_metadata }]);
      expect(noted).to.deep.equal(left.map((one) => `${one} auth0|1`));
    });

  const changing: Tenant = {
    ...tenant('org_a'),
    change_over: { organization: 'new', made_by: 'job', since: '2031-01-01T00:00:00.000Z', open: true },
  };
  const AUDIENCE = 'https://api.example/';
  const grants = [
    { id: 'bare' },
    { id: 'empty', organization_id: '' },
    { id: 'a', organization_id: 'org_a' },
    { id: 'b', organization_id: 'org_b' },
  ];
  const consents: [what: string, leaving: Tenant, marks: Record<string, unknown>, ended: string[]][] = [
    ['a home user', tenant('org_a'), HOME, ['bare', 'empty', 'a']],
    ['a home user, while the tenant changes over', changing, HOME, ['bare', 'empty', 'a']],
    ['a guest, while the tenant changes over', changing, { org_a: MARK, tenant_id: 'globex' }, ['a']],
    ['a guest', tenant('org_a'), { org_a: MARK, tenant_id: 'globex' }, ['a']],
    ['a home user of a tenant that is no organization', tenant(), HOME, ['bare', 'empty']],
  ];
  for (const [what, leaving, marks, ended] of consents)
    it(`lose the consents given there: ${what}`, async () => {
      const deleted: string[] = [];
      const context = {
        consentsOf: (_: unknown, userId: string, organizations: ReadOrganizations) => {
          const listed = grants.map((grant) => ({ ...grant, user_id: userId, audience: AUDIENCE }));
          const listGrants = () => Promise.resolve(listed);
          const deleteGrant = (id: string) => Promise.resolve(deleted.push(id));
          return new OwnConsents({ listGrants, deleteGrant } as never, AUDIENCE, userId, organizations);
        },
        organizationsIn: () => () => Promise.resolve(signInOrganizations(leaving)),
      };
      await removeConsentsOf(context as never, leaving, userWith(marks));
      expect(deleted).to.deep.equal(ended);
    });

  it('have their consents read first: the job has that call’s slot', async () => {
    const made: string[] = [];
    const listGrants = () => Promise.resolve(made.push('grants') && []);
    const organizations = () => Promise.resolve(made.push('organizations') ? [undefined] : []);
    const consents = new OwnConsents({ listGrants } as never, AUDIENCE, 'auth0|1', organizations);
    await consents.list();
    expect((await consents.delete('app')).organizations).to.deep.equal([undefined]);
    expect(made).to.deep.equal(['grants', 'organizations', 'grants', 'organizations']);
  });
});
