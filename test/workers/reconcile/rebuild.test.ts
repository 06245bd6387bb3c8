/** A registry that was lost is made anew from clients at the authority, also where these disagree. */
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { Apps } from '../../../src/registry/apps.ts';
import { tenantToMetadata } from '../../../src/registry/client-metadata.ts';
import { readClient } from '../../../src/registry/client-store.ts';
import { findByEmailDomain, readTenant, type Tenant } from '../../../src/registry/tenants.ts';
import { createSeal } from '../../../src/secrets/seal.ts';
import type { AuthorityClient } from '../../../workers/reconcile/read-authority.ts';
import { rebuild } from '../../../workers/reconcile/rebuild.ts';
import { redisAlone } from '../../support/redis-alone.ts';

describe('a lost registry', () => {
  const redis = redisAlone();
  const seal = createSeal({ current: 'k1', byId: new Map([['k1', randomBytes(32)]]) });

  const webAppOf = (id: string, email_domains: string[], more: Partial<Tenant> = {}): AuthorityClient => {
    const tenant: Tenant = {
      id,
      name: id,
      status: 'active',
      connection: `${id}-users`,
      created_at: '2031-01-01T00:00:00.000Z',
      email_domains,
      ...more,
    };
    return { client_id: `spa-${id}`, kind: 'user', client_metadata: tenantToMetadata(tenant) };
  };

  const parts = () => {
    const settings = { list: () => Promise.resolve(new Map()) } as never;
    const apps = new Apps(redis(), seal);
    return { redis: redis(), apps, management: {} as never, settings, dryRun: false };
  };

  it('has every tenant again, though two of them have one email domain there', async () => {
    const lost = [webAppOf('acme', ['a.example']), webAppOf('globex', ['b.example', 'a.example'])];
    await rebuild(parts(), lost, { grants: new Map(), userGrants: new Map() } as never);
    expect(await readTenant(redis(), 'acme')).to.deep.include({ email_domains: ['a.example'] });
    expect(await readTenant(redis(), 'globex')).to.deep.include({ status: 'active', email_domains: [] });
    expect(await findByEmailDomain(redis(), 'a.example')).to.equal('acme');
    expect(await findByEmailDomain(redis(), 'b.example')).to.equal(undefined);
  });

  it('knows whose organization is which, and which of them go with their tenant', async () => {
    const kept = [
      { organization: 'org_made', owns_organization: true },
      { organization: 'org_taken' },
      {},
    ] as const;
    const lost = kept.map((organization, n) => webAppOf(`rebuilt-${n}`, [], organization));
    await rebuild(parts(), lost, { grants: new Map(), userGrants: new Map() } as never);
    for (const [n, { organization, owns_organization }] of kept
      .map((one): Pick<Tenant, 'organization' | 'owns_organization'> => one)
      .entries())
      expect(await readTenant(redis(), `rebuilt-${n}`))
        .to.include({ status: 'active' })
        .and.satisfy(
          (tenant: Tenant) =>
            tenant.organization === organization && tenant.owns_organization === owns_organization,
        );
  });

  it('has the settings of a tenant, whichever of its web apps comes first', async () => {
    const adopted: AuthorityClient = {
      client_id: 'spa-adopted',
      kind: 'user',
      client_metadata: { kind: 'user', tenant_id: 'acme' },
    };
    const lost = [adopted, webAppOf('acme', ['a.example'], { status: 'suspended' })];
    await rebuild(parts(), lost, { grants: new Map(), userGrants: new Map() } as never);
    expect(await readTenant(redis(), 'acme')).to.include({ status: 'suspended', web_app: 'spa-acme' });
    expect(await readClient(redis(), 'spa-adopted')).to.include({ kind: 'user', tenant_id: 'acme' });
  });
});
