/** The addresses of a service. */
import { expect } from 'chai';
import { Problem } from '../../src/problem.ts';
import type { UpstreamAddress } from '../../src/gateway/upstream-address.ts';
import { Upstream } from '../../src/gateway/upstream.ts';
import { Upstreams } from '../../src/gateway/upstreams.ts';
import { aService } from './service-servers.ts';

const URLS = ['http://a:1', 'http://b:1', 'http://c:1/base'];

describe('the upstream of a service', () => {
  const upstreams = new Set<Upstream>();
  afterEach(async () => {
    await Promise.all(Array.from(upstreams, (one) => one.close()));
    upstreams.clear();
  });

  function upstreamOf(own = {}): Upstream {
    const upstream = new Upstream(aService({ urls: URLS, ...own }));
    upstreams.add(upstream);
    return upstream;
  }
  const urlOf = (address: UpstreamAddress | undefined) => address?.url;

  it('takes its addresses in turn, each with its base path', () => {
    const upstream = upstreamOf();
    const turns = Array.from({ length: 4 }, () => urlOf(upstream.next([])));
    expect(turns).to.deep.equal([...URLS, URLS[0]]);
    expect(upstream.next([])?.basePath).to.equal('');
    expect(upstream.next([])?.basePath).to.equal('/base');
  });

  it('does not take one twice for the same request', () => {
    const upstream = upstreamOf();
    const tried: UpstreamAddress[] = [];
    for (let next = upstream.next(tried); next; next = upstream.next(tried)) tried.push(next);
    expect(tried.map(urlOf)).to.deep.equal(URLS);
  });

  it('leaves out an address that cannot be connected to', () => {
    const upstream = upstreamOf();
    const [first] = [upstream.next([])!];
    for (let i = 0; i < 3; i += 1) first.breaker.failed();
    const turns = Array.from({ length: 4 }, () => urlOf(upstream.next([])));
    expect(turns).to.deep.equal([URLS[1], URLS[2], URLS[1], URLS[2]]);
    expect(upstream.state()).to.deep.equal({ service: 'orders', open: 0, addresses: 3, out: 1 });
  });

  it('has none when all are left out, and says when the next is tried', () => {
    const upstream = upstreamOf({ urls: URLS.slice(0, 1) });
    const only = upstream.next([])!;
    for (let i = 0; i < 3; i += 1) only.breaker.failed();
    expect(upstream.next([])).to.equal(undefined);
    const { code, parts } = upstream.unavailable();
    expect([code, parts.headers]).to.deep.equal(['service_unavailable', { 'Retry-After': '1' }]);
  });

  it('takes no more requests at the same time than it may', () => {
    const upstream = upstreamOf({ concurrency: 4 });
    for (const tenant of ['acme', 'acme', 'globex', 'hooli']) upstream.enter(tenant);
    expect(() => upstream.enter('initech'))
      .to.throw(Problem)
      .with.property('code', 'service_unavailable');
    expect(upstream.state().open).to.equal(4);
    upstream.leave('globex');
    upstream.enter('initech');
    expect(upstream.state().open).to.equal(4);
  });

  it('gives one tenant half of its places at most, for as long as it has them', () => {
    const upstream = upstreamOf({ concurrency: 4 });
    upstream.enter('acme');
    upstream.enter('acme');
    expect(() => upstream.enter('acme'))
      .to.throw(Problem)
      .with.property('code', 'service_unavailable');
    upstream.enter('globex');
    upstream.leave('acme');
    upstream.enter('acme');
    expect(upstream.state().open).to.equal(3);
  });

  it('is found by the name of its service, with all the others', async () => {
    const all = new Upstreams([aService({ name: 'a' }), aService({ name: 'b', urls: URLS })]);
    all.of('b').enter('acme');
    expect(all.states()).to.deep.equal([
      { service: 'a', open: 0, addresses: 1, out: 0 },
      { service: 'b', open: 1, addresses: 3, out: 0 },
    ]);
    expect(() => all.of('c')).to.throw('no service c');
    await all.close();
  });
});
