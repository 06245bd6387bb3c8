/** How many requests a minute, over all processes together. */
import { expect } from 'chai';
import type { Redis } from 'ioredis';
import { connectForWaiting, untilReady } from '../../src/redis/connections.ts';
import { readTenant, saveTenant } from '../../src/registry/tenants.ts';
import type { StartedProcess } from '../../src/start/processes.ts';
import { newApiKey, toKey, until } from '../support/api-keys.ts';
import { auditEvents } from '../support/audit.ts';
import { operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { adminOf, aTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** What one of these tests does is over before the minute is, as a rule; else it is done again in another one. */
const NEEDED_MS = 20_000;
const MINUTE_MS = 60_000;

describe('request limits', () => {
  let redis: Redis;
  let apis: StartedProcess[];

  before(async function () {
    this.timeout(WORLD_MS);
    const { startApi, redis: url } = await world();
    redis = connectForWaiting(url);
    await untilReady(redis);
    const env = { REQUESTS_PER_MINUTE_PER_PRINCIPAL: '600', REQUESTS_PER_MINUTE_PER_TENANT: '1000000' };
    apis = await Promise.all(['api-limited-1', 'api-limited-2'].map((name) => startApi(name, env)));
  });
  after(async () => {
    for (const api of apis) await api.stop();
    redis.disconnect();
  });

  const now = async () => {
    const [seconds, micros] = await redis.time();
    return Number(seconds) * 1000 + Number(micros) / 1000;
  };
  const minuteNow = async () => Math.floor((await now()) / MINUTE_MS);
  /** What is asked in a minute, as a whole in the same one. */
  async function inOneMinute<T>(work: (minute: number) => Promise<T>): Promise<T> {
    for (;;) {
      await until(async () => MINUTE_MS - ((await now()) % MINUTE_MS) > NEEDED_MS);
      const minute = await minuteNow();
      const result = await work(minute);
      const ended = await minuteNow();
      if (ended === minute) return result;
      // What processes were given in this one and have not used counts no more in the next.
      await until(async () => (await minuteNow()) > ended);
    }
  }

  interface Reply {
    status: number;
    headers: Headers;
    code: string | undefined;
  }
  async function ask(as: string, api: number, path = '/v1/tenant'): Promise<Reply> {
    const response = await fetch(apis[api % 2]!.url + path, { headers: { authorization: as } });
    const { code } = (await response.json()) as { code?: string };
    return { status: response.status, headers: response.headers, code };
  }

  async function inTurns(as: string[], count: number, path?: string): Promise<Reply[]> {
    const replies: Reply[] = [];
    for (let i = 0; i < count; i += 20)
      replies.push(
        ...(await Promise.all(Array.from({ length: 20 }, (_, j) => ask(as[j % as.length]!, i + j, path)))),
      );
    return replies;
  }
  const allowed = (replies: Reply[]) => replies.filter(({ status }) => status !== 429);

  it('hold for one caller over two processes, within one in a hundred and never above', async function () {
    this.timeout(5 * MINUTE_MS);
    const { as } = await newApiKey('acme');
    const replies = await inOneMinute(() => inTurns([as], 800));
    expect(allowed(replies).length).to.be.within(594, 600);
    const refused = replies.find(({ status }) => status === 429)!;
    expect(refused.code).to.equal('too_many_requests');
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    expect(refused.headers.get('ratelimit')).to.match(/^"tenant";r=\d+;t=\d+, "principal";r=0;t=\d+$/);
  });

  it('hold when all comes at once', async function () {
    this.timeout(5 * MINUTE_MS);
    const { as } = await newApiKey('acme');
    for (const api of [0, 1]) await ask(as, api);
    const replies = await inOneMinute(() => Promise.all(Array.from({ length: 1_000 }, (_, i) => ask(as, i))));
    expect(allowed(replies).length).to.be.within(594, 600);
  });

  it('let a caller have what another process was given and does not use', async function () {
    this.timeout(5 * MINUTE_MS);
    const { as } = await newApiKey('acme');
    const last = await inOneMinute(async (minute) => {
      const isOver = async () => (await minuteNow()) !== minute;
      await ask(as, 0);
      const replies: Reply[] = [];
      await until(async () => {
        for (let i = 0; i < 20; i += 1) replies.push(await ask(as, 1));
        return replies.at(-1)!.status === 429 || isOver();
      });
      await until(async () => {
        replies.push(await ask(as, 1));
        return allowed(replies).length >= 599 || isOver();
      });
      return ask(as, 1);
    });
    expect(allowed([last])).to.deep.equal([]);
  });

  it('hold for a tenant as a whole, as its entry in the registry says', async function () {
    this.timeout(5 * MINUTE_MS);
    // A tenant that no other process serves: one that has an unused batch gives it back, and more is left than was.
    const made = await aTenant();
    const as = await adminOf(made);
    const body = { name: 'A second key', scopes: ['read:tenant'] };
    const second = toKey((await call('POST', '/v1/tenant/api-keys', { as, body })).body);
    const madeIn = await minuteNow();
    await until(async () => (await minuteNow()) > madeIn);
    const tenant = (await readTenant(redis, made.id))!;
    await saveTenant(redis, { ...tenant, limits: { requests_per_minute: 400 } });
    const policy = '"tenant";q=400;w=60';
    const replies = await inOneMinute(async () => {
      const first: Reply[] = [];
      // Each process has the new limit within a second.
      for (const api of [0, 1])
        await until(async () => {
          first.push(await ask(made.key, api));
          return first.at(-1)!.headers.get('ratelimit-policy')?.includes(policy) ?? false;
        });
      return [...first, ...(await inTurns([made.key, second.as], 600))];
    });
    expect(allowed(replies).length).to.be.within(396, 400);
    expect(replies.at(-1)!.headers.get('ratelimit')).to.match(/^"tenant";r=0;t=\d+, "principal";r=[1-9]/);
    expect(replies.at(-1)!.headers.get('ratelimit-policy')).to.equal(`${policy}, "principal";q=600;w=60`);
    // Another tenant does not notice.
    expect((await ask(await user('acme'), 0)).status).to.equal(200);
  });

  it('count a request once, refused ones too, and tell what is left', async function () {
    this.timeout(5 * MINUTE_MS);
    const { as } = await newApiKey('acme');
    const left = async (path: string) => {
      const { headers } = await ask(as, 0, path);
      return Number(/"principal";r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
    };
    const seen = await inOneMinute(async () => [
      await left('/v1/tenant'),
      await left('/v1/users'),
      await left('/v1/tenant'),
      await left('/v1/me'),
    ]);
    expect(seen).to.deep.equal([599, 598, 597, 596]);
  });

  it('are told of', async () => {
    const told = () => auditEvents({ operation: 'getTenant', outcome: 'refused' });
    await until(async () => (await told()).some(({ code }) => code === 'too_many_requests'));
  });

  it('do not hold for the operator', async () => {
    const { status, headers } = await ask(await operator(), 0, '/v1/budget');
    expect([status, headers.get('ratelimit')]).to.deep.equal([200, null]);
  });
});
