import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { aMoment, auditEvents, byTime, eventsSince, type AuditEvent } from '../support/audit.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import { apiKey, app, basic, demoTenant, demoUser, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

const LOG = '/v1/tenant/audit-events';
const newEmail = () => `audit-${randomUUID()}@acme.example`;

/** Of one request, once they are recorded. */
async function eventsOf(requestId: string, count = 1): Promise<AuditEvent[]> {
  let found: AuditEvent[] = [];
  await until(async () => {
    found = (await auditEvents()).filter(({ request_id }) => request_id === requestId);
    return found.length >= count;
  });
  return found;
}

describe('the audit log', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('tells of a user from creation to deletion, by whom and through which app, and of nothing personal', async () => {
    const admin = await demoUser('acme', 'admin');
    const since = await aMoment();
    const email = newEmail();
    const as = await app('acme');
    const { body } = await call('POST', '/v1/users', { as, body: { email, name: 'Nobody Else' } });
    const id = body.user_id as string;
    const path = `/v1/users/${encodeURIComponent(id)}`;
    await call('PATCH', path, { as: await user('acme'), body: { blocked: true } });
    await call('PUT', `${path}/roles`, { as: await apiKey('acme'), body: { roles: ['admin'] } });
    await call('POST', `${path}/password-reset`, { as: await apiKey('acme'), body: {} });
    await call('DELETE', path, { as: await apiKey('acme') });
    await call('GET', path, { as: await apiKey('acme') });
    const events = (await eventsSince(since)).filter(({ target }) => target === id);
    expect(events.map(({ type, status, principal }) => [type, status, principal.kind])).to.deep.equal([
      ['user.created', 201, 'app'],
      ['user.updated', 200, 'user'],
      ['user.roles_replaced', 200, 'tenant'],
      ['user.password_reset_created', 201, 'tenant'],
      ['user.deleted', 204, 'tenant'],
      ['request.refused', 404, 'tenant'],
    ]);
    expect(events[0]!.principal.user_id).to.equal(admin.user_id);
    expect(JSON.stringify(events)).not.to.include(email).and.not.include('Nobody');
  });

  it('tells of a key from creation to its end, with the change of the registry', async () => {
    const since = await aMoment();
    const as = await user('acme');
    const key = await newApiKey('acme');
    const { body } = await call('POST', `${key.path}/rotate`, { as, body: {} });
    await call('POST', `${key.path}/rotate/complete`, { as });
    await call('DELETE', `/v1/tenant/api-keys/${body.client_id}`, { as });
    // Keys of other tests end meanwhile.
    const own = [key.clientId, body.client_id as string];
    const events = (await eventsSince(since)).filter(
      ({ type, target }) => /^api_key\./.test(type) && own.includes(target!),
    );
    // A job's event and the registry's wait in outboxes of their own: no order is promised between them.
    expect(events.map(({ type, target }) => [type, target])).to.have.deep.members([
      ['api_key.created', key.clientId],
      ['api_key.rotated', key.clientId],
      ['api_key.rotation_completed', key.clientId],
      ['api_key.revoked', body.client_id],
    ]);
  });

  it('tells that a key ended by itself', async () => {
    const worker = await (await world()).startWorker('worker-audit', { UPKEEP_SECONDS: '1' });
    try {
      const soon = new Date(Date.now() + 5_000).toISOString();
      const { clientId, as } = await newApiKey('acme', { expires_at: soon });
      const ofKey = () => auditEvents({ type: 'api_key.expired', target: clientId });
      await until(async () => (await ofKey()).length > 0);
      expect((await ofKey())[0]).to.deep.include({ principal: { kind: 'system' }, tenant_id: 'acme' });
      expect((await call('GET', '/v1/tenant', { as })).status).to.equal(401);
    } finally {
      await worker.stop();
    }
  });

  it('tells of an import when it is taken and when it is done', async () => {
    const { body } = await call('POST', '/v1/user-imports', {
      as: await apiKey('acme'),
      body: [{ email: newEmail() }],
    });
    const events = () => auditEvents({ target: body.id as string });
    await until(async () => (await events()).length === 2);
    expect(byTime(await events()).map(({ type, outcome }) => [type, outcome])).to.deep.equal([
      ['user_import.created', 'accepted'],
      ['user_import.completed', 'succeeded'],
    ]);
  });

  it('tells a call that ends after its answer once, when it ends, and a repeat not again', async () => {
    const requestId = randomUUID();
    const headers = { prefer: 'respond-async', 'x-request-id': requestId, 'idempotency-key': randomUUID() };
    const options = { as: await apiKey('acme'), body: { email: newEmail() }, headers };
    expect((await call('POST', '/v1/users', options)).status).to.equal(202);
    const [event] = await eventsOf(requestId);
    expect(event).to.include({ type: 'user.created', outcome: 'succeeded', status: 201 });
    const since = await aMoment();
    expect((await call('POST', '/v1/users', { ...options, api: 1 })).status).to.be.oneOf([201, 202]);
    const again = await eventsSince(since);
    expect(again.filter(({ request_id }) => request_id === requestId)).to.deep.equal([]);
  });

  it('knows whose key it was that was good and was refused', async () => {
    const since = await aMoment();
    const { as, clientId } = await newApiKey('acme', { allowed_addresses: ['203.0.113.0/24'] });
    expect((await call('GET', '/v1/tenant', { as })).status).to.equal(403);
    const { api_key } = await demoTenant('acme');
    expect((await call('GET', '/v1/tenant', { as: basic(api_key.client_id, 'wrong') })).status).to.equal(401);
    const refused = byTime(await eventsSince(since)).filter(({ operation }) => operation === 'getTenant');
    expect(refused.map(({ code, tenant_id, principal }) => [code, tenant_id, principal])).to.deep.equal([
      ['address_not_allowed', 'acme', { kind: 'tenant', client_id: clientId }],
      ['invalid_api_key', undefined, { kind: 'nobody' }],
    ]);
  });

  it('writes down no path that is no id', async () => {
    const since = await aMoment();
    const as = await apiKey('acme');
    expect((await call('GET', '/v1/users/ada@acme.example', { as })).status).to.equal(404);
    const [event] = (await eventsSince(since)).filter(({ operation }) => operation === 'getUser');
    expect(event).to.include({ outcome: 'refused', status: 404 }).and.not.have.property('target');
  });

  it('sums up what is refused over and over, and counts all of it', async () => {
    const key = await newApiKey('acme');
    const requests = 100;
    for (let i = 0; i < requests; i += 1) await call('GET', '/v1/users', { as: key.as });
    const refused = () => auditEvents({ client_id: key.clientId, outcome: 'refused' });
    const total = async () => (await refused()).reduce((sum, { count = 1 }) => sum + count, 0);
    await until(async () => (await total()) === requests);
    expect((await refused()).length).to.be.within(20, 30);
  });

  describe('is read', () => {
    it('by filters, and page by page, newest first', async () => {
      const as = await user('acme');
      const made = await newApiKey('acme');
      for (let i = 0; i < 5; i += 1) await call('DELETE', made.path, { as });
      const of = (query: string) => call('GET', `${LOG}?target=${made.clientId}&${query}`, { as });
      await until(async () => (await of('')).body.events.length === 6);
      const all = (await of('')).body.events as AuditEvent[];
      expect(all.map(({ seq }) => seq)).to.deep.equal(all.map(({ seq }) => seq).sort((a, b) => b - a));
      const pages: AuditEvent[] = [];
      let next: string | undefined = '';
      while (next !== undefined) {
        const { body, headers } = await of(`limit=4${next && `&cursor=${next}`}`);
        pages.push(...(body.events as AuditEvent[]));
        expect(headers.has('link')).to.equal(body.next_cursor !== undefined);
        next = body.next_cursor as string | undefined;
      }
      expect(pages).to.deep.equal(all);
      const count = async (query: string) => (await of(query)).body.events.length as number;
      expect(await count('type=api_key.created')).to.equal(1);
      expect(await count('operation=deleteApiKey')).to.equal(5);
      expect(await count('outcome=refused')).to.equal(4);
      expect(await count('outcome=succeeded&operation=deleteApiKey')).to.equal(1);
      expect(
        await count(`user_id=${encodeURIComponent((await demoUser('acme', 'admin')).user_id)}`),
      ).to.equal(6);
      expect(await count('principal_kind=tenant')).to.equal(0);
      const third = all[2]!.recorded_at;
      expect(await count(`from=${third}`)).to.be.at.least(3);
      expect((await count(`from=${third}`)) + (await count(`before=${third}`))).to.equal(6);
    });

    it('as lines, all of it, streamed', async () => {
      const as = await apiKey('acme');
      const headers = { accept: 'application/x-ndjson' };
      const { status, body } = await call('GET', `${LOG}?order=oldest_first&limit=1`, { as, headers });
      expect(status).to.equal(200);
      const lines = (body as string).trimEnd().split('\n');
      expect(lines.length).to.be.above(10);
      const seqs = lines.map((line) => (JSON.parse(line) as AuditEvent).seq);
      expect(seqs).to.deep.equal(seqs.map((_, index) => seqs[0]! + index));
    });

    it('by admins and keys that may, and by nobody else', async () => {
      expect((await call('GET', LOG, { as: await user('acme', 'member') })).body.code).to.equal(
        'insufficient_role',
      );
      expect((await call('GET', LOG, { as: (await newApiKey('acme')).as })).body.code).to.equal(
        'insufficient_scope',
      );
      expect((await call('GET', LOG, { as: await app('acme') })).body.code).to.equal('caller_not_allowed');
      const { as } = await newApiKey('acme', { scopes: ['read:audit_events'] });
      expect((await call('GET', LOG, { as })).status).to.equal(200);
    });

    it('by each tenant for itself, and by the operator for all', async () => {
      for (const tenant of ['acme', 'globex'] as const) {
        await call('DELETE', '/v1/tenant/api-keys/none', { as: await user(tenant) });
        const own = async () =>
          (await call('GET', `${LOG}?limit=100`, { as: await user(tenant) })).body.events;
        await until(async () => (await own()).length > 0);
        const tenants = new Set(((await own()) as AuditEvent[]).map(({ tenant_id }) => tenant_id));
        expect(tenants).to.deep.equal(new Set([tenant]));
        const { body } = await call('GET', `/v1/audit-events?tenant_id=${tenant}&limit=100`, {
          as: await operator(),
        });
        expect(new Set((body.events as AuditEvent[]).map(({ tenant_id }) => tenant_id))).to.deep.equal(
          tenants,
        );
      }
      const all = await auditEvents();
      expect(all.map(({ recorded_at }) => recorded_at)).to.deep.equal(
        all.map((event) => event.recorded_at).sort(),
      );
      expect(new Set(all.map(({ tenant_id }) => tenant_id))).to.include.keys('acme', 'globex');
    });

    it('with a cursor that was made up, not at all', async () => {
      const { status, body } = await call('GET', `${LOG}?cursor=bm9uZQ`, { as: await user('acme') });
      expect([status, body.code]).to.deep.equal([400, 'invalid_cursor']);
    });
  });
});
