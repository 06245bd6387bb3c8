/** What a service behind the gateway records of a tenant: in its audit log, at its webhooks, by that service only. */
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { loadContract } from '../../src/contract/load-contract.ts';
import { loadGateway } from '../../src/gateway/load-gateway.ts';
import { until } from '../support/api-keys.ts';
import { aMoment, eventsSince, type AuditEvent } from '../support/audit.ts';
import { apiKey, app, demoUser, operator, tenantToken, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { eventsOf, post, startRecorder, TWO_SERVICES, writeRecorders } from '../support/service-events.ts';
import { aSharedTenant } from '../support/tenants.ts';
import { startReceiver, type Receiver } from '../support/webhook-receiver.ts';
import { world, WORLD_MS } from '../support/world.ts';

const SHIPPED = { tenant_id: 'acme', type: 'order.shipped' };

describe('events of a service', () => {
  const recorders = writeRecorders();
  const orders = `Bearer ${recorders.orders}`;
  const billing = `Bearer ${recorders.billing}`;
  let at: string;
  before(async function () {
    this.timeout(WORLD_MS);
    at = (await startRecorder(recorders, 'api-recorder')).url;
  });

  const record = (body: object, key?: string) =>
    post('orders', body, { at, as: orders, ...(key === undefined ? {} : { key }) });
  /** As the tenant reads them. */
  async function ofTenant(id: string, as: string): Promise<AuditEvent | undefined> {
    const { body } = await call('GET', '/v1/tenant/audit-events?principal_kind=service', { as });
    return (body.events as AuditEvent[]).find((event) => event.id === id);
  }

  describe('with a webhook', () => {
    let receiver: Receiver;
    let path: string;
    before(async () => (receiver = await startReceiver()));
    after(async () => {
      await call('DELETE', path, { as: await user('acme') });
      await receiver.close();
    });

    it('are in the audit log of the tenant, and delivered where their type is subscribed to', async () => {
      const as = await user('acme');
      const hook = { url: receiver.url, event_types: ['order.shipped'] };
      const made = await call('POST', '/v1/tenant/webhooks', { at, as, body: hook });
      expect(made.status).to.equal(201);
      path = made.headers.get('location')!;
      await until(async () => (await call('GET', path, { as })).body.verification?.status !== 'pending');
      const { user_id } = await demoUser('acme', 'member');
      const requestId = randomUUID();
      const details = { parcels: 2, carrier: 'dhl', is_express: true };
      const body = { ...SHIPPED, target: 'order-17', user_id, details };
      const answer = await post('orders', body, { at, as: orders, headers: { 'x-request-id': requestId } });
      expect(answer.status).to.equal(201);
      const { id, time } = answer.body as { id: string; time: string };
      // Another type of the service, to which the webhook does not subscribe.
      await record({ ...SHIPPED, type: 'order.created' });

      await until(async () => (await ofTenant(id, as)) !== undefined);
      const { seq, recorded_at: _, ...event } = (await ofTenant(id, as))!;
      const what = {
        tenant_id: 'acme',
        principal: { kind: 'service', service: 'orders', user_id },
        operation: 'recordServiceEvent',
        target: 'order-17',
        outcome: 'succeeded',
        status: 201,
        details,
        request_id: requestId,
      };
      expect(event).to.deep.equal({ id, time, type: 'order.shipped', ...what });
      await until(() => receiver.received.length > 0);
      const [{ headers, message }] = receiver.received as [Receiver['received'][0]];
      expect(headers['webhook-id']).to.equal(id);
      expect(message).to.deep.equal({ type: 'order.shipped', timestamp: time, data: { id, seq, ...what } });
      expect(receiver.received).to.have.length(1);
    });

    it('are what a webhook may subscribe to where the service is declared, and nowhere else', async () => {
      const body = { url: receiver.url, event_types: ['order.shipped'] };
      const elsewhere = await call('POST', '/v1/tenant/webhooks', { as: await user('acme'), body });
      expect(elsewhere.status).to.equal(422);
      expect(elsewhere.body.errors[0].code).to.equal('unknown_event_type');
      const { body: contract } = await call('GET', '/openapi.json', { at });
      expect(contract['x-event-types']).to.include({ 'order.shipped': 'An order was shipped' });
    });
  });

  it('are recorded once for an idempotency key, though they come at the same time', async () => {
    const as = await user('acme');
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => record(SHIPPED, key)));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(8).fill(201));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).to.equal(1);
    const reused = await record({ ...SHIPPED, target: 'another' }, key);
    expect([reused.status, reused.body.code]).to.deep.equal([422, 'idempotency_key_reused']);
    const last = (await record(SHIPPED)).body.id as string;
    await until(async () => (await ofTenant(last, as)) !== undefined);
    const { body } = await call('GET', '/v1/tenant/audit-events?limit=100', { as });
    const found = (body.events as AuditEvent[]).filter(({ id }) => id === answers[0]!.body.id);
    expect(found).to.have.length(1);
  });

  describe('by whoever is not that service', () => {
    /** Where a credential is refused, and none is asked for but a secret of the service. */
    const CHALLENGE = /^Bearer realm="trivium"(, error="invalid_token", error_description="[^"]+")?$/;
    const callers: [string, () => string | Promise<string> | undefined][] = [
      ['nobody', () => undefined],
      ['somebody with a wrong secret', () => 'Bearer bm90IGEgc2VjcmV0'],
      ['another service', () => billing],
      [
        'the service, as Basic',
        () => `Basic ${Buffer.from(`orders:${recorders.orders}`).toString('base64')}`,
      ],
      ['a user', () => user('acme')],
      ['a tenant with an API key', () => apiKey('acme')],
      ['a tenant with a token', () => tenantToken('acme')],
      ['an app', () => app('acme')],
      ['the operator', () => operator()],
    ];
    for (const [who, credential] of callers)
      it(`are refused: ${who}`, async () => {
        const as = await credential();
        const { status, headers, body } = await post('orders', SHIPPED, { at, as });
        expect(status).to.equal(401);
        expect(body.code).to.equal(as === undefined ? 'authentication_required' : 'invalid_token');
        expect(headers.get('www-authenticate')).to.match(CHALLENGE);
        expect(headers.get('www-authenticate')?.includes('error=')).to.equal(as !== undefined);
      });

    it('are refused alike for a service that there is not', async () => {
      const answerOf = async (service: string) => {
        const { status, headers, body } = await post(service, SHIPPED, { at, as: orders });
        const { request_id: _, instance: __, ...rest } = body as Record<string, unknown>;
        return { status, rest, challenge: headers.get('www-authenticate') };
      };
      expect(await answerOf('nothing')).to.deep.equal(await answerOf('billing'));
      const { status } = await post('orders', SHIPPED, { at: (await world()).api, as: orders });
      expect(status, 'where no services are declared').to.equal(401);
    });

    it('are in no tenant’s log, and the refusals in the operator’s', async () => {
      const since = await aMoment();
      const id = randomUUID();
      await post('orders', SHIPPED, { at, as: billing, headers: { 'x-request-id': id } });
      const unknown = { ...SHIPPED, tenant_id: 'nobody-here' };
      const known = randomUUID();
      await post('orders', unknown, { at, as: orders, headers: { 'x-request-id': known } });
      const marked = (await record(SHIPPED)).body.id as string;
      await until(async () => (await ofTenant(marked, await user('acme'))) !== undefined);
      const events = await eventsSince(since);
      const of = (request: string) => events.filter(({ request_id }) => request_id === request);
      expect(
        of(id).every(({ tenant_id, type }) => tenant_id === undefined && type === 'request.refused'),
      ).to.equal(true);
      const [refusal] = of(known);
      expect(refusal?.principal).to.deep.equal({ kind: 'service', service: 'orders' });
      expect(refusal)
        .to.include({ type: 'request.refused', code: 'not_found' })
        .and.not.property('tenant_id');
    });
  });

  it('are the only thing that the secret of a service is for', async () => {
    const { contract } = loadGateway(recorders.file);
    const refused: Record<string, number> = {};
    for (const { id, method, path, security, body, isOpen } of contract.operations.values()) {
      if (security.size === 0 || id === 'recordServiceEvent') continue;
      const url = at + path.replaceAll(/\{\w+\}/g, 'acme');
      const answer = await fetch(url, {
        method: method.toUpperCase(),
        headers: { authorization: orders, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: '{}' } : {}),
      });
      await answer.body?.cancel();
      if (answer.status !== 401) refused[`${id}${isOpen ? ' (open)' : ''}`] = answer.status;
    }
    expect(refused).to.deep.equal({});
  });

  describe('that are wrong', () => {
    const errorsOf = async (body: unknown) => {
      const answer = await post('orders', body, { at, as: orders });
      return [answer.status, answer.body.errors?.[0]?.pointer, answer.body.errors?.[0]?.code];
    };
    const unknown = [422, '/type', 'unknown_event_type'];
    for (const [what, type] of [
      ['of another service', 'invoice.paid'],
      ['of our own', 'user.created'],
      ['that nobody declares', 'order.burned'],
      ['that is a property of objects', 'constructor.name'],
    ])
      it(`are refused: a type ${what}`, async () => {
        expect(await errorsOf({ ...SHIPPED, type })).to.deep.equal(unknown);
      });

    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, i]));
    for (const [what, details, isRight] of [
      ['as many as are allowed', many(16), true],
      ['too many', many(17), false],
      ['as long as is allowed', { text: 'x'.repeat(256) }, true],
      ['too long', { text: 'x'.repeat(257) }, false],
      ['nested', { text: { text: 'x' } }, false],
      ['a list', { text: ['x'] }, false],
      ['null', { text: null }, false],
      ['a name with capitals', { Text: 'x' }, false],
    ] as const)
      it(`are ${isRight ? 'recorded' : 'refused'}: details, ${what}`, async () => {
        const { status } = await record({ ...SHIPPED, details });
        expect(status).to.equal(isRight ? 201 : 422);
      });

    it('are refused: a body that is too large, before it is read as JSON', async () => {
      const { status, body } = await record({ ...SHIPPED, details: { text: 'x'.repeat(8_192) } });
      expect([status, body.code]).to.deep.equal([413, 'body_too_large']);
    });

    it('are refused: a target that is no id, another member', async () => {
      expect((await errorsOf({ ...SHIPPED, target: 'Ann Example' }))[1]).to.equal('/target');
      expect((await record({ ...SHIPPED, email: 'a@b.example' })).status).to.equal(422);
    });
  });

  describe('of a tenant that', () => {
    const problemOf = async (tenant_id: string) => {
      const { status, body } = await record({ ...SHIPPED, tenant_id });
      const { request_id: _, ...rest } = body as Record<string, unknown>;
      return { status, rest };
    };

    it('is suspended are recorded; of one that is deleted they are refused like those of an unknown one', async () => {
      const tenant = await aSharedTenant();
      const as = await operator();
      await call('POST', `${tenant.path}/suspend`, { as });
      // Each API process knows it within a second.
      await until(async () => (await call('GET', '/v1/tenant', { at, as: tenant.key })).status === 403);
      const { status, body } = await record({ ...SHIPPED, tenant_id: tenant.id });
      expect(status).to.equal(201);
      await call('POST', `${tenant.path}/resume`, { as });
      await until(async () => (await call('GET', '/v1/tenant', { as: tenant.key })).status === 200);
      await until(async () => (await ofTenant(body.id as string, tenant.key)) !== undefined);

      const dry = await call('DELETE', `${tenant.path}?users=delete&dry_run=true`, { as });
      const confirm = dry.body.confirmation as string;
      await call('DELETE', `${tenant.path}?users=delete&confirm=${confirm}`, { as });
      await until(async () => (await record({ ...SHIPPED, tenant_id: tenant.id })).status === 404);
      const gone = await problemOf(tenant.id);
      expect(gone.rest['code']).to.equal('not_found');
      expect(gone).to.deep.equal(await problemOf('nobody-here'));
    });
  });

  it('leave no secret in the log', async () => {
    const log = readFileSync(join((await world()).home, 'logs', 'api-recorder.log'), 'utf8');
    expect(log).to.include('"service":"orders"').and.not.include(recorders.orders);
    expect(log).not.to.include(recorders.billing);
  });

  it('are counted', async () => {
    const { body } = await call('GET', '/metrics', { at });
    expect(body).to.match(/trivium_service_events_total\{service="orders"\} [1-9]/);
  });

  it('have one operation, which pages of other origins may not call', () => {
    const operation = loadContract().operations.get('recordServiceEvent')!;
    expect(operation).to.include({ path: eventsOf('{service}'), isForAnyOrigin: false, event: undefined });
  });
});

describe('too many events of a service', () => {
  const LIMIT = 3;
  // Requests are counted over all processes: names of this test's own.
  const services = TWO_SERVICES.replace('  orders:\n', '  busy:\n').replace('  billing:', '  calm:');
  const recorders = writeRecorders(services);
  let at: string;
  before(async function () {
    this.timeout(WORLD_MS);
    const settings = { REQUESTS_PER_MINUTE_PER_SERVICE: String(LIMIT) };
    at = (await startRecorder(recorders, 'api-limited-recorder', settings)).url;
  });

  it('are its own wait, and nobody else’s', async () => {
    const busy = () => post('busy', SHIPPED, { at, as: `Bearer ${recorders.orders}` });
    const answers = [];
    for (let sent = 0; sent <= LIMIT; sent += 1) answers.push(await busy());
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201, 429]);
    const refused = answers.at(-1)!;
    expect(refused.body.code).to.equal('too_many_requests');
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    const paid = { tenant_id: 'acme', type: 'invoice.paid' };
    const calm = await post('calm', paid, { at, as: `Bearer ${recorders.billing}` });
    expect(calm.status).to.equal(201);
    const { status } = await call('GET', '/v1/me', { at, as: await apiKey('acme') });
    expect(status).to.equal(200);
  });
});

describe('the guide to events of a service', () => {
  const guide = readFileSync(new URL('../../docs/your-api.md', import.meta.url), 'utf8');
  const section = guide.slice(guide.indexOf('## Events of a service'));
  const [makeSecret = '', record = ''] = Array.from(
    section.matchAll(/```sh\n(.*?)```/gs),
    ([, text]) => text,
  );

  it('has commands that work', async function () {
    this.timeout(WORLD_MS);
    const { file } = writeRecorders();
    const run = (command: string) => promisify(execFile)('bash', ['-c', command], { cwd: dirname(file) });
    await run(makeSecret);
    const { url } = await startRecorder({ file }, 'api-of-the-guide');
    const { stdout } = await run(record.replace('http://localhost:4000', url));
    expect(JSON.parse(stdout)).to.have.keys('id', 'time');
  });
});
