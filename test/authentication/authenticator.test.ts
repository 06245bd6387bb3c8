/** Kind and tenant of a caller: from the registry, and in agreement with the token. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Redis } from 'ioredis';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { saveClient } from '../../src/registry/client-store.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import { saveTenant, type Tenant } from '../../src/registry/tenants.ts';
import { expectWithin } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { basic, clientCredentials } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

const created_at = '2026-11-23T00:00:00.000Z';
const initech: Tenant = {
  id: 'initech',
  name: 'Initech',
  status: 'active',
  connection: 'acme-users',
  created_at,
};
/** The longest that a revocation may take to be seen (invariant 3). */
const REVOKED_MS = 1_000;

describe('authenticator', () => {
  let redis: Redis;
  before(async function () {
    this.timeout(WORLD_MS);
    redis = connectForWaiting((await world()).redis);
    await saveTenant(redis, initech);
  });
  after(() => redis.disconnect());

  /** A machine-to-machine client at the authority, of the tenant that its metadata say. */
  async function newKey(tenantId: string | undefined, entry?: Partial<RegisteredClient>) {
    const sdk = await management();
    const { audience } = await world();
    const client = await sdk.clients.create({
      name: 'A key',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
      ...(tenantId ? { client_metadata: { tenant_id: tenantId } } : {}),
    });
    const id = client.client_id!;
    await sdk.clientGrants.create({ client_id: id, audience, scope: ['read:tenant'] });
    if (entry) {
      const defaults = { kind: 'tenant', tenant_id: 'initech', name: 'A key', client_id: id, created_at };
      await saveClient(redis, { ...defaults, ...entry } as RegisteredClient);
    }
    return {
      id,
      key: basic(id, client.client_secret!),
      token: () => clientCredentials(id, client.client_secret!, audience),
    };
  }

  const codeOf = async (as: string, api: 0 | 1 = 0) => {
    const { status, body } = await call('GET', '/v1/tenant', { as, api });
    return status === 200 ? (body.id as string) : (body.code as string);
  };

  it('takes a key that registry and token agree on', async () => {
    const { key, token } = await newKey('initech', {});
    expect(await codeOf(key)).to.equal('initech');
    expect(await codeOf(`Bearer ${await token()}`)).to.equal('initech');
  });

  it('refuses a client that nobody registered', async () => {
    const { key, token } = await newKey('initech');
    expect(await codeOf(key)).to.equal('invalid_api_key');
    expect(await codeOf(`Bearer ${await token()}`)).to.equal('invalid_token');
  });

  it('refuses a client whose token says another tenant, or none', async () => {
    expect(await codeOf((await newKey('acme', {})).key)).to.equal('invalid_api_key');
    expect(await codeOf((await newKey(undefined, {})).key)).to.equal('invalid_api_key');
  });

  it('refuses a tenant that is unknown', async () => {
    expect(await codeOf((await newKey('hooli', { tenant_id: 'hooli' })).key)).to.equal('invalid_api_key');
  });

  it("refuses a client that got its token in a way that is not its kind's", async () => {
    const spa = await newKey('initech', { kind: 'user', origins: [] });
    expect(await codeOf(`Bearer ${await spa.token()}`)).to.equal('invalid_token');
    const app = await newKey('initech', { kind: 'app' });
    expect(await codeOf(`Bearer ${await app.token()}`)).to.equal('invalid_token');
    expect(await codeOf(app.key)).to.equal('invalid_api_key');
  });

  it('refuses a client of the deployment that is registered as somebody else, and the log says so at the start', async () => {
    const { startApi, home } = await world();
    const [key, spa] = [await newKey('initech', {}), await newKey('initech', { kind: 'user', origins: [] })];
    const other = await newKey(undefined);
    const api = await startApi('api-contradicting', {
      PORT: '0',
      OPERATOR_CLIENT_IDS: `${key.id},${other.id}`,
      WEB_APP_CLIENT_IDS: spa.id,
    });
    try {
      const tenants = async (authorization: string) =>
        (await fetch(`${api.url}/v1/tenants`, { headers: { authorization } })).status;
      expect(await tenants(`Bearer ${await key.token()}`)).to.equal(401);
      expect(await tenants(key.key)).to.equal(401);
      expect(await tenants(`Bearer ${await other.token()}`)).to.equal(200);
      const log = await readFile(join(home, 'logs', 'api-contradicting.log'), 'utf8');
      expect(log).to.contain(
        `OPERATOR_CLIENT_IDS names the client ${key.id}, which is registered as a tenant's API key`,
      );
      expect(log).to.contain(
        `WEB_APP_CLIENT_IDS names the client ${spa.id}, which is registered as a tenant's own web app`,
      );
      expect(log).to.not.contain(`names the client ${other.id}`);
    } finally {
      await api.stop();
    }
  });

  it('shuts a suspended tenant out within a second, on every process, and lets it in again', async () => {
    const { key } = await newKey('initech', {});
    const both = async () => [await codeOf(key, 0), await codeOf(key, 1)];
    expect(await both()).to.deep.equal(['initech', 'initech']);
    await saveTenant(redis, { ...initech, status: 'suspended' });
    await expectWithin(REVOKED_MS, Date.now(), async () =>
      (await both()).every((code) => code === 'tenant_suspended'),
    );
    await saveTenant(redis, initech);
    while ((await both()).some((code) => code !== 'initech'));
  });
});
