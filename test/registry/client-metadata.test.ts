/** What clients at the authority say of themselves is enough to make the registry anew, and what does not say enough opens nothing. */
import { expect } from 'chai';
import {
  appFromMetadata,
  appToMetadata,
  keyFromMetadata,
  predecessorFromMetadata,
  tenantFromMetadata,
  tenantToMetadata,
  writeCreation,
} from '../../src/registry/client-metadata.ts';
import type { AppClient } from '../../src/registry/clients.ts';
import type { Tenant } from '../../src/registry/tenants.ts';

const AT = '2031-01-01T00:00:00.000Z';

describe('metadata of clients', () => {
  const tenant: Tenant = {
    id: 'acme',
    name: 'Acme',
    status: 'active',
    connection: 'acme-users',
    web_app: 'spa',
    created_at: AT,
  };
  const tenants: [what: string, more: Partial<Tenant>][] = [
    ['with nothing but its name', {}],
    ['with a connection of its own', { owns_connection: true, made_by: 'job-1' }],
    ['with a shared database', { database: 'shared' }],
    ['with a database of its own', { database: 'own', owns_connection: true }],
    ['with an organization of its own', { organization: 'org_a', owns_organization: true }],
    ['with an organization that was there before', { organization: 'org_a' }],
    ['that is suspended', { status: 'suspended' }],
    ['that is deleted with its users', { status: 'deleting', deletion: { users: 'delete', since: AT } }],
    ['that is deleted, its users kept', { status: 'deleting', deletion: { users: 'keep', since: AT } }],
    [
      'with a limit of none',
      { limits: { imports: 0 }, max_limits: { api_keys: 3, requests_per_minute: 60 } },
    ],
    ['with email domains', { email_domains: ['acme.example', 'xn--acm-dma.example'] }],
    ['that has no email domain any more', { email_domains: [] }],
    [
      'with roles and what holds for apps',
      { assignable_roles: [], allowed_roles: ['member'], default_app_access: 'deny' },
    ],
  ];
  for (const [what, more] of tenants)
    it(`tell of a tenant ${what}`, () => {
      const given = { ...tenant, ...more };
      expect(tenantFromMetadata(tenantToMetadata(given), 'spa')).to.deep.equal(given);
    });

  it('tell of a tenant without a web app of its own', () => {
    const { web_app: _own, ...rest } = tenant;
    const given: Tenant = { ...rest, database: 'shared', shared_web_app: true };
    expect(tenantFromMetadata(tenantToMetadata(given), undefined)).to.deep.equal(given);
  });

  const halfKnown: [what: string, more: Record<string, unknown>, status: string | undefined][] = [
    ['is being made', { tenant_status: 'creating' }, 'suspended'],
    ['has a status that is none', { tenant_status: 'open' }, 'suspended'],
    ['has no status', { tenant_status: undefined }, 'suspended'],
    ['has settings that are none', { settings: '{"r":["viewer"]' }, 'suspended'],
    ['has settings of another shape', { settings: 'null' }, 'suspended'],
    ['has no id', { tenant_id: '' }, undefined],
    ['has no connection', { connection: 'own' }, undefined],
    ['is a client of another kind', { kind: 'tenant' }, undefined],
    ['has an id that is no text', { tenant_id: 7 }, undefined],
  ];
  for (const [what, more, status] of halfKnown)
    it(`let nobody in of a tenant that ${what}`, () => {
      const found = tenantFromMetadata({ ...tenantToMetadata(tenant), ...more }, 'spa');
      expect(found?.status).to.equal(status);
    });

  const app: AppClient = {
    kind: 'app',
    client_id: 'app-1',
    name: 'Reports',
    registration: 'dynamic',
    status: 'pending',
    scopes: ['read:users'],
    created_at: AT,
  };
  const apps: [what: string, more: Partial<AppClient>][] = [
    ['that nobody decided on', {}],
    ['that the operator approved', { status: 'approved', status_by: 'operator-1' }],
    ['that is blocked', { status: 'blocked', status_by: 'operator-1' }],
    ['that imitates', { flags: ['operator_name', 'operator_logo'] }],
    ['that a tenant vouched for', { vouched_by: 'acme' }],
    ['that has gone beyond that', { vouched_by: 'acme', vouch_lapsed_at: AT }],
    [
      'with a statement, and a token',
      { statement_issuer: 'https://i.example', registration_token_hash: 'h' },
    ],
  ];
  for (const [what, more] of apps)
    it(`tell of an app ${what}`, () => {
      const given = { ...app, ...more };
      const found = appFromMetadata(appToMetadata(given), given, given.scopes);
      expect({ ...found, created_at: AT }).to.deep.equal(given);
    });

  it('never open an app that says something else, and drop flags that are none', () => {
    const found = appFromMetadata({ app_status: 'allowed x', app_flags: 'harmless' }, app, []);
    expect(found).to.include({ status: 'pending' }).and.not.have.property('flags');
  });

  const keys: [what: string, metadata: Record<string, unknown>, expected: object | undefined][] = [
    ['with nothing but its tenant', {}, {}],
    ['with who made it', { created_by: 'tenant key-0' }, { created_by: { kind: 'tenant', id: 'key-0' } }],
    ['made by nobody that there is', { created_by: 'app x' }, {}],
    ['with an end', { expires_at: AT }, { expires_at: AT }],
    [
      'with addresses in several values, in their order',
      { addresses_2: '192.0.2.1', addresses_1: '10.0.0.0/8 10.1.0.0/16' },
      { allowed_addresses: ['10.0.0.0/8', '10.1.0.0/16', '192.0.2.1'] },
    ],
    ['of no tenant', { tenant_id: undefined }, undefined],
    ['of another kind', { kind: 'user' }, undefined],
  ];
  for (const [what, more, expected] of keys)
    it(`tell of an API key ${what}`, () => {
      const metadata = { kind: 'tenant', tenant_id: 'acme', created_at: AT, ...more };
      const found = keyFromMetadata(metadata, { client_id: 'key-1', name: 'First' }, ['read:users']);
      const plain = { kind: 'tenant', client_id: 'key-1', tenant_id: 'acme', name: 'First' };
      expect(found).to.deep.equal(
        expected && { ...plain, scopes: ['read:users'], created_at: AT, ...expected },
      );
    });

  it('tell whose successor a key is', () => {
    const replaces = { clientId: 'key-0', retiresAt: AT };
    expect(predecessorFromMetadata({ created_at: writeCreation(AT, replaces) })).to.deep.equal(replaces);
    expect(predecessorFromMetadata({ created_at: writeCreation(AT) })).to.equal(undefined);
    expect(predecessorFromMetadata({})).to.equal(undefined);
  });
});
