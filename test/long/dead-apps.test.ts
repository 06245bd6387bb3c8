/** Apps that register anew at every connect leave few behind, and no living one is lost. On a real Redis, with a clock of its own. */
import { expect } from 'chai';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { until } from '../support/api-keys.ts';
import { letIn, registerApp } from '../support/apps.ts';
import { management } from '../support/authority.ts';
import { call } from '../support/client.ts';
import { user } from '../support/callers.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { Apps } from '../../src/registry/apps.ts';
import type { AppClient } from '../../src/registry/clients.ts';
import { saveDecision, type AppDecision } from '../../src/registry/app-decisions.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { reviewApps } from '../../workers/review-apps.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const settings = { deadMs: 7 * DAY_MS, idleMs: 90 * DAY_MS };
const seal = createSeal({ current: 'k', byId: new Map([['k', randomBytes(32)]]) });
const metadata = {
  client_name: 'Client',
  redirect_uris: ['http://127.0.0.1/callback'],
  scope: 'read:users',
  token_endpoint_auth_method: 'none' as const,
  application_type: 'native' as const,
};

describe('dead apps', () => {
  let redis: Redis;
  let apps: Apps;
  let now: number;
  let consented: Set<string>;
  let asked: number;

  before(async function () {
    this.timeout(WORLD_MS);
    // Another database of the same server: its clock is moved, and nobody else is to see that.
    redis = connectForWaiting(`${(await world()).redis}/1`);
    apps = new Apps(redis, seal, () => now);
  });
  after(() => redis.disconnect());
  beforeEach(async () => {
    await redis.flushdb();
    now = Date.parse('2026-01-01T00:00:00Z');
    consented = new Set();
    asked = 0;
  });

  async function register(alike: string | undefined, more: Partial<AppClient> = {}): Promise<string> {
    const client_id = `tpc_${randomUUID()}`;
    const entered = await apps.enter(
      randomUUID(),
      {
        kind: 'app',
        client_id,
        name: 'Client',
        registration: 'dynamic',
        status: 'approved',
        scopes: [],
        created_at: new Date(now).toISOString(),
        ...(alike !== undefined && { alike }),
        ...more,
      },
      metadata,
    );
    expect(entered).to.equal(true);
    return client_id;
  }
  const review = () =>
    reviewApps(
      { redis, apps, settings, hasConsent: (id) => Promise.resolve((asked += 1) > 0 && consented.has(id)) },
      now,
    );
  const use = (id: string, tokenLivesMs: number) =>
    redis.hset(keys.appUse, { [`${id}:last`]: now, [`${id}:until`]: now + tokenLivesMs });
  const isThere = async (id: string) => (await apps.read(id)) !== undefined;
  async function pass(ms: number): Promise<void> {
    for (const end = now + ms; now < end;) {
      now = Math.min(end, now + HOUR_MS);
      await review();
    }
  }

  it('1,000 identical registrations a day for 30 days: few are stored at any time, and no living one is lost', async () => {
    const living: string[] = [];
    let most = 0;
    for (let hour = 0; hour < 30 * 24; hour += 1) {
      const made = await Promise.all(Array.from({ length: 42 }, () => register('the same')));
      // Each day somebody consents once, and somebody else comes with a token that lives for long.
      if (hour % 24 === 3) (living.push(made[7]!), consented.add(made[7]!), await use(made[7]!, HOUR_MS));
      if (hour % 24 === 5) (living.push(made[9]!), await use(made[9]!, 40 * DAY_MS));
      now += HOUR_MS;
      await review();
      most = Math.max(most, await apps.count());
    }
    expect(living).to.have.length(60);
    expect(await apps.readAll(living)).to.have.length(60);
    // Those of the last two hours, and those that live.
    expect(most).to.be.at.most(2 * 42 + 60);
    expect(await redis.zcard(keys.clientsToDelete)).to.equal(30 * 24 * 42 - (await apps.count()));
    for (const key of [keys.appMetadata, keys.clients])
      expect(await redis.hlen(key)).to.equal(await apps.count());
    expect(await redis.zcard(keys.appReviews)).to.equal(await apps.count());
    expect(await redis.hlen(keys.newestAlike)).to.equal(1);
  });

  it('different ones live for the days that are configured, and not longer', async () => {
    const first = await register(undefined);
    const second = await register('another');
    await pass(settings.deadMs - HOUR_MS);
    expect([await isThere(first), await isThere(second)]).to.deep.equal([true, true]);
    await pass(HOUR_MS);
    expect([await isThere(first), await isThere(second)]).to.deep.equal([false, false]);
  });

  it('a living token keeps its app, and when it ends without a consent, that goes', async () => {
    const id = await register(undefined);
    await use(id, 20 * DAY_MS);
    await pass(20 * DAY_MS - HOUR_MS);
    expect(await isThere(id)).to.equal(true);
    await pass(2 * HOUR_MS);
    expect(await isThere(id)).to.equal(false);
  });

  it('a consent keeps its app while it is used, and for the days that are configured; it is asked for once a day', async () => {
    const id = await register(undefined);
    consented.add(id);
    await pass(settings.idleMs - DAY_MS);
    expect(await isThere(id)).to.equal(true);
    expect(asked).to.be.within(80, 84);
    await use(id, HOUR_MS);
    await pass(settings.idleMs - HOUR_MS);
    expect(await isThere(id)).to.equal(true);
    await pass(2 * HOUR_MS);
    expect(await isThere(id)).to.equal(false);
  });

  it('a withdrawn consent keeps nothing', async () => {
    const id = await register(undefined);
    consented.add(id);
    await pass(10 * DAY_MS);
    consented.delete(id);
    await pass(DAY_MS);
    expect(await isThere(id)).to.equal(false);
  });

  it('what the operator approved or a tenant allowed stays, until they take it back', async () => {
    const approved = await register(undefined, { status_by: 'operator' });
    const allowed = await register(undefined);
    const decision = {
      access: 'allowed' as const,
      decided_by: { kind: 'user' as const, id: 'u' },
      decided_at: '',
    };
    const decide = async (made: AppDecision) =>
      saveDecision(redis, 'acme', { clientId: allowed, text: (await apps.read(allowed))!.text }, made, '{}');
    expect(await decide(decision)).to.equal(true);
    await pass(30 * DAY_MS);
    expect([await isThere(approved), await isThere(allowed)]).to.deep.equal([true, true]);
    expect(await decide({ ...decision, access: 'denied' })).to.equal(true);
    await pass(DAY_MS);
    expect([await isThere(approved), await isThere(allowed)]).to.deep.equal([true, false]);
  });

  it('is removed by the workers with its client, and one whose consent the authority keeps is not', async () => {
    const { redis: url, startWorker } = await world();
    const shared = connectForWaiting(url);
    const [dead, kept] = [await registerApp(), await registerApp()];
    const { as } = await letIn(kept, 'acme');
    const made = new Date(Date.now() - 10 * DAY_MS).toISOString();
    const worker = await startWorker('worker-reaping', { UPKEEP_SECONDS: '1' });
    try {
      for (const { clientId } of [kept, dead]) {
        const app = JSON.parse((await shared.hget(keys.clients, clientId))!) as AppClient;
        await shared.hset(keys.clients, clientId, JSON.stringify({ ...app, created_at: made }));
        await shared.zadd(keys.appReviews, 0, clientId);
      }
      const sdk = await management();
      await until(() =>
        sdk.clients.get(dead.clientId).then(
          () => false,
          () => true,
        ),
      );
      expect((await call('GET', dead.path, { as: dead.manages })).status).to.equal(401);
      await until(async () => Number(await shared.zscore(keys.appReviews, kept.clientId)) > Date.now());
      expect((await call('GET', '/v1/me', { as })).status).to.equal(200);
      expect((await call('GET', kept.path, { as: kept.manages })).status).to.equal(200);
      await call('DELETE', `/v1/me/consents/${kept.clientId}`, { as: await user('acme') });
    } finally {
      await worker.stop();
      shared.disconnect();
    }
  });
});
