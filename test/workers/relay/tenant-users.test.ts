/** Nobody who is given the users of one tenant reaches another tenant's user, whatever the authority answers (invariant 1). */
import { expect } from 'chai';
import { Problem } from '../../../src/problem.ts';
import { OwnConsents } from '../../../workers/relay/own-consents.ts';
import { TenantUsers } from '../../../workers/relay/tenant-users.ts';
import { startAnswering, type AnsweringAuthority } from '../../auth0/answering.ts';

const ROLES = new Map([['admin', ['read:users', 'update:users']]]);
const ADMIN = { kind: 'user', scopes: ['read:users', 'update:users'] } as const;
const aUser = (tenant_id: unknown, roles: string[] = []) => ({
  user_id: 'auth0|1',
  email: 'ada@acme.example',
  created_at: '2026-11-23T09:00:00.000Z',
  app_metadata: { ...(tenant_id === undefined ? {} : { tenant_id }), roles },
});
/** What a user that is not acme's may look like. */
const FOREIGN = [undefined, null, '', 'ACME', ' acme', 'acme ', ['acme'], { acme: true }, 'globex'];
const profile = { email: 'ada@acme.example', roles: [] };
const wanted = { connection: 'acme', id: '1', user: profile };

describe('the users of one tenant', () => {
  let authority: AnsweringAuthority;
  let users: TenantUsers;
  beforeEach(async () => {
    authority = await startAnswering();
    users = new TenantUsers(authority.management(), ROLES, 'acme', () => Promise.resolve(undefined));
  });
  afterEach(() => authority.close());

  const calls = () => authority.received.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    );

  for (const tenant of FOREIGN) {
    it(`are not one of ${JSON.stringify(tenant)}: it is as if there were none, and nothing follows`, async () => {
      authority.answer = () => ({ status: 200, body: aUser(tenant) });
      expect(await codeOf(users.get('auth0|1'))).to.equal('not_found');
      expect(await codeOf(users.toChange('auth0|1', ADMIN))).to.equal('not_found');
      expect(await users.findCreated('1')).to.equal(undefined);
      expect(new Set(calls())).to.deep.equal(new Set(['GET /api/v2/users/auth0%7C1']));
    });

    it(`are not found where the authority finds one of ${JSON.stringify(tenant)} among them`, async () => {
      const found = [aUser(tenant), aUser('acme')];
      authority.answer = ({ path }) =>
        path.startsWith('/api/v2/users-by-email')
          ? { status: 200, body: found }
          : { status: 200, body: { users: found, total: 2, start: 0, limit: 100, length: 2 } };
      expect(await users.findByEmail('ada@acme.example')).to.deep.equal([aUser('acme')]);
      expect((await users.search({}, undefined, 10)).users).to.deep.equal([aUser('acme')]);
      const all = [];
      for await (const user of users.all()) all.push(user);
      expect(all).to.deep.equal([aUser('acme')]);
    });

    it(`are not written where the answer shows one of ${JSON.stringify(tenant)}: what was done is unknown`, async () => {
      authority.answer = ({ method }) => ({ status: 200, body: aUser(method === 'GET' ? 'acme' : tenant) });
      const user = await users.toChange('auth0|1', ADMIN);
      expect(await codeOf(user.update({ name: 'Ada' }))).to.equal('outcome_unknown');
      expect(await codeOf(users.create(wanted))).to.equal('outcome_unknown');
    });
  }

  it('are looked at once, and then changed', async () => {
    authority.answer = () => ({ status: 200, body: aUser('acme') });
    const user = await users.toChange('auth0|1', ADMIN);
    await user.update({ name: 'Ada' });
    expect(calls()).to.deep.equal(['GET /api/v2/users/auth0%7C1', 'PATCH /api/v2/users/auth0%7C1']);
  });

  it('are not changed by whoever lacks a scope of their roles', async () => {
    authority.answer = () => ({ status: 200, body: aUser('acme', ['admin']) });
    expect(await codeOf(users.toChange('auth0|1', { ...ADMIN, scopes: ['read:users'] }))).to.equal(
      'user_beyond_scopes',
    );
    expect(calls()).to.deep.equal(['GET /api/v2/users/auth0%7C1']);
  });

  it('are made as those of this tenant, whatever is asked for', async () => {
    authority.answer = () => ({ status: 201, body: aUser('acme') });
    const asked = { ...profile, app_metadata: { tenant_id: 'globex' }, tenant_id: 'globex' };
    await users.create({ ...wanted, user: asked });
    expect(authority.received[0]!.body['app_metadata']).to.deep.equal({ tenant_id: 'acme', roles: [] });
  });
});

describe('what one user consented to', () => {
  let authority: AnsweringAuthority;
  beforeEach(async () => {
    authority = await startAnswering();
  });
  afterEach(() => authority.close());

  it("is never another user's, or for another API, whatever the authority lists", async () => {
    const grant = { id: '1', clientID: 'app', user_id: 'auth0|1', audience: 'api', scope: [] };
    const grants = [
      { ...grant, id: '2', user_id: 'auth0|2' },
      grant,
      { ...grant, id: '3', audience: 'other' },
      { ...grant, id: '4', clientID: 'other' },
      { ...grant, id: '5', organization_id: 'org_1' },
      { ...grant, id: '6', clientID: 'other', organization_id: null },
    ];
    authority.answer = ({ method }) =>
      method === 'GET' ? { status: 200, body: { grants, total: 6, start: 0, limit: 100 } } : { status: 204 };
    const consents = new OwnConsents(authority.management(), 'api', 'auth0|1', () =>
      Promise.resolve([undefined]),
    );
    expect((await consents.list()).map(({ id }) => id)).to.deep.equal(['1', '4', '6']);
    expect((await consents.delete('app')).found).to.equal(true);
    expect(
      authority.received.filter(({ method }) => method === 'DELETE').map(({ path }) => path),
    ).to.deep.equal(['/api/v2/grants/1']);
  });

  const ORGANIZATIONS: [what: string, counts: (string | undefined)[], expected: string[]][] = [
    ['none', [undefined], ['1']],
    ['one', ['org_1'], ['2']],
    ['another one', ['org_2'], ['3']],
    ['none and one, while it changes over', [undefined, 'org_1'], ['1', '2']],
    ['one where nothing was granted', ['org_3'], []],
  ];
  for (const [what, counts, expected] of ORGANIZATIONS)
    it(`is of the organizations of the tenant only: ${what}`, async () => {
      const grant = { clientID: 'app', user_id: 'auth0|1', audience: 'api', scope: [] };
      const grants = [
        { ...grant, id: '1' },
        { ...grant, id: '2', organization_id: 'org_1' },
        { ...grant, id: '3', organization_id: 'org_2' },
      ];
      authority.answer = ({ method }) =>
        method === 'GET'
          ? { status: 200, body: { grants, total: 3, start: 0, limit: 100 } }
          : { status: 204 };
      const read = () => Promise.resolve(counts);
      const consents = new OwnConsents(authority.management(), 'api', 'auth0|1', read);
      expect((await consents.list()).map(({ id }) => id)).to.deep.equal(expected);
      expect((await consents.delete('app')).found).to.equal(expected.length > 0);
      const deleted = authority.received.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
      expect(deleted).to.deep.equal(expected.map((id) => `/api/v2/grants/${id}`));
    });
});
