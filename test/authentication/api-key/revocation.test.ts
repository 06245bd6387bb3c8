/** Revoked means revoked now, on every process (invariant 3). */
import { expect } from 'chai';
import type { Redis } from 'ioredis';
import { expectWithin, newApiKey, tryKey, until } from '../../support/api-keys.ts';
import { management } from '../../support/authority.ts';
import { apiKey, clientCredentials, user } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { world, WORLD_MS, type World } from '../../support/world.ts';
import { connectForWaiting } from '../../../src/redis/connections.ts';
import { keys } from '../../../src/redis/keys.ts';
import { readTenant, saveTenant } from '../../../src/registry/tenants.ts';

/** What the design allows. */
const REVOKED_MS = 1_000;

describe('revocation', () => {
  let w: World;
  let redis: Redis;
  before(async function () {
    this.timeout(WORLD_MS);
    w = await world();
    redis = connectForWaiting(w.redis);
  });
  after(() => redis.disconnect());

  /** Calls without a pause, as both processes' caller, until told to stop. @returns when each request was sent that was let in */
  function traffic(credentials: string[]) {
    let flowing = true;
    const accepted: number[] = [];
    const codes = new Set<string>();
    const streams = credentials.flatMap((as) =>
      w.apis.map(async (url) => {
        while (flowing) {
          const sent = performance.now();
          const { status, code } = await tryKey(url, as);
          if (status === 200) accepted.push(sent);
          else codes.add(code!);
        }
      }),
    );
    return {
      accepted,
      codes,
      stop: async () => {
        flowing = false;
        await Promise.all(streams);
      },
    };
  }

  it('of a key shuts it out within a second, and the tokens that were got with it, while traffic flows', async () => {
    const key = await newApiKey('acme');
    const token = await clientCredentials(key.clientId, key.clientSecret, w.audience);
    const flow = traffic([key.as, `Bearer ${token}`]);
    await until(() => Promise.resolve(flow.accepted.length > 50));
    const { status } = await call('DELETE', key.path, { as: await user('acme') });
    const revokedAt = performance.now();
    expect(status).to.equal(204);
    await until(() => Promise.resolve(performance.now() > revokedAt + 2 * REVOKED_MS));
    await flow.stop();
    expect(Math.max(...flow.accepted) - revokedAt).to.be.below(REVOKED_MS);
    expect([...flow.codes].sort()).to.deep.equal(['invalid_api_key', 'invalid_token']);
    // And it is gone at the authority.
    const sdk = await management();
    await until(() =>
      sdk.clients.get(key.clientId).then(
        () => false,
        () => true,
      ),
    );
    const left = await sdk.clientGrants.list({ client_id: key.clientId });
    expect(left.data).to.deep.equal([]);
  });

  it('holds when the message of it is missed', async () => {
    const key = await newApiKey('acme');
    const flow = traffic([key.as]);
    await until(() => Promise.resolve(flow.accepted.length > 50));
    // What a removal writes, but for the message.
    await redis
      .multi()
      .hdel(keys.clients, key.clientId)
      .xadd(keys.registryChanges, '*', 'client', key.clientId)
      .exec();
    const revokedAt = performance.now();
    await until(() => Promise.resolve(performance.now() > revokedAt + 2 * REVOKED_MS));
    await flow.stop();
    expect(Math.max(...flow.accepted) - revokedAt).to.be.below(REVOKED_MS);
  });

  it('holds when there are more changes than a process can read', async () => {
    const key = await newApiKey('acme');
    for (const url of w.apis) expect((await tryKey(url, key.as)).status).to.equal(200);
    const writes = redis.multi().hdel(keys.clients, key.clientId);
    writes.xadd(keys.registryChanges, '*', 'client', key.clientId);
    for (let i = 0; i < 2_000; i += 1) writes.xadd(keys.registryChanges, '*', 'client', `other-${i}`);
    // Nothing is left of what was there before.
    writes.xtrim(keys.registryChanges, 'MAXLEN', 10);
    await writes.exec();
    await expectWithin(REVOKED_MS, Date.now(), async () => {
      const answers = await Promise.all(w.apis.map((url) => tryKey(url, key.as)));
      return answers.every(({ status }) => status === 401);
    });
  });

  it('of a tenant shuts all its keys and users out at once, and touches no other', async () => {
    const key = await newApiKey('globex');
    const [own, other] = [await user('globex'), await apiKey('acme')];
    const flow = traffic([key.as, own]);
    const others = traffic([other]);
    await until(() => Promise.resolve(flow.accepted.length > 50));
    const tenant = (await readTenant(redis, 'globex'))!;
    await saveTenant(redis, { ...tenant, status: 'suspended' });
    const suspendedAt = performance.now();
    try {
      await until(() => performance.now() > suspendedAt + 2 * REVOKED_MS);
      await until(() => others.accepted.some((sent) => sent > suspendedAt + REVOKED_MS));
      await flow.stop();
      await others.stop();
      expect(Math.max(...flow.accepted) - suspendedAt).to.be.below(REVOKED_MS);
      expect([...flow.codes]).to.deep.equal(['tenant_suspended']);
      expect([...others.codes]).to.deep.equal([]);
    } finally {
      await saveTenant(redis, tenant);
    }
    await until(async () => (await tryKey(w.apis[1], key.as)).status === 200);
  });
});
