/** The stand-in's table of endpoints and groups, and that of the budget (`src/auth0/endpoint-group.ts`). */
import { expect } from 'chai';
import { endpointGroupOf, endpointOf } from '../../src/auth0/endpoint-group.ts';
import { rateGroupOf } from '../../src/stand-in/limits/rate-groups.ts';
import { ENDPOINTS } from '../../src/stand-in/management/endpoints.ts';

const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'];
/** What the stand-in doesn't serve; below an organization, and ids that are words of other endpoints. */
const PATHS = [
  'organizations',
  'organizations/members',
  'organizations/name/name',
  'organizations/name/members',
  'organizations/org_a/connections',
  'organizations/org_a/clients',
  'organizations/org_a/discovery-domains/dom_a',
  'organizations/org_a/constructor',
  'organizations/org_a/members/auth0%7Ca/roles/rol_a',
  'organizations/org_a/groups/roles',
  'users/auth0%7Ca/organizations',
  'users/organizations',
  'users/auth0%7Ca/roles',
  'clients?q=x',
  'clients/client_a?fields=name',
  'stats/daily',
];

describe('stand-in: the group of an endpoint', () => {
  const served = ENDPOINTS.map(({ method, path }) => [method, path.replace(/^\//, '')] as const);
  const others = PATHS.flatMap((path) => METHODS.map((method) => [method, path] as const));
  for (const [method, path] of [...served, ...others])
    it(`is that of the budget: ${method} /${path}`, () => {
      const url = new URL(`https://account.example/api/v2/${path}`);
      expect(endpointGroupOf(method, url)).to.equal(
        rateGroupOf(method, url.pathname.slice('/api/v2/'.length), url.searchParams),
      );
    });

  it('is found with no id in the name of the endpoint', () => {
    const nameOf = (path: string) => endpointOf('GET', new URL(`https://account.example/api/v2/${path}`));
    expect(nameOf('organizations/name/acme')).to.equal('GET /api/v2/organizations/name/{id}');
    expect(nameOf('organizations/org_a/members/auth0%7Ca/roles')).to.equal(
      'GET /api/v2/organizations/{id}/members/{id}/roles',
    );
    expect(nameOf('organizations/org_a/enabled_connections/con_a')).to.equal(
      'GET /api/v2/organizations/{id}/enabled_connections/{id}',
    );
    expect(nameOf('users/auth0%7Ca/organizations')).to.equal('GET /api/v2/users/{id}/organizations');
  });
});
