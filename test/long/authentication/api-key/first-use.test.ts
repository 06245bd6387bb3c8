/** One exchange for a fleet and a period, however many requests there are. */
import { expect } from 'chai';
import { exchangesOf, newApiKey, tryKey, until } from '../../../support/api-keys.ts';
import { clientCredentials } from '../../../support/callers.ts';
import { world, WORLD_MS } from '../../../support/world.ts';
import type { StartedProcess } from '../../../../src/start/processes.ts';

describe('an API key', () => {
  let short: StartedProcess[];
  before(async function () {
    this.timeout(WORLD_MS);
    const { startApi } = await world();
    const env = { API_KEY_CACHE_SECONDS: '20' };
    short = await Promise.all(['api-short-1', 'api-short-2'].map((name) => startApi(name, env)));
  });
  after(() => Promise.all(short.map((api) => api.stop())));

  it('is checked once when a thousand requests come at once, over two processes', async () => {
    const { apis } = await world();
    const { as, clientId } = await newApiKey('acme');
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, i) => tryKey(apis[i % 2]!, as)));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1_000);
    expect(await exchangesOf(clientId)).to.deep.equal({ issued: 1, refused: 0 });
  });

  it('is not checked again while its time lasts', async () => {
    const { apis } = await world();
    const { as, clientId } = await newApiKey('acme');
    for (let i = 0; i < 20; i += 1) expect((await tryKey(apis[i % 2]!, as)).status).to.equal(200);
    expect((await exchangesOf(clientId)).issued).to.equal(1);
  });

  it('is checked again before its time ends, once for all processes, and no request waits for that', async () => {
    const { control } = await world();
    const { as, clientId } = await newApiKey('acme');
    for (const { url } of short) await tryKey(url, as);
    const isExchanged = async () => (await control.calls())['POST /oauth/token']?.['200'] !== undefined;
    const askAll = async () => {
      for (const { url } of short) expect((await tryKey(url, as)).status).to.equal(200);
    };
    await control.forgetCalls();
    // The time lasts for longer than this: an exchange begins at four fifths of it.
    const fault = await control.addFault({ path: '/oauth/token', effect: { kind: 'latency', ms: 3_000 } });
    try {
      await until(async () => {
        await askAll();
        return (await control.faults()).some(({ id, hits }) => id === fault.id && hits > 0);
      });
      // While that is under way, requests are answered.
      let answered = 0;
      while (!(await isExchanged())) {
        await askAll();
        if (!(await isExchanged())) answered += 1;
      }
      expect(answered).to.be.above(0);
      await askAll();
    } finally {
      await control.clearFaults();
    }
    expect((await exchangesOf(clientId)).issued).to.equal(2);
  });

  it('is the same caller when the tenant made the exchange itself', async () => {
    const { apis, audience } = await world();
    const { as, clientId, clientSecret } = await newApiKey('acme');
    const token = await clientCredentials(clientId, clientSecret, audience);
    const me = async (authorization: string) =>
      (await fetch(`${apis[0]}/v1/me`, { headers: { authorization } })).json();
    expect(await me(`Bearer ${token}`)).to.deep.equal(await me(as));
  });

  it('is taken up by another process when the one that asked about it is killed', async () => {
    const { startApi, control, apis } = await world();
    const doomed = await startApi('api-doomed');
    const { as, clientId } = await newApiKey('acme');
    await control.addFault({ path: '/oauth/token', times: 1, effect: { kind: 'hang' } });
    try {
      const lost = tryKey(doomed.url, as).catch(() => undefined);
      await until(async () => (await control.faults()).some(({ hits }) => hits === 1));
      await doomed.stop('SIGKILL');
      await lost;
      expect((await tryKey(apis[0], as)).status).to.equal(200);
      expect((await exchangesOf(clientId)).issued).to.equal(1);
    } finally {
      await control.clearFaults();
    }
  });
});
