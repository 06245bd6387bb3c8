/** What a service gets of a caller's header fields, and what it gets instead. */
import { expect } from 'chai';
import { createFieldsToService } from '../../src/gateway/fields-to-service.ts';
import { pairsOf } from '../../src/gateway/raw-fields.ts';
import { aService } from './service-servers.ts';

const FACTS = { requestId: 'request-1', address: '192.0.2.7' };

function sent(raw: string[], own = {}, facts = FACTS): [string, string][] {
  const toService = createFieldsToService(aService(own), 'https://api.example:8443');
  return pairsOf(toService(raw, facts));
}

/** Values of a field that arrive, whichever way it is spelt there. */
const arriving = (raw: string[], name: string, own = {}): string[] =>
  sent(raw, own).flatMap(([given, value]) => (given.toLowerCase() === name.toLowerCase() ? [value] : []));

describe('header fields to a service', () => {
  it('say who asks for what, in the words of this API', () => {
    expect(sent([])).to.deep.equal([
      ['X-Request-Id', 'request-1'],
      ['Forwarded', 'for=192.0.2.7;host="api.example:8443";proto=https'],
      ['X-Forwarded-For', '192.0.2.7'],
      ['Via', '1.1 trivium'],
      ['X-Forwarded-Host', 'api.example:8443'],
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Prefix', '/orders'],
    ]);
    expect(arriving([], 'X-Forwarded-Prefix', { stripsPrefix: false })).to.deep.equal([]);
  });

  for (const [address, node, plain] of [
    ['2001:db8::1', '"[2001:db8::1]"', '2001:db8::1'],
    ['::ffff:192.0.2.7', '192.0.2.7', '192.0.2.7'],
    ['fe80::1%eth0', '"[fe80::1]"', 'fe80::1'],
    ['', 'unknown', 'unknown'],
  ] as const)
    it(`name the client ${address || 'without an address'} as RFC 7239 does`, () => {
      const fields = new Map(sent([], {}, { ...FACTS, address }));
      expect(fields.get('Forwarded')).to.match(new RegExp(`^for=${node.replaceAll(/[[\]]/g, '\\$&')};`));
      expect(fields.get('X-Forwarded-For')).to.equal(plain);
    });

  it('name the subprotocols of a WebSocket that are not ours, by which pages send their token', () => {
    const of = (offered: string) => arriving(['Sec-WebSocket-Protocol', offered], 'Sec-WebSocket-Protocol');
    expect(of('trivium, trivium.bearer.a.b.c')).to.deep.equal([]);
    expect(of('Trivium.Bearer.a,graphql-ws,TRIVIUM , v2.trivium')).to.deep.equal(['graphql-ws, v2.trivium']);
    expect(of('triviumish,v1')).to.deep.equal(['triviumish,v1']);
  });

  const passed: [string, string][] = [
    ['Accept', 'application/json'],
    ['content-type', 'application/json'],
    ['Range', 'bytes=0-9'],
    ['If-None-Match', '"1"'],
    ['Idempotency-Key', 'k'],
    ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
    ['tracestate', 'a=b'],
    ['baggage', 'a=b'],
    ['X-Custom', 'ä'],
    ['X-Tenant', 'its own'],
    ['TE', 'trailers'],
    ['Origin', 'https://app.example'],
  ];
  for (const [name, value] of passed)
    it(`include ${name} as it was sent`, () => {
      expect(sent([name, value])).to.deep.include([name, value]);
    });

  it('include a field as often as it was sent', () => {
    expect(arriving(['X-A', '1', 'x-a', '2'], 'x-a')).to.deep.equal(['1', '2']);
  });

  const forged = [
    'Trivium-Principal',
    'trivium-principal',
    'TRIVIUM_PRINCIPAL',
    'Trivium.Principal',
    'Trivium-Anything',
    'X-Tenant-Id',
    'X_Tenant_Id',
    'x-tenant_id',
    'X-User-Id',
    'X-Client-Id',
    'X-Scopes',
    'X_ROLES',
    'Authorization',
    'DPoP',
    'Cookie',
    'Forwarded',
    'X-Forwarded-User',
    'X_Forwarded_Port',
    'X-Real-IP',
    'X_Real_IP',
    'True-Client-IP',
    'X-Original-URL',
    'X-Rewrite-URL',
    'X-HTTP-Method-Override',
    'X_HTTP_Method_Override',
    'Proxy',
    'Proxy-Authorization',
    'Proxy-Connection',
    'Connection',
    'Keep-Alive',
    'Transfer-Encoding',
    'Transfer_Encoding',
    'Content_Length',
    'Content_Type',
    'Content_Encoding',
    'Content-Length',
    'Trailer',
    'Upgrade',
    'HTTP2-Settings',
    'Expect',
    'Host',
  ];
  for (const name of forged)
    it(`do not include ${name} of a caller`, () => {
      expect(sent([name, 'forged'])).to.deep.equal(sent([]));
    });

  it('have one value each of those that the gateway says itself', () => {
    const names = [
      'X-Request-Id',
      'x_request_id',
      'X-Forwarded-For',
      'X-Forwarded-Host',
      'x-forwarded-proto',
    ];
    expect(sent(names.flatMap((name) => [name, 'forged']))).to.deep.equal(sent([]));
  });

  it('do not include other transfer codings, nor what Connection names', () => {
    expect(arriving(['TE', 'gzip, trailers'], 'te')).to.deep.equal([]);
    expect(arriving(['X-A', '1', 'Connection', 'close, x-a'], 'x-a')).to.deep.equal([]);
    expect(arriving(['Connection', 'X-Request-Id, Trivium-Principal'], 'X-Request-Id')).to.deep.equal([
      'request-1',
    ]);
  });

  it('describe the content, whatever Connection names', () => {
    const raw = ['Content-Type', 'application/json', 'Connection', 'content-type'];
    expect(arriving(raw, 'content-type')).to.deep.equal(['application/json']);
  });

  it('continue Via', () => {
    expect(arriving(['Via', '1.0 a', 'via', '1.1 b'], 'via')).to.deep.equal(['1.0 a, 1.1 b, 1.1 trivium']);
  });

  it('include cookies where the service gets them, without those of this API', () => {
    const raw = ['Cookie', 'a=1; __Host-trivium_tenant=x; b=2; trivium_tenant=y'];
    expect(arriving(raw, 'cookie')).to.deep.equal([]);
    expect(arriving(raw, 'cookie', { cookies: true })).to.deep.equal(['a=1; b=2']);
    expect(arriving(['Cookie', 'trivium_tenant=y'], 'cookie', { cookies: true })).to.deep.equal([]);
  });
});
