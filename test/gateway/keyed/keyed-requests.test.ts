/** `idempotency: true`: a service is sent each request once, whatever happens to it, its answer and the process in between. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { until } from '../../support/api-keys.ts';
import { aMoment, eventsSince } from '../../support/audit.ts';
import { apiKey, user } from '../../support/callers.ts';
import { WORLD_MS } from '../../support/world.ts';
import type { AService } from '../a-service.ts';
import { ORDERS } from '../declaration/orders.ts';
import { ordersDeployment, type OrdersDeployment } from '../orders-deployment.ts';

const WITH_FILES = ORDERS.replace(
  '  /orders/export:',
  `  /files:
    post:
      operationId: addFile
      parameters: [{ name: idempotency-key, in: header, required: true, schema: { type: string } }]
      requestBody: { content: { application/octet-stream: { schema: { type: string } } } }
      responses: { '201': { description: Created. } }
  /orders/export:`,
);
const another = (name: string, url: string, settings: string, operation: string) => `  ${name}:
    contract: ./orders.openapi.yaml
    url: ${url}
    prefix: /${name}
    ${settings}
    operations:
      createOrder: { apiKey: ['write:orders'], idempotency: true, ${operation} }
`;

describe('Idempotency-Key at an operation of a service', () => {
  let own: OrdersDeployment;
  let service: AService;
  before(async function () {
    this.timeout(WORLD_MS);
    own = await ordersDeployment({
      orders: WITH_FILES,
      services: (services, url) =>
        `${services.replace(
          'event: order.created,',
          'event: order.created, idempotency: true,',
        )}      addFile: { apiKey: ['write:orders'], idempotency: true }
${another('impatient', url, 'cookies: false', 'timeout: 300ms')}${another('narrow', url, 'maxConcurrent: 1', 'maxBody: 1KiB')}${another('strict', url, 'answers: enforce', 'maxBody: 1KiB')}`,
    });
    ({ service } = own);
  });
  after(() => own.end());
  beforeEach(() => {
    service.arrived.length = 0;
    service.answerBy();
  });

  interface Sent {
    at?: string;
    path?: string;
    as?: string;
    body?: string;
    type?: string;
    signal?: AbortSignal;
  }
  async function post(key: string | undefined, sent: Sent = {}) {
    const {
      at = own.api,
      path = '/orders/orders',
      as = await apiKey('acme'),
      body = '{"item":"tea"}',
    } = sent;
    const { type = 'application/json', signal = null } = sent;
    const headers = { authorization: as, 'content-type': type };
    const answer = await fetch(at + path, {
      method: 'POST',
      body,
      signal,
      headers: key === undefined ? headers : { ...headers, 'idempotency-key': key },
    });
    const text = await answer.text();
    const { code } = text.startsWith('{') ? (JSON.parse(text) as { code?: string }) : {};
    return { status: answer.status, headers: answer.headers, text, code };
  }
  const created = (text = '{"item":"tea"}', fields: Record<string, string> = {}) =>
    service.answerBy((_, res) => {
      res.writeHead(201, { 'content-type': 'application/json', location: '/orders/7', ...fields }).end(text);
    });
  const arrival = () => until(() => service.arrived.length > 0);

  it('has the first answer repeated, at every process, and the service called once', async () => {
    created('{"item":"tea","secret":"green"}', { etag: '"1"' });
    const [key, from] = [randomUUID(), await aMoment()];
    const first = await post(key);
    created('{"item":"other"}');
    expect(first.status).to.equal(201);
    for (const at of own.apis) {
      const again = await post(key, { at });
      expect([again.status, again.text]).to.deep.equal([201, first.text]);
      for (const name of ['location', 'etag', 'content-type', 'cache-control', 'vary'])
        expect(again.headers.get(name), name).to.equal(first.headers.get(name));
      expect(again.headers.get('x-request-id')).not.to.equal(first.headers.get('x-request-id'));
    }
    expect(first.headers.get('location')).to.equal('/orders/orders/7');
    expect(service.arrived.map(({ headers }) => headers['idempotency-key'])).to.deep.equal([key]);
    const events = await eventsSince(from);
    expect(events.filter(({ type }) => type === 'order.created')).to.have.length(1);
    const redis = new Redis(own.redis);
    const [name = ''] = await redis.keys('trivium:{keyed:acme}:request:*');
    expect(await redis.pttl(name)).to.be.within(1, 86_400_000);
    expect(JSON.stringify(await redis.hgetall(name))).not.to.match(/green|tea/);
    redis.disconnect();
  });

  it('is in use while the first request runs, and many at the same time are sent once', async () => {
    const key = randomUUID();
    let answer = () => undefined as unknown;
    service.answerBy((_, res) => (answer = () => res.writeHead(201).end()));
    const all = Array.from({ length: 8 }, (_, i) => post(key, { at: own.apis[i % 2]! }));
    await arrival();
    const waiting = await post(key);
    expect([waiting.status, waiting.code]).to.deep.equal([409, 'idempotency_key_in_use']);
    expect(Number(waiting.headers.get('retry-after'))).to.be.at.least(1);
    answer();
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201).length).to.be.at.least(1);
    expect(statuses.every((status) => status === 201 || status === 409)).to.equal(true);
    expect((await post(key)).status).to.equal(201);
    expect(service.arrived).to.have.length(1);
  });

  it('refuses another request with the same key, and is each caller’s own', async () => {
    created();
    const key = randomUUID();
    await post(key);
    for (const other of [{ body: '{"item":"milk"}' }, { path: '/orders/orders?region=eu' }]) {
      const refused = await post(key, other);
      expect([refused.status, refused.code]).to.deep.equal([422, 'idempotency_key_reused']);
    }
    expect(service.arrived).to.have.length(1);
    for (const as of [await user('acme'), await apiKey('globex')])
      expect((await post(key, { as })).status).to.equal(201);
    expect(service.arrived).to.have.length(3);
  });

  it('compares bodies of other types, too, and is required where the service says so', async () => {
    created();
    const key = randomUUID();
    const file = { path: '/orders/files', type: 'application/octet-stream', body: 'a,b' };
    expect((await post(key, file)).status).to.equal(201);
    expect((await post(key, file)).status).to.equal(201);
    expect(service.arrived.map(({ body }) => body)).to.deep.equal(['a,b']);
    expect((await post(key, { ...file, body: 'a,c' })).code).to.equal('idempotency_key_reused');
    expect((await post(undefined, file)).code).to.equal('invalid_parameter');
    expect((await post('with space', file)).code).to.equal('invalid_parameter');
  });

  it('needs no key', async () => {
    created();
    expect([(await post(undefined)).status, (await post(undefined)).status]).to.deep.equal([201, 201]);
    expect(service.arrived).to.have.length(2);
  });

  const lost: [string, string, () => void, string][] = [
    [
      'the service hangs up',
      '/orders/orders',
      () => service.answerBy((req) => req.socket.destroy()),
      'service_failed',
    ],
    [
      'it does not answer in time',
      '/impatient/orders',
      () => service.answerBy(() => undefined),
      'service_timeout',
    ],
    [
      'its answer breaks off',
      '/orders/orders',
      () =>
        service.answerBy((_, res) => {
          res.writeHead(201, { 'content-length': '100' }).write('half', () => res.destroy());
        }),
      'service_failed',
    ],
    [
      'its answer breaks its contract',
      '/strict/orders',
      () =>
        service.answerBy((_, res) =>
          res.writeHead(400, { 'content-type': 'application/problem+json' }).end('['),
        ),
      'service_failed',
    ],
  ];
  for (const [what, path, by, code] of lost)
    it(`says that the outcome is unknown, and sends nothing again: ${what}`, async () => {
      by();
      const key = randomUUID();
      expect((await post(key, { path })).code).to.equal(code);
      created();
      for (const at of own.apis) {
        const again = await post(key, { path, at });
        expect([again.status, again.code]).to.deep.equal([502, 'outcome_unknown']);
      }
      expect(service.arrived).to.have.length(1);
    });

  it('says so, too, when the process that sent it was killed', async function () {
    this.timeout(WORLD_MS);
    service.answerBy(() => undefined);
    const third = await own.startApi('api-3', { PORT: '0' });
    const key = randomUUID();
    const broken = post(key, { at: third.url }).catch(() => 'broken off');
    await arrival();
    process.kill(third.pid, 'SIGKILL');
    expect(await broken).to.equal('broken off');
    created();
    const codes = new Set<string | undefined>();
    await until(async () => {
      const { code } = await post(key);
      codes.add(code);
      return code === 'outcome_unknown';
    });
    expect([...codes]).to.deep.equal(['idempotency_key_in_use', 'outcome_unknown']);
    expect(service.arrived).to.have.length(1);
  });

  it('is free again when nothing was sent', async () => {
    let answer = () => undefined as unknown;
    service.answerBy((_, res) => (answer = () => res.end()));
    const first = post(undefined, { path: '/narrow/orders' });
    await arrival();
    const key = randomUUID();
    const refused = await post(key, { path: '/narrow/orders' });
    expect([refused.status, refused.code]).to.deep.equal([503, 'service_unavailable']);
    answer();
    await first;
    created();
    expect((await post(key, { path: '/narrow/orders' })).status).to.equal(201);
    expect(service.arrived).to.have.length(2);
  });

  for (const [theirs, status] of [
    [503, 503],
    [429, 429],
    [401, 502],
  ] as const)
    it(`is free again when the service answers ${theirs}: it has done nothing`, async () => {
      service.answerBy((_, res) => res.writeHead(theirs).end());
      const key = randomUUID();
      expect((await post(key)).status).to.equal(status);
      created();
      expect((await post(key)).status).to.equal(201);
      expect(service.arrived).to.have.length(2);
    });

  it('has other refusals of the service repeated', async () => {
    service.answerBy((_, res) => res.writeHead(500, { 'content-type': 'text/plain' }).end('no'));
    const key = randomUUID();
    for (const { status, text } of [await post(key), await post(key)])
      expect([status, text]).to.deep.equal([500, 'no']);
    expect(service.arrived).to.have.length(1);
  });

  const unkept: [string, () => void, number][] = [
    ['too long', () => created('x'.repeat(65_537)), 65_537],
    [
      'a stream',
      () =>
        service.answerBy((_, res) =>
          res.writeHead(201, { 'content-type': 'text/event-stream' }).end('data: 1\n\n'),
        ),
      9,
    ],
  ];
  for (const [what, by, length] of unkept)
    it(`passes an answer that is ${what}, and does not repeat it`, async () => {
      by();
      const key = randomUUID();
      const first = await post(key);
      expect([first.status, first.text.length]).to.deep.equal([201, length]);
      const again = await post(key);
      expect([again.status, again.code]).to.deep.equal([409, 'answer_not_kept']);
      expect(again.text).to.include('answered with 201');
      expect(service.arrived).to.have.length(1);
    });

  it('has the longest answer that is kept repeated whole', async () => {
    created('y'.repeat(65_536));
    const key = randomUUID();
    const first = await post(key);
    expect(first.text).to.have.length(65_536);
    expect((await post(key)).text).to.equal(first.text);
    expect(service.arrived).to.have.length(1);
  });

  it('has the answer for a caller who hung up and asks again', async () => {
    let answer = () => undefined as unknown;
    let isAborted = false;
    service.answerBy((req, res) => {
      req.once('aborted', () => (isAborted = true));
      answer = () => res.writeHead(201).end('late');
    });
    const [key, from] = [randomUUID(), await aMoment()];
    const leaving = new AbortController();
    const left = post(key, { signal: leaving.signal }).catch(() => 'left');
    await arrival();
    leaving.abort();
    expect(await left).to.equal('left');
    // Two requests after it on the same process: it has noticed.
    await post(randomUUID(), { body: '{}' });
    expect((await post(key)).code).to.equal('idempotency_key_in_use');
    answer();
    await until(async () => (await post(key)).text === 'late');
    expect(isAborted).to.equal(false);
    expect(service.arrived).to.have.length(1);
    const events = (await eventsSince(from)).filter(({ type }) => type === 'order.created');
    expect(events.map(({ outcome }) => outcome)).to.deep.equal(['succeeded']);
  });

  it('is described in the contract', async () => {
    const contract = (await (await fetch(`${own.api}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { parameters: object[]; responses: object }>>;
    };
    const { parameters, responses } = contract.paths['/orders/orders']!['post']!;
    expect(parameters).to.deep.include.members([
      { ...parameters.find((one) => 'name' in one && one.name === 'Idempotency-Key'), required: false },
    ]);
    expect(responses).to.have.property('409');
  });
});
