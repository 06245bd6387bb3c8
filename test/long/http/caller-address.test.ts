/** Where a request comes from: what a trusted proxy says, in whatever form, and with any other one nowhere that an address could open. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { forwardedAddress } from '../../../src/http/forwarded-address.ts';
import { newApiKey, tryKey } from '../../support/api-keys.ts';
import { world, WORLD_MS } from '../../support/world.ts';

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

/** As load balancers and reverse proxies write the address of 203.0.113.7, or one of 2001:db8::/32. */
const READABLE: readonly [field: string, text: string][] = [
  ['x-forwarded-for', '203.0.113.7'],
  ['x-forwarded-for', '203.0.113.7:51234'],
  ['x-forwarded-for', '10.0.0.1:80,203.0.113.7:51234'],
  ['x-forwarded-for', '  203.0.113.7  '],
  ['x-forwarded-for', '::ffff:203.0.113.7'],
  ['x-forwarded-for', '[::ffff:203.0.113.7]:51234'],
  ['x-forwarded-for', '2001:db8::7'],
  ['x-forwarded-for', '[2001:db8::7]'],
  ['x-forwarded-for', '[2001:db8::7]:51234'],
  ['x-forwarded-for', '2001:DB8:0:0:0:0:0:7'],
  ['x-forwarded-for', '2001:db8:0:0:0:0:0:7:51234'],
  ['x-forwarded-for', '::ffff:203.0.113.7:51234'],
  ['x-forwarded-for', '"203.0.113.7:51234"'],
  ['x-forwarded-for', '"[2001:db8::7]:51234"'],
  ['x-forwarded-for', '198.51.100.1, "203.0.113.7"'],
  ['forwarded', 'for=203.0.113.7'],
  ['forwarded', 'FOR=203.0.113.7;proto=https'],
  ['forwarded', 'by=10.0.0.1; for="203.0.113.7:51234"'],
  ['forwarded', 'for=203.0.113.7:51234'],
  ['forwarded', 'for=203.0.113.7:_port'],
  ['forwarded', 'for="[2001:db8::7]:51234"'],
  ['forwarded', 'for="\\[2001:db8::7]"'],
  ['forwarded', 'for=10.0.0.1, for=203.0.113.7'],
];
/** Where it could be anybody: it is let in nowhere by an address, rather than by that of the proxy or what the caller made up. */
const UNREADABLE: readonly Record<string, string>[] = [
  ...[
    '',
    'unknown',
    '203.0.113.7:',
    '203.0.113.7:x',
    '[203.0.113.7]',
    '[2001:db8::7',
    '203.0.113.07',
    '"203.0.113.7',
    '0:2001:db8:0:0:0:0:0:7:5',
  ].map((text) => ({ 'x-forwarded-for': text })),
  ...[
    '',
    'proto=https',
    'for=unknown',
    'for=_hidden',
    'for=203.0.113.7, proto=https',
    'for="203.0.113.7',
  ].map((text) => ({ forwarded: text })),
  { forwarded: 'for=203.0.113.7;for=10.0.0.1' },
  { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=198.51.100.1' },
  { 'x-forwarded-for': '198.51.100.1', forwarded: 'for=203.0.113.7' },
  { 'x-real-ip': '203.0.113.7' },
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

  it('that is not trusted, the log says so once, however many requests come', async () => {
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

  it('that is trusted, what it says of the caller counts', async () => {
    const { startApi } = await world();
    const api = await startApi('api-trusting', { TRUSTED_PROXIES: '1' });
    try {
      expect(await metrics(api.url, { 'x-forwarded-for': '203.0.113.7' })).to.equal(404);
      expect(await metrics(api.url, { 'x-forwarded-for': '127.0.0.1, 203.0.113.7' })).to.equal(404);
      expect(await metrics(api.url, { 'x-forwarded-for': '203.0.113.7, 127.0.0.1' })).to.equal(200);
      const bound = await newApiKey('acme', { allowed_addresses: ['203.0.113.7', '2001:db8::/32'] });
      const code = async (headers: Record<string, string>) => (await tryKey(api.url, bound.as, headers)).code;
      for (const [field, text] of READABLE)
        expect(await code({ [field]: text }), `${field}: ${text}`).to.equal(undefined);
      for (const headers of UNREADABLE)
        expect(await code(headers), JSON.stringify(headers)).to.equal('address_not_allowed');
    } finally {
      await api.stop();
    }
  });

  it('that is trusted, the outermost of several counts, whichever field they write', () => {
    const said = (headers: Record<string, string>, proxies: number) => forwardedAddress(headers, proxies);
    for (const field of ['198.51.100.1, 203.0.113.7:443, 10.0.0.1', '203.0.113.7, , 10.0.0.1:80,'])
      expect(said({ 'x-forwarded-for': field }, 2), field).to.equal('203.0.113.7');
    const elements =
      'for=198.51.100.1, For="[2001:DB8::7]:4711";proto=https;by=_edge , for=10.0.0.1;host="a,b;c"';
    expect([1, 2, 3, 4].map((proxies) => said({ forwarded: elements }, proxies))).to.deep.equal([
      '10.0.0.1',
      '2001:db8::7',
      '198.51.100.1',
      '198.51.100.1',
    ]);
  });

  it('or without, nobody reads the metrics where no address is named', async () => {
    const { startApi } = await world();
    const api = await startApi('api-unnamed', { METRICS_ALLOWED_ADDRESSES: '' });
    try {
      expect(await metrics(api.url)).to.equal(404);
    } finally {
      await api.stop();
    }
  });
});
