/** Wrong keys cost the authority little, and their rightful owners nothing. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { exchangesOf, newApiKey, tryKey } from '../../support/api-keys.ts';
import { basic, clientCredentials } from '../../support/callers.ts';
import { world, WORLD_MS } from '../../support/world.ts';
import type { StartedProcess } from '../../../src/start/processes.ts';

const PER_CLIENT = 5;
const PER_ADDRESS = 12;

describe('wrong API keys', () => {
  let strict: StartedProcess[];
  let lastAddress = 0;
  /** An address that nobody has used. */
  const address = () => ({ 'x-forwarded-for': `203.0.113.${(lastAddress += 1)}` });

  before(async function () {
    this.timeout(WORLD_MS);
    const { startApi } = await world();
    const env = {
      API_KEY_FAILURES_PER_CLIENT: String(PER_CLIENT),
      API_KEY_FAILURES_PER_ADDRESS: String(PER_ADDRESS),
      TRUSTED_PROXIES: '1',
    };
    strict = await Promise.all(['api-strict-1', 'api-strict-2'].map((name) => startApi(name, env)));
  });
  after(() => Promise.all(strict.map((api) => api.stop())));

  it('are refused, and not asked about again for a while, by any process', async () => {
    const { clientId } = await newApiKey('acme');
    const wrong = basic(clientId, 'wrong');
    const began = performance.now();
    for (let i = 0; i < 10; i += 1) {
      const { status, code } = await tryKey(strict[i % 2]!.url, wrong, address());
      expect({ status, code }).to.deep.equal({ status: 401, code: 'invalid_api_key' });
    }
    const { issued, refused } = await exchangesOf(clientId);
    expect(issued).to.equal(0);
    // Once, and again each ten seconds that this machine takes.
    expect(refused).to.be.within(1, 1 + (performance.now() - began) / 10_000);
  });

  it('cost nothing at the authority when there is no such key', async () => {
    const ids = Array.from({ length: 10 }, () => `nobody-${randomUUID()}`);
    for (const id of ids) {
      const { code } = await tryKey(strict[0]!.url, basic(id, 'x'), address());
      expect(code).to.equal('invalid_api_key');
    }
    for (const id of ids) expect(await exchangesOf(id)).to.deep.equal({ issued: 0, refused: 0 });
    // The control: the authority's log names whom it does not know, too.
    await clientCredentials(ids[0]!, 'x', 'y').catch(() => undefined);
    expect(await exchangesOf(ids[0]!)).to.deep.equal({ issued: 0, refused: 1 });
  });

  it('that come as a storm reach the authority no more than so often, from however many addresses', async () => {
    const { clientId } = await newApiKey('acme');
    const storm = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        tryKey(strict[i % 2]!.url, basic(clientId, `guess-${i}`), { 'x-forwarded-for': `198.51.100.${i}` }),
      ),
    );
    const refused = storm.filter(({ status }) => status === 401);
    const throttled = storm.filter(({ status }) => status === 429);
    expect(refused).to.have.length(PER_CLIENT);
    expect(throttled).to.have.length(200 - PER_CLIENT);
    for (const { code, retryAfter } of throttled) {
      expect(code).to.equal('too_many_failed_attempts');
      expect(Number(retryAfter)).to.be.within(1, 60);
    }
    expect((await exchangesOf(clientId)).refused).to.equal(PER_CLIENT);
  });

  it('do not lock the rightful owner out, though it uses its key for the first time, and from the same address', async () => {
    const { clientId, as } = await newApiKey('acme');
    const from = address();
    const guesses = Array.from({ length: PER_CLIENT + 1 }, (_, i) =>
      tryKey(strict[0]!.url, basic(clientId, `guess-${i}`), from),
    );
    expect((await Promise.all(guesses)).some(({ status }) => status === 429)).to.equal(true);
    for (const { url } of strict) expect((await tryKey(url, as, from)).status).to.equal(200);
  });

  it('of many client ids count for the address that they come from', async () => {
    const from = address();
    const codes = new Set<string | undefined>();
    for (let i = 0; i < PER_ADDRESS; i += 1)
      codes.add((await tryKey(strict[0]!.url, basic(`nobody-${randomUUID()}`, 'x'), from)).code);
    expect([...codes]).to.deep.equal(['invalid_api_key']);
    const next = () => basic(`nobody-${randomUUID()}`, 'x');
    expect((await tryKey(strict[1]!.url, next(), from)).status).to.equal(429);
    expect((await tryKey(strict[1]!.url, next(), address())).status).to.equal(401);
  });

  it('cannot be sent under an address that the caller makes up', async () => {
    const made = (i: number) => ({ 'x-forwarded-for': `192.0.2.${i}, 203.0.113.200` });
    for (let i = 0; i < PER_ADDRESS; i += 1)
      await tryKey(strict[0]!.url, basic(`nobody-${randomUUID()}`, 'x'), made(i));
    const { status } = await tryKey(strict[0]!.url, basic(`nobody-${randomUUID()}`, 'x'), made(99));
    expect(status).to.equal(429);
  });

  it('are no failures when the authority could not be asked', async () => {
    const { control } = await world();
    const { clientId } = await newApiKey('acme');
    const from = address();
    await control.addFault({ path: '/oauth/token', effect: { kind: 'answer', status: 500 } });
    try {
      const tries = Array.from({ length: PER_CLIENT + 5 }, (_, i) => i);
      for (const i of tries)
        expect((await tryKey(strict[0]!.url, basic(clientId, `x-${i}`), from)).status).to.equal(503);
    } finally {
      await control.clearFaults();
    }
    expect((await tryKey(strict[0]!.url, basic(clientId, 'y'), from)).status).to.equal(401);
  });
});
