/** Nobody learns which client ids are keys: neither by what is answered, nor by when, nor by what it leaves behind. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { newApiKey } from '../../support/api-keys.ts';
import { basic } from '../../support/callers.ts';
import { world, WORLD_MS } from '../../support/world.ts';
import { createDecoy } from '../../../src/authentication/api-key/decoy.ts';
import type { Exchange } from '../../../src/auth0/token-endpoint.ts';
import { connectForWaiting } from '../../../src/redis/connections.ts';
import type { StartedProcess } from '../../../src/start/processes.ts';

const PER_CLIENT = 5;

describe('a client id that is no key', () => {
  let api: StartedProcess;
  let redis: Redis;
  let lastAddress = 0;

  before(async function () {
    this.timeout(WORLD_MS);
    const { startApi, redis: url } = await world();
    redis = connectForWaiting(url);
    api = await startApi('api-unknown-ids', {
      API_KEY_FAILURES_PER_CLIENT: String(PER_CLIENT),
      TRUSTED_PROXIES: '1',
    });
  });
  after(async () => {
    redis.disconnect();
    await api.stop();
  });

  /** What a caller sees, from an address that nobody has used. */
  async function attempt(clientId: string, secret: string) {
    const started = performance.now();
    const response = await fetch(`${api.url}/v1/tenant`, {
      headers: {
        authorization: basic(clientId, secret),
        'x-forwarded-for': `2001:db8:0:${(lastAddress += 1).toString(16)}::1`,
      },
    });
    const { request_id: _id, ...body } = (await response.json()) as Record<string, unknown>;
    const ms = performance.now() - started;
    return {
      ms,
      seen: [response.status, body, response.headers.get('www-authenticate')],
      retryAfter: response.headers.get('retry-after'),
    };
  }
  const manyTimes = async (clientId: string) => {
    const seen: unknown[] = [];
    for (let i = 0; i < PER_CLIENT + 3; i += 1) seen.push((await attempt(clientId, `guess-${i}`)).seen);
    return seen;
  };
  /** Names in Redis of what guesses leave. */
  const names = async () => [
    ...(await redis.keys('trivium:{failures}:client:*')),
    ...(await redis.keys('trivium:{api-key:*')),
  ];
  /** How many of them something adds: what others left runs out meanwhile. */
  const addedBy = async (act: () => Promise<void>) => {
    const before = new Set(await names());
    await act();
    return (await names()).filter((name) => !before.has(name)).length;
  };

  it('is answered as a wrong secret is, however often it is tried, and leaves the same behind', async () => {
    const { clientId } = await newApiKey('acme');
    const spa = (await world()).tenants[0]!.spa_client_id;
    let known: unknown[] = [];
    const byKnown = await addedBy(async () => {
      known = await manyTimes(clientId);
    });
    expect(known.map((one) => (one as unknown[])[0])).to.deep.equal([
      ...Array.from({ length: PER_CLIENT }, () => 401),
      429,
      429,
      429,
    ]);
    for (const other of [`nobody${randomUUID()}`, spa]) {
      const byOther = await addedBy(async () => {
        expect(await manyTimes(other)).to.deep.equal(known);
      });
      expect(byOther).to.equal(byKnown);
    }
  });

  it('is answered as a wrong secret is while the authority is away', async () => {
    const { control } = await world();
    const { clientId } = await newApiKey('acme');
    await control.addFault({ path: '/oauth/token', effect: { kind: 'answer', status: 500 } });
    try {
      // Only for a second after it failed a decoy fails alike, so both have to be sent within one.
      const both = async () => {
        const since = performance.now();
        const pair = [await attempt(clientId, 'a'), await attempt(`no${randomUUID()}`, 'a')] as const;
        return performance.now() - since < 1_000 ? pair : undefined;
      };
      let pair = await both();
      while (!pair) pair = await both();
      const [known, unknown] = pair;
      expect(known.seen[0]).to.equal(503);
      expect(unknown.seen).to.deep.equal(known.seen);
      expect(unknown.retryAfter).to.equal(known.retryAfter);
    } finally {
      await control.clearFaults();
    }
  });

  it('takes as long as a wrong secret does, at an authority that takes its time', async () => {
    const { control } = await world();
    const SLOW_MS = 60;
    await control.addFault({ path: '/oauth/token', effect: { kind: 'latency', ms: SLOW_MS } });
    try {
      // What a decoy takes is what the last refusals took: enough of them to know.
      for (let i = 0; i < 32; i += 1) await attempt((await newApiKey('acme')).clientId, 'wrong');
      const { clientId } = await newApiKey('acme');
      expect((await attempt(clientId, 'wrong')).ms).to.be.at.least(SLOW_MS);
      for (let i = 0; i < 3; i += 1)
        expect((await attempt(`no${randomUUID()}`, 'wrong')).ms).to.be.at.least(SLOW_MS - 1);
    } finally {
      await control.clearFaults();
    }
  });

  describe('as a decoy', () => {
    it('has the authority asked once a minute, with a secret that nobody sent, and shares that', async () => {
      let now = 0;
      const asked: string[] = [];
      const decoy = createDecoy(
        async (_id, secret): Promise<Exchange> => {
          asked.push(secret);
          return Promise.resolve({ kind: 'accepted', token: 't', expiresInSeconds: 1 });
        },
        'audience',
        () => now,
      );
      const results = await Promise.all(Array.from({ length: 20 }, () => decoy.exchange('some-client')));
      for (const result of results) expect(result).to.deep.equal({ kind: 'rejected' });
      expect(asked).to.have.length(1);
      now = 59_999;
      await decoy.exchange('some-client');
      expect(asked).to.have.length(1);
      now = 60_000;
      await decoy.exchange('some-client');
      expect(new Set(asked).size).to.equal(2);
    });

    it('fails as the authority failed last, for a second', async () => {
      let now = 0;
      const away: Exchange = { kind: 'unavailable', retryAfterSeconds: 5, isNamed: false, reason: 'x' };
      const decoy = createDecoy(
        () => Promise.resolve({ kind: 'rejected' }),
        'audience',
        () => now,
      );
      decoy.observe(away, 1);
      expect(await decoy.exchange('some-client')).to.equal(away);
      now = 1_000;
      expect(await decoy.exchange('some-client')).to.deep.equal({ kind: 'rejected' });
    });
  });
});
