/** Tenants as anonymous callers find them: by what a person types, and only those that people sign in to. */
import { expect } from 'chai';
import { saveTenant, type Tenant } from '../../src/registry/tenants.ts';
import { createTenantDirectory } from '../../src/tenants/tenant-directory.ts';
import { redisAlone } from '../support/redis-alone.ts';

describe('the directory of tenants', () => {
  const redis = redisAlone();
  const tenant: Tenant = {
    id: 'acme',
    name: 'Acme',
    status: 'active',
    connection: 'acme-users',
    email_domains: ['acme.example'],
    created_at: '2031-01-01T00:00:00.000Z',
  };

  const found: [status: Tenant['status'], isFound: boolean][] = [
    ['active', true],
    ['suspended', true],
    ['creating', false],
    ['deleting', false],
  ];
  for (const [status, isFound] of found)
    it(`${isFound ? 'has' : 'does not have'} one that is ${status}`, async () => {
      await saveTenant(redis(), { ...tenant, status });
      const directory = createTenantDirectory(redis());
      for (const identifier of ['acme', 'ann@acme.example'])
        expect((await directory.find(identifier))?.id, identifier).to.equal(isFound ? 'acme' : undefined);
    });

  it('reads as much for a name that no tenant has as for one that has', async () => {
    await saveTenant(redis(), tenant);
    const directory = createTenantDirectory(redis());
    const reads = async (identifier: string) => {
      await redis().config('RESETSTAT');
      await directory.find(identifier);
      const [, count] = /cmdstat_hget:calls=(\d+)/.exec(await redis().info('commandstats')) ?? [];
      return Number(count);
    };
    for (const identifier of ['acme', 'nobody', 'ann@acme.example', 'ann@nobody.example', '', '@'])
      expect(await reads(identifier), identifier).to.equal(2);
  });

  it('knows of several databases when there are, and shares one look between callers', async () => {
    await saveTenant(redis(), tenant);
    expect(await createTenantDirectory(redis()).hasSeveralSignIns()).to.equal(false);
    await saveTenant(redis(), { ...tenant, id: 'globex', connection: 'globex-users', email_domains: [] });
    const directory = createTenantDirectory(redis());
    await redis().config('RESETSTAT');
    const answers = await Promise.all([1, 2, 3].map(() => directory.hasSeveralSignIns()));
    expect([...answers, await directory.hasSeveralSignIns()]).to.deep.equal([true, true, true, true]);
    expect(await redis().info('commandstats')).to.match(/cmdstat_hscan:calls=1,/);
  });
});
