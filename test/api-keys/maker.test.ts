import { expect } from 'chai';
import { boundsOf, boundsOfMaker, readMaker, type Maker } from '../../src/api-keys/maker.ts';
import { UNBOUNDED } from '../../src/authorization/key-bounds.ts';
import type { ApiKeyClient } from '../../src/registry/clients.ts';

const IN_AN_HOUR = new Date(Date.now() + 3_600_000).toISOString();
const AN_HOUR_AGO = new Date(Date.now() - 3_600_000).toISOString();
const BY_KEY: Maker = { kind: 'tenant', id: 'key' };

const keyWith = (more: Partial<ApiKeyClient> = {}): ApiKeyClient => ({
  kind: 'tenant',
  client_id: 'key',
  tenant_id: 'acme',
  name: 'A key',
  created_at: AN_HOUR_AGO,
  ...more,
});
const read = (key: ApiKeyClient | undefined, maker: Maker | undefined) =>
  readMaker(() => Promise.resolve(key && { key, text: JSON.stringify(key) }), 'acme', maker);

describe('who asks for something about an API key', () => {
  for (const [name, maker] of [
    ['a user', { kind: 'user', id: 'auth0|1' }],
    ['the operator', undefined],
  ] as const)
    it(`is bounded by no key as ${name}`, async () => {
      const found = await read(keyWith(), maker);
      expect(found).to.equal(undefined);
      expect(boundsOfMaker(found)).to.equal(UNBOUNDED);
    });

  it('is bounded as a key by its end and its addresses', async () => {
    const key = keyWith({ expires_at: IN_AN_HOUR, allowed_addresses: ['192.0.2.0/24'] });
    const bounds = { endsAt: Date.parse(IN_AN_HOUR), addresses: ['192.0.2.0/24'] };
    expect(boundsOfMaker(await read(key, BY_KEY))).to.deep.equal(bounds);
  });

  it('is bounded as a key that is replaced by the end of its overlap, where that comes first', () => {
    const later = new Date(Date.parse(IN_AN_HOUR) + 1_000).toISOString();
    expect(boundsOf(keyWith({ expires_at: later, retires_at: IN_AN_HOUR })).endsAt).to.equal(
      Date.parse(IN_AN_HOUR),
    );
  });

  for (const [name, key] of [
    ['is gone', undefined],
    ['is another tenant’s', keyWith({ tenant_id: 'globex' })],
    ['has expired', keyWith({ expires_at: AN_HOUR_AGO })],
    ['has been replaced', keyWith({ retires_at: AN_HOUR_AGO })],
  ] as const)
    it(`brings nothing about as a key that ${name}`, async () => {
      const code = await read(key, BY_KEY).then(
        () => 'found',
        (error: unknown) => (error as { code?: string }).code,
      );
      expect(code).to.equal('beyond_own_bounds');
    });
});
