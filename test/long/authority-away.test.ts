/** The authority is away: that says nothing about a key (invariant 8). */
import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exchangesOf, newApiKey, tryKey, until, type NewKey } from '../support/api-keys.ts';
import { world, WORLD_MS, type World } from '../support/world.ts';
import type { Effect } from '../../src/stand-in/control/control-client.ts';
import type { StartedProcess } from '../../src/start/processes.ts';

const quota: Effect = {
  kind: 'answer',
  status: 429,
  body: { error: 'too_many_requests', error_description: 'Client quota exceeded' },
  headers: { 'retry-after': '3540', 'auth0-client-quota-limit': 'b=per_hour;q=10;r=0;t=3540' },
};
const ways: [string, Effect, number][] = [
  ['fails', { kind: 'answer', status: 500 }, 5],
  ['says 503', { kind: 'answer', status: 503 }, 5],
  ['limits the rate', { kind: 'rate_limit', retryAfter: 12 }, 12],
  ['has given all tokens of the quota', quota, 3540],
  ['drops the connection', { kind: 'drop' }, 5],
  ['cuts its answer off', { kind: 'cut' }, 5],
  ['does not answer', { kind: 'hang' }, 5],
  // As reported of Auth0's token endpoint (auth0.md section 1).
  [
    'limits the rate with 500 and access_denied',
    {
      kind: 'answer',
      status: 500,
      body: { error: 'access_denied', error_description: 'Global limit has been reached' },
    },
    5,
  ],
];

describe('an authority that is away', () => {
  let w: World;
  /** Keys are checked every second, and good for 30 s when they cannot be. */
  let short: StartedProcess;
  before(async function () {
    this.timeout(WORLD_MS);
    w = await world();
    short = await w.startApi('api-grace', { API_KEY_CACHE_SECONDS: '1', API_KEY_GRACE_SECONDS: '30' });
  });
  after(() => short.stop());
  afterEach(() => w.control.clearFaults());

  for (const [name, effect, retryAfter] of ways) {
    it(`because it ${name}: a key never seen gets 503, one seen before goes on working`, async () => {
      const [seen, fresh] = [await newApiKey('acme'), await newApiKey('acme')];
      expect((await tryKey(short.url, seen.as)).status).to.equal(200);
      await w.control.addFault({ path: '/oauth/token', effect });
      const first = await tryKey(short.url, fresh.as);
      expect(first).to.include({ status: 503, code: 'authority_unavailable' });
      expect(Number(first.retryAfter)).to.be.within(retryAfter - 3, retryAfter);
      // Longer than it would be remembered without grace.
      const ends = Date.now() + 2_500;
      while (Date.now() < ends) expect((await tryKey(short.url, seen.as)).status).to.equal(200);

      await w.control.clearFaults();
      await until(async () => (await tryKey(short.url, fresh.as)).status === 200);
    });
  }

  it('ends even a key that was seen before when it is away too long, and never calls it wrong', async () => {
    const { as } = await newApiKey('acme');
    expect((await tryKey(short.url, as)).status).to.equal(200);
    await w.control.addFault({ path: '/oauth/token', effect: { kind: 'answer', status: 500 } });
    const seen = new Set<string>();
    await until(async () => {
      const { status, code } = await tryKey(short.url, as);
      seen.add(`${status} ${code ?? ''}`);
      return status !== 200;
    });
    expect([...seen]).to.deep.equal(['200 ', '503 authority_unavailable']);
  });

  it('marks what it lets in meanwhile, in log and metrics', async () => {
    const key = await newApiKey('acme');
    expect((await tryKey(short.url, key.as)).status).to.equal(200);
    const before = await graceRequests();
    await w.control.addFault({ path: '/oauth/token', effect: { kind: 'answer', status: 500 } });
    await until(async () => {
      expect((await tryKey(short.url, key.as)).status).to.equal(200);
      return (await graceRequests()) > before;
    });
    await until(async () => (await lines(key)).some(({ in_grace }) => in_grace === true));
    // The control: before the outage nothing was marked.
    expect((await lines(key))[0]).to.not.have.property('in_grace');
  });

  it('is asked seldom, and by one at a time, however many requests there are', async () => {
    const { as, clientId } = await newApiKey('acme');
    await w.control.forgetCalls();
    await w.control.addFault({ path: '/oauth/token', effect: { kind: 'answer', status: 500 } });
    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, i) => tryKey([short.url, ...w.apis][i % 3]!, as)),
    );
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([503]));
    const [fault] = await w.control.faults();
    // Once, and again each second that this machine takes.
    expect(fault!.hits).to.be.within(1, 1 + (performance.now() - began) / 1_000);
    await w.control.clearFaults();
    expect((await exchangesOf(clientId)).issued).to.equal(0);
  });

  it('does not make requests wait, once it is known to be slow', async () => {
    const { as } = await newApiKey('acme');
    expect((await tryKey(short.url, as)).status).to.equal(200);
    const before = await graceRequests();
    await w.control.addFault({ path: '/oauth/token', effect: { kind: 'hang' } });
    // The first check after that runs into its time limit, beside a request or before it.
    await until(async () => {
      expect((await tryKey(short.url, as)).status).to.equal(200);
      return (await graceRequests()) > before;
    });
    for (let i = 0; i < 20; i += 1) {
      const started = performance.now();
      const { status } = await tryKey(short.url, as);
      if (status !== 200) break;
      // Whoever waits for an exchange waits for its time limit, five seconds.
      expect(performance.now() - started).to.be.below(4_500);
    }
  });

  async function graceRequests(): Promise<number> {
    const text = await (await fetch(`${short.url}/metrics`)).text();
    return Number(/^trivium_api_key_grace_requests_total (\d+)$/m.exec(text)?.[1]);
  }

  async function lines({ clientId }: NewKey): Promise<{ in_grace?: boolean }[]> {
    const log = await readFile(join(w.home, 'logs', 'api-grace.log'), 'utf8');
    return log
      .split('\n')
      .filter((line) => line.includes(`"client_id":"${clientId}"`))
      .map((line) => JSON.parse(line) as { in_grace?: boolean });
  }
});
