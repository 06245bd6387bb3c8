/** Who is behind a proxy that nobody trusts is nowhere that an address could open. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { newApiKey, tryKey } from '../support/api-keys.ts';
import { world, WORLD_MS } from '../support/world.ts';

const FORWARDED: readonly Record<string, string>[] = [
  { 'x-forwarded-for': '203.0.113.7' },
  { 'x-forwarded-for': '127.0.0.1' },
  { 'x-forwarded-for': '' },
  { forwarded: 'for=203.0.113.7' },
  { 'x-real-ip': '127.0.0.1' },
  { 'x-forwarded-proto': 'https' },
  { 'x-forwarded-host': 'api.example.com' },
  { via: '1.1 proxy' },
];

describe('behind a proxy', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  const metrics = async (url: string, headers: Record<string, string> = {}) =>
    (await fetch(`${url}/metrics`, { headers })).status;

  it('that is not trusted, nobody reads the metrics, and whoever comes without one does', async () => {
    const [url] = (await world()).apis;
    expect(await metrics(url)).to.equal(200);
    for (const headers of FORWARDED)
      expect(await metrics(url, headers), JSON.stringify(headers)).to.equal(404);
  });

  it('that is not trusted, no key works that is bound to an address, be it the proxy’s', async () => {
    const [url] = (await world()).apis;
    const bound = await newApiKey('acme', { allowed_addresses: ['127.0.0.0/8', '::1'] });
    const free = await newApiKey('acme');
    expect((await tryKey(url, bound.as)).status).to.equal(200);
    for (const headers of FORWARDED) {
      expect((await tryKey(url, bound.as, headers)).code, JSON.stringify(headers)).to.equal(
        'address_not_allowed',
      );
      expect((await tryKey(url, free.as, headers)).status, JSON.stringify(headers)).to.equal(200);
    }
  });

  it('that is not trusted, the log says so once, however many requests come', async function () {
    this.timeout(60_000);
    const { startApi, home } = await world();
    const api = await startApi('api-warned');
    try {
      await metrics(api.url);
      const warnings = () =>
        readFileSync(join(home, 'logs', 'api-warned.log'), 'utf8')
          .split('\n')
          .filter((line) => line.includes('TRUSTED_PROXIES'));
      expect(warnings()).to.have.length(0);
      for (let i = 0; i < 5; i += 1) for (const headers of FORWARDED) await metrics(api.url, headers);
      expect(warnings()).to.have.length(1);
      expect(JSON.parse(warnings()[0]!)).to.include({ level: 40, field: 'x-forwarded-for' });
      expect(warnings()[0], 'whose request it was').to.not.include('203.0.113.7');
    } finally {
      await api.stop();
    }
  });

  it('that is trusted, what it says of the caller counts', async function () {
    this.timeout(60_000);
    const { startApi } = await world();
    const api = await startApi('api-trusting', { TRUSTED_PROXIES: '1' });
    try {
      expect(await metrics(api.url, { 'x-forwarded-for': '203.0.113.7' })).to.equal(404);
      expect(await metrics(api.url, { 'x-forwarded-for': '127.0.0.1, 203.0.113.7' })).to.equal(404);
      expect(await metrics(api.url, { 'x-forwarded-for': '203.0.113.7, 127.0.0.1' })).to.equal(200);
    } finally {
      await api.stop();
    }
  });

  it('or without, nobody reads the metrics where no address is named', async function () {
    this.timeout(60_000);
    const { startApi } = await world();
    const api = await startApi('api-unnamed', { METRICS_ALLOWED_ADDRESSES: '' });
    try {
      expect(await metrics(api.url)).to.equal(404);
    } finally {
      await api.stop();
    }
  });
});
