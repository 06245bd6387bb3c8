/** Which database and which web app a new tenant gets, by what is asked for and what the deployment has and allows. */
import { expect } from 'chai';
import { chooseTenancy, type TenancySettings } from '../../src/operations/tenants/choose-tenancy.ts';
import { Problem } from '../../src/problem.ts';

const BARE: TenancySettings = {
  SHARED_DATABASE: undefined,
  TENANT_DATABASES: undefined,
  TENANT_ORGANIZATIONS: ['none'],
  TENANT_WEB_APPS: ['shared', 'own'],
  WEB_APP_CLIENT_IDS: [],
};
const SHARED: TenancySettings = { ...BARE, SHARED_DATABASE: 'users', WEB_APP_CLIENT_IDS: ['v1', 'v2'] };
const EITHER: TenancySettings = { ...BARE, TENANT_ORGANIZATIONS: ['none', 'organization'] };
const FIRST_ORGANIZATION: TenancySettings = { ...BARE, TENANT_ORGANIZATIONS: ['organization', 'none'] };
const web_app = { origins: ['https://a.example'], callback_urls: ['https://a.example/'] };
type Asked = Parameters<typeof chooseTenancy>[0];

describe('a new tenant', () => {
  const given: [what: string, asked: Asked, settings: TenancySettings, got: object][] = [
    ['both of its own, where nothing is set', { web_app }, BARE, {}],
    ['the database that is named', { web_app, connection: 'c' }, BARE, { connection: 'c' }],
    [
      'both shared by default, where they are set',
      {},
      SHARED,
      { connection: 'users', isDeploymentDatabase: true, sharedClients: ['v1', 'v2'] },
    ],
    ['its own, where it is asked for', { database: 'own', web_app }, SHARED, {}],
    [
      'its own database, with the shared web app',
      { database: 'own' },
      SHARED,
      { sharedClients: ['v1', 'v2'] },
    ],
    [
      'the shared database, with a web app of its own',
      { web_app },
      SHARED,
      { connection: 'users', isDeploymentDatabase: true },
    ],
    [
      'the deployment’s database by its name',
      { connection: 'users', web_app },
      SHARED,
      { connection: 'users', isDeploymentDatabase: true },
    ],
    [
      'another shared one by its name',
      { database: 'shared', connection: 'c', web_app },
      SHARED,
      { connection: 'c' },
    ],
    ['the first that is allowed', { web_app }, { ...SHARED, TENANT_DATABASES: ['own', 'shared'] }, {}],
    [
      'the other one all the same',
      { database: 'shared', web_app },
      { ...SHARED, TENANT_DATABASES: ['own', 'shared'] },
      { connection: 'users', isDeploymentDatabase: true },
    ],
    ['no organization where that is the default', { web_app }, EITHER, {}],
    ['none where it asks for none', { web_app, organization: 'none' }, FIRST_ORGANIZATION, {}],
    [
      'a new organization where that is the default',
      { web_app },
      FIRST_ORGANIZATION,
      { organization: 'new' },
    ],
    ['a new one where it asks for one', { web_app, organization: 'new' }, EITHER, { organization: 'new' }],
    ['the one that is named', { web_app, organization: 'org_a' }, EITHER, { organization: 'org_a' }],
  ];
  for (const [what, asked, settings, got] of given)
    it(`gets ${what}`, () => {
      expect(JSON.parse(JSON.stringify(chooseTenancy(asked, settings)))).to.deep.equal(got);
    });

  const refused: [what: string, asked: Asked, settings: TenancySettings, pointer: string][] = [
    ['a new organization where none are', { web_app, organization: 'new' }, BARE, '/organization'],
    ['one that is named where none are', { web_app, organization: 'org_a' }, BARE, '/organization'],
    [
      'no organization where each tenant is one',
      { web_app, organization: 'none' },
      { ...BARE, TENANT_ORGANIZATIONS: ['organization'] },
      '/organization',
    ],
    ['a shared database where there is none', { database: 'shared', web_app }, BARE, '/database'],
    ['the shared web app where there is none', {}, BARE, '/web_app'],
    [
      'a database of its own where only shared ones are allowed',
      { database: 'own', web_app },
      { ...SHARED, TENANT_DATABASES: ['shared'] },
      '/database',
    ],
    [
      'a shared one where only own ones are',
      { database: 'shared', web_app },
      { ...SHARED, TENANT_DATABASES: ['own'] },
      '/database',
    ],
    [
      'a named one where only own ones are',
      { connection: 'c', web_app },
      { ...SHARED, TENANT_DATABASES: ['own'] },
      '/database',
    ],
    ['one of its own that is named', { database: 'own', connection: 'c', web_app }, SHARED, '/connection'],
    [
      'a web app of its own where only the shared one is allowed',
      { web_app },
      { ...SHARED, TENANT_WEB_APPS: ['shared'] },
      '/web_app',
    ],
    ['the shared one where only own ones are', {}, { ...SHARED, TENANT_WEB_APPS: ['own'] }, '/web_app'],
  ];
  for (const [what, asked, settings, pointer] of refused)
    it(`is refused ${what}`, () => {
      try {
        chooseTenancy(asked, settings);
        expect.fail('it was not');
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        expect(error.code).to.equal('tenancy_not_available');
        expect(error.parts.errors?.map((one) => one.pointer)).to.deep.equal([pointer]);
      }
    });
});
