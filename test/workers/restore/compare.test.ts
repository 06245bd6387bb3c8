/** A restored registry compared with what the authority has: the authority wins, but never to let somebody in. */
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { keys } from '../../../src/redis/keys.ts';
import { readApiKey } from '../../../src/registry/api-keys.ts';
import { Apps } from '../../../src/registry/apps.ts';
import { tenantToMetadata, writeCreation } from '../../../src/registry/client-metadata.ts';
import { saveClient } from '../../../src/registry/client-store.ts';
import type { ApiKeyClient } from '../../../src/registry/clients.ts';
import { readTenant, removeUnwrittenTenant, saveTenant, type Tenant } from '../../../src/registry/tenants.ts';
import { createSeal } from '../../../src/secrets/seal.ts';
import type { AuthorityClient, AuthorityState } from '../../../workers/reconcile/read-authority.ts';
import { handleOrphans } from '../../../workers/reconcile/strays.ts';
import { compareKeys } from '../../../workers/restore/compare-clients.ts';
import { compareTenants } from '../../../workers/restore/compare-tenants.ts';
import { redisAlone } from '../../support/redis-alone.ts';

describe('a restored registry', () => {
  const redis = redisAlone();
  const seal = createSeal({ current: 'k1', byId: new Map([['k1', randomBytes(32)]]) });

  const tenant = (more: Partial<Tenant> = {}): Tenant => ({
    id: 'acme',
    name: 'Acme',
    status: 'active',
    connection: 'acme-users',
    web_app: 'spa',
    created_at: '2031-01-01T00:00:00.000Z',
    ...more,
  });
  const key = (client_id: string, more: Partial<ApiKeyClient> = {}): ApiKeyClient => ({
    kind: 'tenant',
    client_id,
    tenant_id: 'acme',
    name: 'A key',
    scopes: ['read:users'],
    created_at: '2031-01-01T00:00:00.000Z',
    ...more,
  });
  /** A key's client as the authority has it. */
  const keyClient = (client_id: string, created_at = '2031-01-01T00:00:00.000Z'): AuthorityClient => ({
    client_id,
    kind: 'tenant',
    name: 'A key',
    client_metadata: { kind: 'tenant', tenant_id: 'acme', created_at },
  });
  const spa = (of: Tenant): AuthorityClient => ({
    client_id: 'spa',
    kind: 'user',
    client_metadata: tenantToMetadata(of),
  });
  function authority(...clients: AuthorityClient[]): AuthorityState {
    const byId = new Map(clients.map((client) => [client.client_id, client]));
    const grants = new Map(clients.map(({ client_id }) => [client_id, ['read:users']]));
    return { listed: byId, clients: byId, grants, userGrants: new Map() };
  }
  const parts = (dryRun = false) => {
    const settings = { read: () => Promise.resolve(undefined) } as never;
    return { redis: redis(), apps: new Apps(redis(), seal), management: {} as never, settings, dryRun };
  };

  async function store(one: Tenant): Promise<void> {
    await saveTenant(redis(), one);
    // As it was long before the backup.
    await removeUnwrittenTenant(redis(), one.id);
  }
  const statusAfter = async (theirs: AuthorityState) => {
    const found = await compareTenants(parts(), theirs);
    return [(await readTenant(redis(), 'acme'))?.status, found.map(({ what, done }) => `${what} ${done}`)];
  };

  it('has the tenants that were suspended since, and says what it would do first', async () => {
    await store(tenant());
    const theirs = authority(spa(tenant({ status: 'suspended' })));
    const planned = await compareTenants(parts(true), theirs);
    expect((await readTenant(redis(), 'acme'))!.status).to.equal('active');
    expect(planned.map(({ id }) => id)).to.deep.equal(['acme']);
    expect(await statusAfter(theirs)).to.deep.equal(['suspended', ['tenant_changed applied']]);
    expect(await statusAfter(theirs), 'again').to.deep.equal(['suspended', []]);
  });

  it('lets in a tenant that was resumed since, but not one whose suspension may not have reached the authority', async () => {
    await store(tenant({ status: 'suspended' }));
    expect(await statusAfter(authority(spa(tenant())))).to.deep.equal(['active', ['tenant_changed applied']]);
    await saveTenant(redis(), tenant({ status: 'suspended' }));
    expect(await statusAfter(authority(spa(tenant())))).to.deep.equal(['suspended', []]);
  });

  it('suspends a tenant that the authority does not know any more, and tells the operator', async () => {
    await store(tenant());
    expect(await statusAfter(authority())).to.deep.equal(['suspended', ['tenant_missing unknown']]);
  });

  it('has the rotations of keys since, and no key whose overlap is over', async () => {
    await store(tenant());
    for (const id of ['old', 'over', 'new', 'newer']) await saveClient(redis(), key(id));
    const [later, before] = ['2099-01-01T00:00:00.000Z', '2031-01-02T00:00:00.000Z'];
    const theirs = authority(
      keyClient('old'),
      keyClient('over'),
      keyClient('new', writeCreation(before, { clientId: 'old', retiresAt: later })),
      keyClient('newer', writeCreation(before, { clientId: 'over', retiresAt: '2001-01-01T00:00:00.000Z' })),
    );
    const found = await compareKeys(parts(), theirs);
    expect(found.map(({ what, id }) => `${what} ${id}`)).to.have.members([
      'key_changed old',
      'key_changed new',
      'key_ended over',
    ]);
    expect((await readApiKey(redis(), 'old'))!.key).to.include({ replaced_by: 'new', retires_at: later });
    expect(await readApiKey(redis(), 'over')).to.equal(undefined);
    // What a process remembers of its secret is of before.
    expect((await readApiKey(redis(), 'newer'))!.key.recheck).to.be.a('string');
  });

  it('has no client deleted for it until the restore is finished', async () => {
    await store(tenant());
    const orphans = [keyClient('made-since')];
    const strays = { ...parts(), graceMs: 0 };
    await redis().set(keys.restored, JSON.stringify({ id: 'r', state: 'compared', findings: [] }));
    const found = await handleOrphans(strays, orphans);
    expect(found).to.deep.equal([{ what: 'orphan_client', client_id: 'made-since', done: 'told' }]);
    await redis().del(keys.restored);
    // Without it, it would be: the authority, which is none here, is called.
    expect(await handleOrphans(strays, orphans).catch(() => 'called')).to.equal('called');
  });
});
