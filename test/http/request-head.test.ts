/** The first lines of a request: what is called, at which host, and how. */
import { expect } from 'chai';
import { loadContract, type BodyDescription } from '../../src/contract/load-contract.ts';
import { apiKey, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { rawRequest, sendBytes } from '../support/raw-request.ts';
import { world, WORLD_MS } from '../support/world.ts';

const contract = loadContract();

/** As an id of any kind may look. */
const NO_ID = 'a'.repeat(32);
const firstTypeOf = ({ schemaPointers }: BodyDescription): string => [...schemaPointers.keys()][0]!;

describe('the head of a request', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  describe('names a target', () => {
    const targets: [string, number, string?][] = [
      ['/healthz', 200],
      ['/healthz?', 200],
      ['/healthz?a=%C3%A9', 200],
      ['http://x/healthz', 200],
      ['HTTPS://other.example:8443/healthz?a=b', 200],
      ['http://[::1]:80/healthz', 200],
      ['http://[', 400],
      ['http://[/healthz', 400],
      ['http://[zz]/healthz', 400],
      ['http://[:::::]/healthz', 400],
      ['http://[....]/healthz', 400],
      ['http://[10.0.0.1]/healthz', 400],
      ['http://x:65536/healthz', 400],
      ['http:///healthz', 400],
      ['http://', 400],
      ['http://a@x/healthz', 400],
      ['http://x:port/healthz', 400],
      ['ftp://x/healthz', 400],
      ['healthz', 400],
      ['x:443', 400],
      ['*', 400],
      ['/healthz#there', 400],
      ['/healthz?name=\xE9', 400],
      ['/\xC3\xA9', 400],
      ['/healthz?a=%E9', 400, 'invalid_parameter'],
      ['/healthz?a=%zz', 400, 'invalid_parameter'],
      ['/healthz?%E9=a', 400, 'invalid_parameter'],
      ['/healthz?a=%', 400, 'invalid_parameter'],
      ['/healthz?a=%ED%A0%80', 400, 'invalid_parameter'],
      ['/nowhere/%E9', 404],
      ['//healthz', 404],
      ['//x/healthz', 404],
      ['/./healthz', 404],
      ['/v1/../healthz', 404],
      ['/%68ealthz', 404],
      ['\\healthz', 400],
      ['/\\healthz', 404],
      ['/healthz\\', 404],
      ['/[', 404],
    ];
    for (const [target, status, code] of targets)
      it(`${JSON.stringify(target)}: ${status}`, async () => {
        const answer = await rawRequest([`GET ${target} HTTP/1.1`, 'Host: x']);
        expect(answer.status).to.equal(status);
        expect(answer.field('X-Request-Id')).to.match(/^[0-9a-f-]{36}$/);
        if (status < 400) return;
        expect(answer.field('Content-Type')).to.include('application/problem+json');
        expect(answer.body.code).to.equal(code ?? { 400: 'malformed_request', 404: 'not_found' }[status]);
      });

    it('whose parameter is named when it is no UTF-8', async () => {
      const answer = await rawRequest([
        'GET /v1/users?name=%e9&limit=10 HTTP/1.1',
        'Host: x',
        `Authorization: ${await apiKey('acme')}`,
      ]);
      expect(answer.body).to.include({ status: 400, code: 'invalid_parameter' });
      expect(answer.body.errors).to.deep.equal([
        { in: 'query', pointer: '/name', code: 'encoding', message: 'must be UTF-8, percent-encoded' },
      ]);
    });

    it('also where anybody may call, and errors are OAuth’s', async () => {
      const { status, body } = await call('GET', '/oauth/authorize?client_id=x&state=%e9');
      expect([status, body.error]).to.deep.equal([400, 'invalid_request']);
    });

    it('whose id is no UTF-8, and leads nowhere', async () => {
      const as = await apiKey('acme');
      for (const id of ['%E9', '%zz', '%']) {
        const answer = await rawRequest([`GET /v1/users/${id} HTTP/1.1`, 'Host: x', `Authorization: ${as}`]);
        expect([answer.status, answer.body.code], id).to.deep.equal([404, 'not_found']);
      }
    });
  });

  describe('names a path exactly', () => {
    const variants: [string, (path: string) => string][] = [
      ['in upper case', (path) => path.replaceAll(/(?<!\{)\b[a-z]+/g, (word) => word.toUpperCase())],
      ['with one letter in upper case', (path) => path.replace(/[a-z]/, (letter) => letter.toUpperCase())],
      ['with a slash behind it', (path) => `${path}/`],
      ['with two slashes behind it', (path) => `${path}//`],
      ['with a slash more before it', (path) => `/${path}`],
      ['with a segment that goes nowhere', (path) => `/.${path}`],
      ['with a path parameter', (path) => `${path};v=1`],
    ];
    for (const [what, change] of variants)
      it(`and not ${what}`, async () => {
        for (const { path, method, parameters } of contract.operations.values()) {
          // An id may be anything.
          const lastIsId = path.endsWith('}');
          const changed = change(path).replaceAll(/\{\w+\}/g, 'x');
          if (changed === path || (lastIsId && what === 'with a path parameter')) continue;
          const { status, body } = await rawRequest([
            `${method.toUpperCase()} ${changed} HTTP/1.1`,
            'Host: x',
          ]);
          expect([status, body.code], `${changed} ${parameters.length}`).to.deep.equal([404, 'not_found']);
        }
      });

    it('and a probe of another case counts as any request', async () => {
      for (const path of ['/METRICS', '/Metrics', '/metrics/', '/HEALTHZ', '/readyz/'])
        expect((await call('GET', path)).status, path).to.equal(404);
    });
  });

  describe('names one host', () => {
    const hosts: [string[], number][] = [
      [['Host: x'], 200],
      [['Host: my_service:4000'], 200],
      [['Host: [::1]:4000'], 200],
      [['Host: 127.0.0.1'], 200],
      [['Host:'], 200],
      [['Host: x', 'Host: y'], 400],
      [['Host: x', 'Host: x'], 400],
      [['Host: x', 'HOST: y', 'host: z'], 400],
      [[], 400],
      [['Host: x y'], 400],
      [['Host: x, y'], 400],
      [['Host: x/y'], 400],
      [['Host: a@x'], 400],
      [['Host: x:port'], 400],
      [['Host: ['], 400],
      [['Host: [:]'], 400],
      [['Host: x:65536'], 400],
      [['Host: x\xE9'], 400],
    ];
    for (const [fields, status] of hosts)
      it(`${JSON.stringify(fields)}: ${status}`, async () => {
        const answer = await rawRequest(['GET /healthz HTTP/1.1', ...fields]);
        expect(answer.status).to.equal(status);
        if (status === 400)
          expect(answer.body).to.include({ code: 'malformed_request', instance: '/healthz' });
      });

    it('else is told so as errors are told there', async () => {
      const hosts = ['Host: x', 'Host: y'];
      for (const line of [
        'POST /oauth/register',
        'GET /oauth/register/x',
        'GET /oauth/authorize?client_id=x',
      ]) {
        const { status, body, field } = await rawRequest([`${line} HTTP/1.1`, ...hosts]);
        expect([status, body.error], line).to.deep.equal([400, 'invalid_request']);
        expect(field('Content-Type'), line).to.match(/^application\/json\b/);
      }
    });

    it('but need not in HTTP/1.0', async () => {
      expect((await rawRequest(['GET /healthz HTTP/1.0'])).status).to.equal(200);
      expect((await rawRequest(['GET /healthz HTTP/1.0', 'Host: x', 'Host: y'])).status).to.equal(400);
    });
  });

  it('names a version that is spoken', async () => {
    for (const version of ['2.0', '0.9', '1.2', '3.0']) {
      const { status, body } = await rawRequest([`GET /healthz HTTP/${version}`, 'Host: x']);
      expect([status, body.code], version).to.deep.equal([400, 'malformed_request']);
    }
  });

  it('expects nothing but to be told to go on', async () => {
    for (const [expected, version, status] of [
      ['100-continue', '1.1', 100],
      ['100-Continue', '1.1', 100],
      ['', '1.1', 200],
      ['200-ok', '1.1', 417],
      ['x100-continue', '1.1', 417],
      ['200-ok', '1.0', 200],
    ] as const) {
      const { status: answered } = await rawRequest([
        `GET /healthz HTTP/${version}`,
        'Host: x',
        `Expect: ${expected}`,
      ]);
      expect(answered, `${expected} ${version}`).to.equal(status);
    }
    const { body, field } = await rawRequest(['GET /healthz HTTP/1.1', 'Host: x', 'Expect: 200-ok']);
    expect(body).to.include({ code: 'expectation_failed', request_id: field('X-Request-Id') });
  });

  it('holds no condition that nobody looks at where something is changed', async () => {
    const as = await operator();
    const { operations } = contract;
    for (const { id, method, path, parameters, body, security } of operations.values()) {
      // Who registers an app comes as somebody else, as does an event stream; and there is no service here.
      const isOther = security.has('service') || security.has('eventStream');
      if (method === 'get' || path.startsWith('/oauth/') || isOther) continue;
      for (const name of ['If-Match', 'If-None-Match']) {
        if (parameters.some((one) => one.name === name)) continue;
        const caller = security.has('operator') ? as : await user('acme');
        const headers = { [name]: '"stale"', ...(body ? { 'content-type': firstTypeOf(body) } : {}) };
        const answer = await call(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, NO_ID), {
          as: caller,
          headers,
          ...(body ? { body: '{}' } : {}),
        });
        // What is no id leads nowhere, whatever else is asked.
        if (answer.status === 404) continue;
        expect([answer.status, answer.body.code], `${id} ${name}`).to.deep.equal([400, 'invalid_parameter']);
        const [error] = answer.body.errors.filter(({ in: place }: { in: string }) => place === 'header');
        expect(error, `${id} ${name}`).to.include({ pointer: `/${name.toLowerCase()}`, code: 'unsupported' });
      }
    }
    const missing = await call('POST', '/v1/tenants/nobody/suspend', { as, headers: { 'if-match': '*' } });
    expect(missing.status).to.equal(404);
    const path = '/v1/tenants/globex/suspend';
    const stale = await call('POST', path, { as, headers: { 'if-match': '"stale"' } });
    expect([stale.status, stale.body.code]).to.deep.equal([400, 'invalid_parameter']);
    expect((await call('GET', '/v1/tenants/globex', { as })).body.status).to.equal('active');
  });

  it('is read to its end, however many fields it has', async () => {
    const many = Array.from({ length: 2_500 }, () => 'a:');
    const second = await rawRequest(['GET /healthz HTTP/1.1', 'Host: x', ...many, 'Host: y']);
    expect([second.status, second.body.code]).to.deep.equal([400, 'malformed_request']);
    const last = await rawRequest(['GET /v1/me HTTP/1.1', 'Host: x', ...many, 'Authorization: Bearer x']);
    expect([last.status, last.body.code]).to.deep.equal([401, 'invalid_token']);
  });

  it('names no transfer coding but chunked', async () => {
    const as = `Authorization: ${await apiKey('acme')}`;
    for (const coding of ['gzip, chunked', 'identity, chunked', 'chunked, chunked', 'gzip', 'xchunked']) {
      const lines = ['POST /v1/users HTTP/1.1', 'Host: x', as, `Transfer-Encoding: ${coding}`];
      const { status, body } = await rawRequest([...lines, 'Content-Type: application/json'], '0\r\n\r\n');
      expect([status, body.code], coding).to.deep.equal([400, 'malformed_request']);
    }
    // RFC 9112 section 6.1: HTTP/1.0 has none, and what comes next on the connection is nobody's request.
    const old = ['POST /v1/users HTTP/1.0', as, 'Connection: keep-alive', 'Transfer-Encoding: chunked'];
    const bytes = `${old.join('\r\n')}\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.0\r\n\r\n`;
    const { status, body, field } = await sendBytes(bytes);
    expect([status, body.code, field('Connection')]).to.deep.equal([400, 'malformed_request', 'close']);
  });

  describe('with OPTIONS', () => {
    const ask = (target: string, ...fields: string[]) =>
      rawRequest([`OPTIONS ${target} HTTP/1.1`, 'Host: x', ...fields]);

    it('is answered with what is allowed, at every path', async () => {
      for (const path of new Set([...contract.operations.values()].map((one) => one.path))) {
        const methods = [...contract.operations.values()]
          .filter((one) => one.path === path)
          .map(({ method }) => method.toUpperCase());
        const answer = await ask(path.replaceAll(/\{\w+\}/g, 'x'));
        expect([answer.status, answer.text], path).to.deep.equal([204, '']);
        const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort();
        expect(answer.field('Allow'), path).to.equal(allowed.join(', '));
      }
    });

    it('of the server as a whole, too', async () => {
      for (const target of ['*', 'http://x']) {
        const answer = await ask(target);
        expect([answer.status, answer.field('Allow')], target).to.deep.equal([
          204,
          'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
        ]);
      }
    });

    it('of a page that may not call gives it nothing', async () => {
      const origin = 'Origin: https://evil.example';
      const answer = await ask('/v1/users', origin, 'Access-Control-Request-Method: GET');
      expect([answer.status, answer.field('Allow')]).to.deep.equal([204, 'GET, HEAD, OPTIONS, POST']);
      expect(answer.field('Access-Control-Allow-Origin')).to.equal(undefined);
    });

    it('of nothing is 404', async () => {
      expect((await ask('/v1/nowhere')).body.code).to.equal('not_found');
    });
  });

  it('with a method that is not allowed gets what is, and one that is none a problem', async () => {
    for (const [method, status] of [
      ['TRACE', 405],
      ['PROPFIND', 405],
      ['PUT', 405],
      ['FOO', 400],
      ['get', 400],
    ] as const) {
      const { body, field } = await rawRequest([`${method} /v1/users HTTP/1.1`, 'Host: x']);
      expect(body.status, method).to.equal(status);
      if (status === 405) expect(field('Allow'), method).to.equal('GET, HEAD, OPTIONS, POST');
    }
  });
});
