/** An exchange serves as long as its token lives; what is revoked here works at once, what is changed there is found by reconciling. */
import { expect } from 'chai';
import type { Redis } from 'ioredis';
import { REFRESH_TOKENS } from '../../../src/auth0/refresh-tokens.ts';
import { createManagementToken } from '../../../src/auth0/management-token.ts';
import { createManagement } from '../../../src/auth0/management.ts';
import { httpCall } from '../../../src/auth0/http-call.ts';
import { createTokenEndpoint } from '../../../src/auth0/token-endpoint.ts';
import { connectForWaiting, untilReady } from '../../../src/redis/connections.ts';
import { keys } from '../../../src/redis/keys.ts';
import { Apps } from '../../../src/registry/apps.ts';
import { createSeal } from '../../../src/secrets/seal.ts';
import { encryptionKeys } from '../../../src/settings/setting.ts';
import { readMemory } from '../../../src/start/home.ts';
import { TenantSettings } from '../../../workers/relay/tenant-settings.ts';
import { reconcile } from '../../../workers/reconcile/reconcile.ts';
import type { Drift } from '../../../workers/reconcile/drift.ts';
import { exchangesOf, newApiKey, tryKey, until, type NewKey } from '../../support/api-keys.ts';
import { management } from '../../support/authority.ts';
import { operator } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { world, WORLD_MS } from '../../support/world.ts';

const A_DAY_S = 86_400;
const GRACE_MS = 86_400_000;

describe('an exchange of an API key', () => {
  let redis: Redis;
  before(async function () {
    this.timeout(WORLD_MS);
    redis = connectForWaiting((await world()).redis);
    await untilReady(redis);
  });
  after(() => redis.disconnect());

  const statusesOf = async ({ as }: NewKey) =>
    Promise.all((await world()).apis.map(async (api) => (await tryKey(api, as)).status));
  const issuedTo = async ({ clientId }: NewKey) => (await exchangesOf(clientId)).issued;

  /** As the workers do it. @returns what it found of this key */
  async function reconciled({ clientId }: NewKey): Promise<Drift[]> {
    const { authority, audience, home } = await world();
    const { worker, encryptionKeys: sealKeys } = readMemory(home);
    const token = createManagementToken({
      authorityUrl: authority,
      clientId: worker.client_id,
      proof: () => worker.client_secret,
      tokens: createTokenEndpoint(authority),
    });
    const management = createManagement({ authorityUrl: authority, token })((url, init) =>
      httpCall(url, init, 5_000),
    );
    const drifts = await reconcile({
      redis,
      management,
      settings: new TenantSettings(management, { database: 'none', clientId: worker.client_id }),
      audience,
      graceMs: GRACE_MS,
      dryRun: false,
      apps: new Apps(redis, createSeal(encryptionKeys(sealKeys))),
    });
    return drifts.filter(({ client_id }) => client_id === clientId);
  }

  it('serves until its token ends, and the budget says what that costs', async () => {
    const key = await newApiKey('acme');
    const before = (await call('GET', '/v1/budget', { as: await operator() })).body.exchanges;
    expect(await statusesOf(key)).to.deep.equal([200, 200]);
    let bill: typeof before;
    await until(async () => {
      bill = (await call('GET', '/v1/budget', { as: await operator() })).body.exchanges;
      return bill.keys > before.keys;
    });
    expect(bill.made_this_month).to.be.at.least(before.made_this_month + 1);
    // The demo API's tokens live a day: one each, thirty a month.
    expect(bill.seconds_per_exchange).to.be.within(A_DAY_S - 60, A_DAY_S);
    expect(bill.expected_per_month).to.be.within(bill.keys * 30, bill.keys * 30 + bill.keys);
    const [verdict] = await untilOf(key);
    expect(Number(verdict) - Date.now()).to.be.within((A_DAY_S - 60) * 1000, A_DAY_S * 1000);
    expect(await issuedTo(key)).to.equal(1);
  });

  it('is made again when reconciling finds that its scopes were changed at the authority, once', async () => {
    const key = await newApiKey('acme');
    await statusesOf(key);
    const sdk = await management();
    const [grant] = (await sdk.clientGrants.list({ client_id: key.clientId })).data;
    await sdk.clientGrants.update(grant!.id!, { scope: [] });
    expect((await reconciled(key)).map(({ what }) => what)).to.deep.equal(['other_scopes']);
    await until(async () => (await statusesOf(key)).every((status) => status === 403));
    expect(await issuedTo(key)).to.equal(2);
    // Found already: nothing is asked anew for as long as it lasts.
    await reconciled(key);
    await statusesOf(key);
    expect(await issuedTo(key)).to.equal(2);
  });

  it('ends when reconciling finds that its client was deleted at the authority', async () => {
    const key = await newApiKey('acme');
    expect(await statusesOf(key)).to.deep.equal([200, 200]);
    await (await management()).clients.delete(key.clientId);
    expect(await statusesOf(key)).to.deep.equal([200, 200]);
    expect((await reconciled(key)).map(({ what, done }) => [what, done])).to.deep.equal([
      ['missing_client', 'waits'],
    ]);
    await until(async () => (await statusesOf(key)).every((status) => status === 401));
  });

  it('goes on when the authority is away as it is to be made again', async () => {
    const { control } = await world();
    const key = await newApiKey('acme');
    await statusesOf(key);
    const sdk = await management();
    const [grant] = (await sdk.clientGrants.list({ client_id: key.clientId })).data;
    await sdk.clientGrants.update(grant!.id!, { scope: [] });
    await reconciled(key);
    const fault = await control.addFault({ path: '/oauth/token', effect: { kind: 'answer', status: 503 } });
    try {
      await until(async () => {
        expect(await statusesOf(key)).to.deep.equal([200, 200]);
        return (await control.faults()).some(({ hits }) => hits > 0);
      });
    } finally {
      await control.removeFault(fault.id);
    }
    await until(async () => (await statusesOf(key)).every((status) => status === 403));
  });

  it('settings of clients that were weakened at the authority are put right', async () => {
    const key = await newApiKey('acme');
    const sdk = await management();
    const webApp = (await world()).tenants[0]!.spa_client_id;
    await sdk.clients.update(key.clientId, { token_endpoint_auth_method: 'client_secret_basic' });
    const weak = {
      rotation_type: 'non-rotating',
      expiration_type: 'non-expiring',
      infinite_token_lifetime: true,
      infinite_idle_token_lifetime: true,
    } as const;
    await sdk.clients.update(webApp, { refresh_token: weak });
    const mended = { what: 'other_settings', done: 'mended' };
    expect((await reconciled(key))[0]).to.include(mended);
    const { refresh_token: refresh } = await sdk.clients.get(webApp);
    expect(refresh).to.include({
      rotation_type: 'rotating',
      expiration_type: 'expiring',
      infinite_token_lifetime: false,
    });
    expect((await sdk.clients.get(key.clientId)).token_endpoint_auth_method).to.equal('client_secret_post');
    expect(await reconciled(key)).to.deep.equal([]);
    // An operator's own decision, and no weaker one.
    await sdk.clients.update(webApp, {
      refresh_token: {
        rotation_type: 'rotating',
        expiration_type: 'expiring',
        token_lifetime: 3_600,
        idle_token_lifetime: 600,
        leeway: 10,
      },
    });
    await reconciled(key);
    expect((await sdk.clients.get(webApp)).refresh_token).to.include({ token_lifetime: 3_600, leeway: 10 });
    await sdk.clients.update(webApp, { refresh_token: { ...REFRESH_TOKENS } });
  });

  /** When each verdict on this key has to be reached anew, ms since 1970. */
  async function untilOf(key: NewKey): Promise<(string | null)[]> {
    const found: (string | null)[] = [];
    for (const name of await redis.keys(keys.verdict('*'))) {
      const [claims, end] = await redis.hmget(name, 'claims', 'until');
      if (claims?.includes(key.clientId)) found.push(end!);
    }
    return found;
  }
});
