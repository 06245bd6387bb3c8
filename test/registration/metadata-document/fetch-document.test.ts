/** Documents from hosts that nobody knows, fetched from real servers on this machine. */
import { expect } from 'chai';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Problem } from '../../../src/problem.ts';
import {
  checkDocumentAddress,
  type DocumentsFrom,
} from '../../../src/registration/metadata-document/document-address.ts';
import { fetchDocument } from '../../../src/registration/metadata-document/fetch-document.ts';
import { freshForMs } from '../../../src/registration/metadata-document/freshness.ts';
import { resolveByDns, resolveBySystem } from '../../../src/outside/pinned-lookup.ts';
import { makeCertificate } from '../../outside-clients/certificate.ts';
import { json, serveMetadata, type MetadataServer } from '../../stand-in/metadata-server.ts';
import { serveNames, type NameServer } from '../../outside/name-server.ts';

describe('metadata documents', () => {
  let site: MetadataServer;
  before(async () => {
    site = await serveMetadata('127.0.0.1');
  });
  after(() => site.close());

  const nameServers: NameServer[] = [];
  const namesThat = async (...answer: Parameters<typeof serveNames>): Promise<NameServer> => {
    const server = await serveNames(...answer);
    nameServers.push(server);
    return server;
  };
  afterEach(() => Promise.all(nameServers.splice(0).map((server) => server.close())));

  const detailOf = async (outcome: Promise<unknown>): Promise<string> =>
    outcome.then(
      () => 'fetched',
      (error: unknown) => {
        expect(error).to.be.instanceOf(Problem);
        expect((error as Problem).code).to.equal('invalid_client');
        return (error as Problem).parts.detail ?? '';
      },
    );

  /** Longer than a busy machine takes to answer itself. */
  const LONG_MS = 60_000;
  /** As a program of another machine would see it: this one's addresses are not public. */
  const get = (path: string, from: DocumentsFrom = 'loopback', timeoutMs = LONG_MS) =>
    fetchDocument(new URL(site.origin + path), { from, timeoutMs });

  it('come with what they say and how long they are good', async () => {
    site.answers.set('/good', json({ a: 1 }, { 'cache-control': 'public, max-age=60' }));
    expect(await get('/good')).to.deep.equal({ document: { a: 1 }, freshMs: 60_000 });
  });

  it('are not fetched from this machine in production, by name or by number', async () => {
    const before = site.hits.get('/good');
    const notPublic = 'The document at client_id is at an address that is not public.';
    // What name servers say of `localhost` differs.
    expect(await detailOf(get('/good', 'on'))).to.be.oneOf([
      notPublic,
      'The document at client_id cannot be fetched.',
    ]);
    const bySystem = { from: 'on', resolve: resolveBySystem } as const;
    expect(await detailOf(fetchDocument(new URL(`${site.origin}/good`), bySystem))).to.equal(notPublic);
    const { port } = new URL(site.origin);
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'])
      expect(
        await detailOf(fetchDocument(new URL(`http://${host}:${port}/good`), { from: 'on' })),
        host,
      ).to.equal(notPublic);
    expect(site.hits.get('/good')).to.equal(before);
  });

  it('are not fetched where one of several addresses is not public', async () => {
    const url = new URL(`http://mixed.example:${new URL(site.origin).port}/good`);
    const before = site.hits.get('/good');
    for (const evil of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', 'fd00::1', '::ffff:192.168.0.1'])
      expect(
        await detailOf(
          fetchDocument(url, {
            from: 'on',
            resolve: () =>
              Promise.resolve([
                { address: '93.184.216.34', family: 4 },
                { address: evil, family: evil.includes(':') ? 6 : 4 },
              ]),
          }),
        ),
        evil,
      ).to.include('not public');
    expect(site.hits.get('/good')).to.equal(before);
  });

  it('are fetched from the address that was checked, whatever the name means a moment later', async () => {
    // Loopback stands for the good address; a name that were asked for again would lead where nothing may.
    const names = await namesThat((asked) => (asked === 0 ? ['127.0.0.1'] : ['10.0.0.1']));
    const resolve = resolveByDns([names.address]);
    const url = new URL(`http://rebinding.example:${new URL(site.origin).port}/good`);
    const { document } = await fetchDocument(url, { from: 'loopback', resolve, timeoutMs: LONG_MS });
    expect(document).to.deep.equal({ a: 1 });
    expect(names.asked()).to.equal(1);
    // The control: that is what it means by now.
    expect(await detailOf(fetchDocument(url, { from: 'on', resolve }))).to.include('not public');
  });

  it('are not fetched from this machine by a name of somebody else’s', async () => {
    const names = await namesThat(() => ['93.184.216.34', '127.0.0.1']);
    const resolve = resolveByDns([names.address]);
    const before = site.hits.get('/good');
    const url = new URL(`http://evil.example:${new URL(site.origin).port}/good`);
    expect(await detailOf(fetchDocument(url, { from: 'on', resolve }))).to.include('not public');
    expect(site.hits.get('/good')).to.equal(before);
  });

  it('are given up when the name server is silent', async () => {
    const names = await namesThat(() => undefined);
    const resolve = resolveByDns([names.address]);
    const url = new URL('https://silent.example/x');
    expect(await detailOf(fetchDocument(url, { from: 'on', resolve, timeoutMs: 200 }))).to.include(
      'cannot be fetched',
    );
  });

  it('of names that mean nothing cannot be had', async () => {
    const resolve = () => Promise.reject(new Error('no such name'));
    const url = new URL('https://nowhere.example/x');
    expect(await detailOf(fetchDocument(url, { from: 'on', resolve }))).to.include('cannot be fetched');
    expect(await detailOf(fetchDocument(url, { from: 'on', resolve: () => Promise.resolve([]) }))).to.include(
      'not public',
    );
  });

  const wrong: [string, Parameters<MetadataServer['answers']['set']>[1], string][] = [
    [
      'a redirect',
      (_q, a) => a.writeHead(302, { location: `${site.origin}/good` }).end(),
      'was answered with 302 instead of 200',
    ],
    ['another success', (_q, a) => a.writeHead(206).end('{}'), 'was answered with 206 instead of 200'],
    ['nothing there', (_q, a) => a.writeHead(404).end(), 'was answered with 404 instead of 200'],
    ['a failure', (_q, a) => a.writeHead(500).end(), 'was answered with 500 instead of 200'],
    ['a page', (_q, a) => a.writeHead(200, { 'content-type': 'text/html' }).end('{}'), 'is not JSON'],
    ['no media type', (_q, a) => a.writeHead(200).end('{}'), 'is not JSON'],
    ['a list', json([]), 'is no JSON object'],
    ['broken JSON', (_q, a) => a.writeHead(200, JSON_TYPE).end('{'), 'is no JSON object'],
    [
      'no UTF-8',
      (_q, a) => a.writeHead(200, JSON_TYPE).end(Buffer.from('{"a":"\xff"}', 'latin1')),
      'is no JSON object',
    ],
    [
      'a compressed body',
      (_q, a) =>
        a
          .writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' })
          .end(gzipSync(JSON.stringify({ a: 'a'.repeat(1_000_000) }))),
      'is compressed',
    ],
    ['5 KB and one byte, as it says', json(ofBytes(5_121)), 'is larger than 5120 bytes'],
    [
      '5 KB and one byte, without saying',
      (_q, a) => {
        a.writeHead(200, JSON_TYPE);
        a.write(JSON.stringify(ofBytes(5_121)).slice(0, 100));
        a.end(JSON.stringify(ofBytes(5_121)).slice(100));
      },
      'is larger than 5120 bytes',
    ],
    ['a connection that breaks', (q) => q.socket.destroy(), 'cannot be fetched'],
    [
      'a body that breaks off',
      (_q, a) => {
        a.writeHead(200, { ...JSON_TYPE, 'content-length': '100' });
        a.write('{', () => a.destroy());
      },
      'cannot be fetched',
    ],
  ];
  for (const [name, answer, why] of wrong) {
    it(`are refused with ${name}`, async () => {
      site.answers.set('/wrong', answer);
      expect(await detailOf(get('/wrong'))).to.equal(`The document at client_id ${why}.`);
    });
  }

  it('are not believed over a certificate that nobody vouches for', async () => {
    const certificate = await makeCertificate();
    const server = createServer(certificate.tls, (request, response) => json({ a: 1 })(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = new URL(`https://localhost:${port}/good`);
    expect(await detailOf(fetchDocument(url, { from: 'loopback' }))).to.include('cannot be fetched');
    server.close();
    await certificate.remove();
  });

  it('of exactly 5 KB are taken', async () => {
    site.answers.set('/full', json(ofBytes(5_120)));
    expect((await get('/full')).document).to.have.property('a');
  });

  it('that never begin, or drip, are given up', async () => {
    site.answers.set('/silent', () => undefined);
    const dripping = new Set<NodeJS.Timeout>();
    site.answers.set('/drip', (_request, response) => {
      response.writeHead(200, JSON_TYPE);
      const drip = setInterval(() => response.write(' '), 20);
      dripping.add(drip);
      response.on('close', () => clearInterval(drip));
    });
    for (const path of ['/silent', '/drip'])
      expect(await detailOf(get(path, 'loopback', 200)), path).to.include('cannot be fetched');
    dripping.forEach(clearInterval);
  });

  describe('have an address that', () => {
    it('is one of the public web', () => {
      for (const good of [
        'https://app.example/client.json',
        'https://app.example:8443/a/b',
        'https://app.example/%20x',
      ])
        expect(checkDocumentAddress(good, 'on').href).to.equal(good);
    });

    const bad: [string, string][] = [
      ['http://app.example/client.json', 'is not https'],
      ['ftp://app.example/client.json', 'is not https'],
      ['https://app.example/', 'has no path'],
      ['https://app.example', 'has no path'],
      ['https://app.example/a#b', 'has a query or a fragment'],
      ['https://app.example/a?b', 'has a query or a fragment'],
      ['https://user@app.example/a', 'has credentials'],
      ['https://user:secret@app.example/a', 'has credentials'],
      ['https://app.example/a/../b', 'is not in its normal form'],
      ['https://app.example/./b', 'is not in its normal form'],
      ['https://app.example/%2e%2e/b', 'is not in its normal form'],
      ['https://APP.example/a', 'is not in its normal form'],
      ['HTTPS://app.example/a', 'is not in its normal form'],
      ['https://app.example:443/a', 'is not in its normal form'],
      ['https:app.example/a', 'is not in its normal form'],
      ['https://app.example/a b', 'is not in its normal form'],
      [' https://app.example/a', 'is not in its normal form'],
      ['https://app.example/%zz', 'has a bad percent-encoding'],
      ['https://app.example:0/a', 'has port 0'],
      ['https://2130706433/a', 'is not in its normal form'],
      ['https://0177.0.0.1/a', 'is not in its normal form'],
      ['https://0x7f.1/a', 'is not in its normal form'],
      ['https://127.1/a', 'is not in its normal form'],
      ['https://127.0.0.1/a', 'is on this machine'],
      ['https://localhost/a', 'is on this machine'],
      ['https://[::1]/a', 'is on this machine'],
      ['https://exa mple/a', 'is no URL'],
      ['https:///a', 'has no path'],
      [`https://app.example/${'a'.repeat(120)}`, 'is longer than 120 bytes'],
    ];
    for (const [address, why] of bad) {
      it(`is not ${address.slice(0, 60)}`, () => {
        expect(() => checkDocumentAddress(address, 'on'))
          .to.throw(Problem)
          .with.nested.property('parts.detail', `client_id ${why}.`);
      });
    }
  });

  it('are good for as long as their header fields say, and never longer than a day', () => {
    const day = 86_400_000;
    const cases: [Record<string, string>, number][] = [
      [{}, 300_000],
      [{ 'cache-control': 'max-age=10' }, 10_000],
      [{ 'cache-control': 'max-age=10, s-maxage=20' }, 20_000],
      [{ 'cache-control': 'max-age=10', age: '4' }, 6_000],
      [{ 'cache-control': 'max-age=10', age: '40' }, 0],
      [{ 'cache-control': 'max-age=99999999' }, day],
      [{ 'cache-control': 'no-store' }, 0],
      [{ 'cache-control': 'private, max-age=10' }, 0],
      [{ 'cache-control': 'max-age=10, no-cache' }, 0],
      [{ expires: 'Thu, 01 Jan 1970 00:01:40 GMT' }, 100_000],
      [{ expires: '0' }, 0],
      [{ 'cache-control': 'max-age=0' }, 0],
    ];
    for (const [headers, ms] of cases) expect(freshForMs(headers, 0), JSON.stringify(headers)).to.equal(ms);
  });
});

const JSON_TYPE = { 'content-type': 'application/json' };

/** JSON of so many bytes. */
function ofBytes(bytes: number): object {
  return { a: 'a'.repeat(bytes - JSON.stringify({ a: '' }).length) };
}
