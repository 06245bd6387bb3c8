/** What a caller gets of a service's header fields. */
import { expect } from 'chai';
import { createFieldsToCaller } from '../../src/gateway/fields-to-caller.ts';
import { pairsOf } from '../../src/gateway/raw-fields.ts';
import { aService } from './service-servers.ts';

const PRIVATE = [
  'Content-Security-Policy',
  "default-src 'none'",
  'Vary',
  'Origin',
  'Cache-Control',
  'no-store',
];
const PUBLIC = PRIVATE.slice(0, 4);

const bytes = (raw: string[]): Buffer[] => raw.map((text) => Buffer.from(text, 'latin1'));

function received(raw: string[], own = {}, ours = PRIVATE): [string, string][] {
  return pairsOf(createFieldsToCaller(aService(own), ours)(bytes(raw)));
}

const values = (raw: string[], name: string, own = {}, ours = PRIVATE): string[] =>
  received(raw, own, ours).flatMap(([given, value]) => (given.toLowerCase() === name ? [value] : []));

describe('header fields to a caller', () => {
  for (const [name, value] of [
    ['Content-Type', 'application/json'],
    ['Content-Length', '2'],
    ['Content-Encoding', 'gzip'],
    ['Content-Range', 'bytes 0-9/20'],
    ['Accept-Ranges', 'bytes'],
    ['ETag', '"1"'],
    ['Last-Modified', 'Mon, 30 Nov 2026 10:00:00 GMT'],
    ['Retry-After', '7'],
    ['Link', '<?page=2>; rel=next'],
    ['Date', 'Mon, 30 Nov 2026 10:00:00 GMT'],
    ['X-RateLimit-Remaining', '3'],
    ['X-Custom', '\xe4'],
  ] as const)
    it(`include ${name} of the service`, () => {
      expect(received([name, value])).to.deep.include([name, value]);
    });

  for (const name of [
    'Connection',
    'Keep-Alive',
    'Transfer-Encoding',
    'Upgrade',
    'Proxy-Authenticate',
    'Trailer',
    'Set-Cookie',
    'WWW-Authenticate',
    'Access-Control-Allow-Origin',
    'access-control-allow-credentials',
    'Trivium-Principal',
    'X-Request-Id',
    'RateLimit',
    'RateLimit-Policy',
    'Content-Security-Policy',
    'Strict-Transport-Security',
    'Clear-Site-Data',
    'Service-Worker-Allowed',
    'Alt-Svc',
    'X-Accel-Redirect',
    'X-Sendfile',
    'CDN-Cache-Control',
    'Surrogate-Control',
    'Server',
    'X-Powered-By',
    'Via',
  ])
    it(`do not include ${name} of the service`, () => {
      expect(received([name, 'close'])).to.deep.equal(received([]));
    });

  it('do not include what its Connection names, and keep ours', () => {
    const fields = received(['X-Hop', '1', 'Connection', 'x-hop, content-security-policy']);
    expect(fields).to.deep.equal(received([]));
    expect(fields).to.deep.include(['Content-Security-Policy', "default-src 'none'"]);
  });

  it('set cookies where the service may, but none of this API', () => {
    const raw = ['Set-Cookie', 'a=1', 'Set-Cookie', '__Host-trivium_tenant=x', 'Set-Cookie', 'b=2'];
    expect(values(raw, 'set-cookie', { cookies: true })).to.deep.equal(['a=1', 'b=2']);
  });

  it('vary by what the service says, and by the credential', () => {
    expect(values([], 'vary')).to.deep.equal(['Origin, Authorization']);
    expect(values(['Vary', 'Accept', 'vary', 'origin'], 'vary')).to.deep.equal([
      'Origin, Authorization, Accept',
    ]);
    expect(values(['Vary', '*'], 'vary')).to.deep.equal(['*']);
    expect(values(['Vary', 'Accept'], 'vary', {}, PUBLIC)).to.deep.equal(['Origin, Accept']);
  });

  for (const [given, kept] of [
    [undefined, 'no-store'],
    ['no-store', 'private, no-store'],
    ['max-age=60', 'private, max-age=60'],
    ['public, max-age=60, s-maxage=600', 'private, max-age=60'],
    ['Public,must-revalidate', 'private, must-revalidate'],
    ['private="x-a, x-b", no-cache="x-a, x-b"', 'private, no-cache="x-a, x-b"'],
  ] as const)
    it(`let no shared cache keep an answer to a credential (${given ?? 'nothing said'})`, () => {
      expect(values(given ? ['Cache-Control', given] : [], 'cache-control')).to.deep.equal([kept]);
    });

  it('leave the caching of public operations to the service', () => {
    expect(values(['Cache-Control', 'public, max-age=60'], 'cache-control', {}, PUBLIC)).to.deep.equal([
      'public, max-age=60',
    ]);
    expect(values([], 'cache-control', {}, PUBLIC)).to.deep.equal([]);
  });

  it('are trailers, too, unless one is needed before the content', () => {
    const { trailers } = createFieldsToCaller(aService(), PRIVATE);
    const raw = [
      'X-Checksum',
      'abc',
      'Set-Cookie',
      'a=1',
      'Content-Length',
      '7',
      'Server',
      's',
      'ETag',
      '"1"',
    ];
    expect(trailers(bytes(raw))).to.deep.equal([
      ['X-Checksum', 'abc'],
      ['ETag', '"1"'],
    ]);
  });

  describe('map Link', () => {
    const links = (given: string, own = {}) =>
      values(['Link', given], 'link', { urls: ['http://orders:8080/base'], ...own })[0];

    for (const [given, seen] of [
      ['</orders?page=2>; rel="next"', '</orders/orders?page=2>; rel="next"'],
      ['<http://orders:8080/base/orders/1>;rel=self', '</orders/orders/1>;rel=self'],
      [
        '<?page=2>; rel=next, <https://other.example/x>; rel=help',
        '<?page=2>; rel=next, <https://other.example/x>; rel=help',
      ],
      ['</a>; title="b, </c>; d", </e>', '</orders/a>; title="b, </c>; d", </orders/e>'],
      [String.raw`</a>; title="\"</b>"`, String.raw`</orders/a>; title="\"</b>"`],
      ['</a>; anchor="/b"; title="/c"', '</orders/a>; anchor="/orders/b"; title="/c"'],
      ['<//other/a>', '<//other/a>'],
      ['<http://orders:8080.evil.example/>', '<http://orders:8080.evil.example/>'],
      ['</a', '</a'],
      ['<</a>', '<</orders/a>'],
      ['</a>; title="</b>', '</orders/a>; title="</b>'],
      ['none', 'none'],
    ] as const)
      it(`${given} to ${seen}`, () => expect(links(given)).to.equal(seen));

    it('not where the service sees the prefix', () => {
      expect(links('</orders/1>', { stripsPrefix: false })).to.equal('</orders/1>');
    });

    it('of any text in one pass', () => {
      for (const text of ['<', '"', '\\"', '"\\"', '<a', ';anchor="', '</a>,'])
        expect(links(text.repeat(100_000))).to.be.a('string');
    });
  });

  describe('map Location', () => {
    const urls = ['http://orders:8080', 'https://orders.internal/base'];
    for (const [given, seen] of [
      ['/1', '/orders/1'],
      ['/orders/1?a=b#c', '/orders/orders/1?a=b#c'],
      ['http://orders:8080/1', '/orders/1'],
      ['HTTP://Orders:8080/1', '/orders/1'],
      ['http://orders:8080', '/orders/'],
      ['http://orders:80801/1', 'http://orders:80801/1'],
      ['https://orders.internal/base/1', '/orders/1'],
      ['/base/1', '/orders/1'],
      ['/based/1', '/orders/based/1'],
      ['//elsewhere.example/1', '//elsewhere.example/1'],
      ['https://elsewhere.example/1', 'https://elsewhere.example/1'],
      ['https://api.example/orders/1', 'https://api.example/orders/1'],
      ['1', '1'],
    ] as const)
      it(`${given} to ${seen}`, () => {
        expect(values(['Location', given], 'location', { urls })).to.deep.equal([seen]);
        expect(values(['Content-Location', given], 'content-location', { urls })).to.deep.equal([seen]);
      });

    it('to the same path where the service sees the prefix', () => {
      const own = { urls, stripsPrefix: false };
      expect(values(['Location', '/orders/1'], 'location', own)).to.deep.equal(['/orders/1']);
      expect(values(['Location', 'http://orders:8080/orders/1'], 'location', own)).to.deep.equal([
        '/orders/1',
      ]);
    });
  });
});
