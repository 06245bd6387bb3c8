/** What of a tenant is changed over, by what is asked for, what it is, and what the deployment has. */
import { expect } from 'chai';
import { chooseChangeOver } from '../../src/operations/tenants/choose-change-over.ts';
import type { TenancySettings } from '../../src/operations/tenants/choose-tenancy.ts';
import { Problem } from '../../src/problem.ts';
import type { Tenant } from '../../src/registry/tenants.ts';

const ALL: TenancySettings = {
  SHARED_DATABASE: 'users',
  TENANT_DATABASES: undefined,
  TENANT_ORGANIZATIONS: ['none', 'organization'],
  TENANT_WEB_APPS: ['shared', 'own'],
  WEB_APP_CLIENT_IDS: ['v1'],
};
const created_at = '2031-01-01T00:00:00.000Z';
const own: Tenant = {
  id: 't',
  name: 't',
  status: 'active',
  connection: 't-users',
  web_app: 'spa',
  created_at,
};
const shared: Tenant = { ...own, web_app: undefined, shared_web_app: true };
const org: Tenant = { ...shared, organization: 'org_1' };
const over = { made_by: 'job', since: created_at };
const changing: Tenant = { ...own, change_over: { ...over, web_app: 'shared' } };
const becoming: Tenant = {
  ...shared,
  organization: 'org_1',
  change_over: { ...over, organization: 'new', organization_id: 'org_1', open: true },
};
type Asked = Parameters<typeof chooseChangeOver>[1];

describe('a change-over', () => {
  const possible: [tenant: Tenant, asked: Asked, aims: object][] = [
    [own, { web_app: 'shared' }, { web_app: 'shared' }],
    [own, { organization: 'new' }, { organization: 'new' }],
    [own, { web_app: 'shared', organization: 'org_2' }, { web_app: 'shared', organization: 'org_2' }],
    [own, { web_app: 'shared', database: 'own', organization: 'none' }, { web_app: 'shared' }],
    [own, { web_app: 'own', organization: 'new' }, { organization: 'new' }],
    [shared, { web_app: 'shared', organization: 'new' }, { organization: 'new' }],
    // The same again continues it.
    [changing, { web_app: 'shared' }, { web_app: 'shared' }],
    [becoming, { organization: 'new' }, { organization: 'new' }],
  ];
  for (const [tenant, asked, aims] of possible)
    it(`is possible: ${JSON.stringify(asked)}`, () =>
      expect(chooseChangeOver(tenant, asked, ALL)).to.deep.equal(aims));

  const refused: [tenant: Tenant, asked: Asked, code: string, pointer?: string, settings?: object][] = [
    [own, { database: 'shared' }, 'change_over_not_possible', '/database'],
    [own, { database: 'shared', web_app: 'shared' }, 'change_over_not_possible', '/database'],
    [shared, { web_app: 'own' }, 'change_over_not_possible', '/web_app'],
    [org, { organization: 'none' }, 'change_over_not_possible', '/organization'],
    [org, { organization: 'org_2' }, 'change_over_not_possible', '/organization'],
    [own, {}, 'change_over_not_possible', ''],
    [shared, { web_app: 'shared' }, 'change_over_not_possible', ''],
    [org, { organization: 'new' }, 'change_over_not_possible', ''],
    [org, { organization: 'org_1' }, 'change_over_not_possible', ''],
    [changing, { organization: 'new' }, 'change_over_under_way'],
    [changing, { web_app: 'shared', organization: 'new' }, 'change_over_under_way'],
    [becoming, { organization: 'org_1' }, 'change_over_under_way'],
    [own, { web_app: 'shared' }, 'tenancy_not_available', '/web_app', { WEB_APP_CLIENT_IDS: [] }],
    [own, { web_app: 'shared' }, 'tenancy_not_available', '/web_app', { TENANT_WEB_APPS: ['own'] }],
    [
      own,
      { organization: 'new' },
      'tenancy_not_available',
      '/organization',
      { TENANT_ORGANIZATIONS: ['none'] },
    ],
  ];
  for (const [tenant, asked, code, pointer, settings] of refused)
    it(`is ${code}: ${JSON.stringify(asked)}`, () => {
      let problem: unknown;
      try {
        chooseChangeOver(tenant, asked, { ...ALL, ...settings });
      } catch (error) {
        problem = error;
      }
      expect(problem).to.be.instanceOf(Problem).with.property('code', code);
      if (pointer !== undefined) expect((problem as Problem).parts.errors?.[0]?.pointer).to.equal(pointer);
    });
});
