/** Two tenants import the same people at the same time: each gets users of its own, and neither sees or changes the other's. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { management } from '../support/authority.ts';
import { apiKey, type TenantId } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { accepted, ended, rowsOf } from '../support/imports.ts';
import { world, WORLD_MS } from '../support/world.ts';

const run = randomUUID().slice(0, 8);
const emails = Array.from({ length: 120 }, (_, i) => `person${i}-${run}@both.example`);
const tenants: TenantId[] = ['acme', 'globex'];

describe('two tenants that import the same people', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('each get their own, and are never told of the other', async () => {
    const keys = new Map(await Promise.all(tenants.map(async (id) => [id, await apiKey(id)] as const)));
    const body = (tenant: string) => emails.map((email) => ({ email, name: `${tenant}'s` }));
    const paths = new Map(
      await Promise.all(
        tenants.map(async (id) => [id, await accepted(body(id), { as: keys.get(id)! })] as const),
      ),
    );
    const made = new Map<string, string[]>();
    for (const [tenant, path] of paths) {
      const as = keys.get(tenant)!;
      expect((await ended(path, as)).counts).to.include({ created: emails.length, skipped: 0 });
      made.set(
        tenant,
        (await rowsOf(path, '', as)).map(({ user_id }) => user_id!),
      );
    }
    expect(new Set([...made.values()].flat()).size).to.equal(2 * emails.length);
    // As the authority has it.
    const sdk = await management();
    for (const [tenant, ids] of made) {
      for (const id of [ids[0]!, ids[60]!, ids.at(-1)!]) {
        const record = await sdk.users.get(id);
        expect([record.app_metadata!['tenant_id'], record.name]).to.deep.equal([tenant, `${tenant}'s`]);
      }
    }
    const held = await sdk.users.listUsersByEmail({ email: emails[7]! });
    expect(held.map(({ name }) => name).sort()).to.deep.equal(["acme's", "globex's"]);
    // The same again changes nobody, and is told of one's own users only.
    const again = await accepted(body('acme (again)'), { as: keys.get('acme')! });
    expect((await ended(again)).counts).to.include({ created: 0, skipped: emails.length });
    for (const tenant of tenants) {
      const { body: page } = await call('GET', `/v1/users?email=${emails[3]}`, { as: keys.get(tenant)! });
      expect(page.users.map(({ name }: { name: string }) => name)).to.deep.equal([`${tenant}'s`]);
      const { imports } = (await call('GET', '/v1/user-imports?limit=100', { as: keys.get(tenant)! })).body;
      const ids = imports.map(({ id }: { id: string }) => `/v1/user-imports/${id}`);
      expect(ids)
        .to.include(paths.get(tenant))
        .and.not.include(paths.get(other(tenant)));
    }
  });
});

const other = (tenant: TenantId): TenantId => (tenant === 'acme' ? 'globex' : 'acme');
