/** Whose sign-in page an app's authorization request goes on to: the organization's, the database's, or what the request says itself. */
import { expect } from 'chai';
import { forTenant } from '../../../src/operations/oauth/authorization-request.ts';
import { findSignIn } from '../../../src/operations/oauth/find-sign-in.ts';
import { forApp } from '../../../src/operations/oauth/for-app.ts';
import type { Tenant } from '../../../src/registry/tenants.ts';

const tenantOf = (connection: string, organization?: string): Tenant => ({
  id: 'acme',
  name: 'Acme',
  status: 'active',
  connection,
  created_at: '2031-01-01T00:00:00.000Z',
  ...(organization !== undefined && { organization }),
});
const servicesFor = (SHARED_DATABASE: string | undefined, tenant?: Tenant) =>
  ({
    config: { SHARED_DATABASE },
    publicUrl: 'https://api.example',
    tenantDirectory: {
      find: () => Promise.resolve(tenant),
      hasSeveralSignIns: () => Promise.resolve(true),
    },
  }) as unknown as Parameters<typeof findSignIn>[1]['services'];

describe('the sign-in page of a tenant', () => {
  const rows: [what: string, shared: string | undefined, tenant: Tenant, expected: object][] = [
    ['of no organization, in the shared database', 'all', tenantOf('all'), { connection: 'all' }],
    ['of no organization, in its own', 'all', tenantOf('acme-users'), { connection: 'acme-users' }],
    ['an organization, in the shared database', 'all', tenantOf('all', 'org_1'), { organization: 'org_1' }],
    [
      'an organization, in its own',
      'all',
      tenantOf('acme-users', 'org_1'),
      { organization: 'org_1', connection: 'acme-users' },
    ],
    [
      'an organization, where none is shared',
      undefined,
      tenantOf('acme-users', 'org_1'),
      { organization: 'org_1', connection: 'acme-users' },
    ],
  ];
  for (const [what, shared, tenant, expected] of rows)
    it(`is named: ${what}`, async () => {
      const services = servicesFor(shared, tenant);
      expect(forTenant(services, { state: 's' }, tenant)).to.deep.equal({ state: 's', ...expected });
      const request = { login_hint: 'ann@acme.example' };
      const found = await findSignIn(request, { services, cookies: {}, prefersPage: true });
      expect(found).to.deep.equal({ ...request, ...expected });
    });

  it('is what the request says, if it says something', async () => {
    const services = servicesFor('all', tenantOf('all', 'org_1'));
    for (const said of [{ organization: 'org_2' }, { connection: 'other' }]) {
      const request = forApp({ ...said, login_hint: 'ann@acme.example', scope: 'read:a' }, ['read:a']);
      const found = await findSignIn(request, { services, cookies: {}, prefersPage: true });
      expect(found).to.deep.equal(request).and.to.include(said);
    }
  });
});
