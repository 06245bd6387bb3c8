/** What is changed at the authority, and not through this API: delivered by an event stream of the real stand-in. */
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import * as undici from 'undici';
import { adopt, existingUsers } from '../support/adoptions.ts';
import { letIn, registerApp } from '../support/apps.ts';
import { until } from '../support/api-keys.ts';
import { auditEvents, type AuditEvent } from '../support/audit.ts';
import { management } from '../support/authority.ts';
import { apiKey, app, operator, tenantToken, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import {
  deliver,
  delivery,
  EVENTS_PATH,
  makeEventStream,
  whenProcessed,
  writeTokens,
} from '../support/event-stream.ts';
import { redisValues } from '../support/redis-values.ts';
import { startReceiver } from '../support/webhook-receiver.ts';
import { aWebhook } from '../support/webhooks.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { AuthorityEventStore } from '../../src/authority-events/authority-event-store.ts';
import { keys } from '../../src/redis/keys.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { ordersDeployment, type OrdersDeployment } from '../gateway/orders-deployment.ts';
import { acceptWebSockets } from '../gateway/web-socket-service.ts';
import { aUserOf } from '../http/a-user-of.ts';
import { watchAtBoth } from '../http/open-stream.ts';
import { aPausedImport } from '../http/things-to-stream.ts';

describe('what happens at the authority', () => {
  const first = writeTokens();
  const second = randomBytes(32).toString('base64');
  const { file, token } = writeTokens(first.token, second);
  const authority = `Bearer ${token}`;
  let own: OrdersDeployment;
  before(async function () {
    this.timeout(WORLD_MS);
    const noLog = { AUTH0_LOG_POLL_SECONDS: '0' };
    own = await ordersDeployment({
      services: (services) =>
        services.replace(/(getOrder: \{ user: .*?), apiKey(.*) \}/, '$1, apiKey$2, websocket: true }'),
      apiSettings: { AUTH0_EVENTS_TOKEN_FILE: file, METRICS_ALLOWED_ADDRESSES: '127.0.0.1,::1', ...noLog },
      workerSettings: { ...noLog, WEBHOOK_RETRY_SECONDS: '0.2,0.2' },
    });
    await makeEventStream(own.api, token);
  });
  after(() => own?.end());

  /** Types of events elsewhere about a user, as its tenant reads them, oldest first. */
  async function elsewhere(userId: string): Promise<AuditEvent[]> {
    const events = await auditEvents({ target: userId });
    return events.filter(({ type }) => type.endsWith('_elsewhere'));
  }
  const typesOf = async (userId: string) => (await elsewhere(userId)).map(({ type }) => type);
  async function untilRecorded(userId: string, ...types: string[]): Promise<void> {
    await until(async () => (await typesOf(userId)).length >= types.length);
    await whenProcessed();
    expect(await typesOf(userId)).to.deep.equal(types);
  }
  /** At both processes. */
  const statusesOf = async (as: string) =>
    Promise.all(([0, 1] as const).map(async (api) => (await call('GET', '/v1/me', { as, api })).status));
  const untilStatus = (as: string, status: number) =>
    until(async () => (await statusesOf(as)).every((one) => one === status));
  const change = async (id: string, body: object) => (await management()).users.update(id, body);

  it('refuses a user who is blocked there, at every process, also on what is open; and lets in who is unblocked', async () => {
    const receiver = await startReceiver();
    const hook = await aWebhook(await user('acme'), receiver.url, {
      event_types: ['user.blocked_elsewhere', 'user.unblocked_elsewhere'],
    });
    const handshakes = acceptWebSockets(own.service.server);
    const someone = await aUserOf('acme', ['admin']);
    const path = await aPausedImport(await apiKey('acme'));
    const streams = await watchAtBoth(path, someone.as);
    const socket = new undici.WebSocket(`${own.api.replace('http:', 'ws:')}/orders/orders/7`, {
      headers: { authorization: someone.as },
    });
    const closed = new Promise<void>((resolve) => (socket.onclose = () => resolve()));
    await new Promise<void>((resolve, reject) => {
      socket.onmessage = () => resolve();
      socket.onerror = () => reject(new Error('no connection'));
    });

    await change(someone.id, { blocked: true });
    await untilStatus(someone.as, 401);
    for (const stream of streams) {
      expect(await stream.ended).to.equal('whole');
      expect(stream.reason()?.code).to.equal('invalid_token');
    }
    await Promise.all([closed, handshakes[0]!.closed]);
    await untilRecorded(someone.id, 'user.blocked_elsewhere');
    const [event] = await elsewhere(someone.id);
    expect(event).to.deep.include({
      tenant_id: 'acme',
      principal: { kind: 'authority' },
      outcome: 'succeeded',
    });
    expect(JSON.stringify(event)).not.to.include('@');

    await change(someone.id, { blocked: false });
    await untilStatus(someone.as, 200);
    await untilRecorded(someone.id, 'user.blocked_elsewhere', 'user.unblocked_elsewhere');
    await until(() => receiver.received.length >= 2);
    const told = receiver.received.map(({ message }) => [message.type, message.data['target']]);
    expect(told).to.deep.equal([
      ['user.blocked_elsewhere', someone.id],
      ['user.unblocked_elsewhere', someone.id],
    ]);
    await call('POST', `${path}/cancel`, { as: await apiKey('acme') });
    await call('DELETE', hook.path, { as: await user('acme') });
    await receiver.close();
  });

  it('refuses a third-party app that acts for such a user', async () => {
    const registered = await registerApp({ client_name: 'Acting' });
    const { as, user: acting } = await letInSomebody(registered);
    await untilStatus(as, 200);
    await change(acting, { blocked: true });
    await untilStatus(as, 401);
    await change(acting, { blocked: false });
    await untilStatus(as, 200);
  });

  /** A user of acme's who is signed in nowhere else. */
  async function letInSomebody(registered: Awaited<ReturnType<typeof registerApp>>) {
    const { as } = await letIn(registered, 'acme', { scope: 'read:users' });
    const { body } = await call('GET', '/v1/me', { as });
    return { as, user: String(body.user_id) };
  }

  it('refuses a user who is deleted there', async () => {
    const someone = await aUserOf('acme', ['member']);
    await untilStatus(someone.as, 200);
    await (await management()).users.delete(someone.id);
    await untilStatus(someone.as, 401);
    await untilRecorded(someone.id, 'user.deleted_elsewhere');
  });

  it('narrows a user who loses a role there', async () => {
    const someone = await aUserOf('acme', ['admin']);
    const statusOf = async () => (await call('GET', '/v1/tenant/api-keys', { as: someone.as })).status;
    expect(await statusOf()).to.equal(200);
    await change(someone.id, { app_metadata: { tenant_id: 'acme', roles: ['member'] } });
    await until(async () => (await statusOf()) === 403);
    expect(await statusesOf(someone.as)).to.deep.equal([200, 200]);
    await untilRecorded(someone.id, 'user.changed_elsewhere');
  });

  it('records nothing of our own changes, whose events come, too', async () => {
    const admin = await user('acme');
    const someone = await aUserOf('acme', ['member']);
    const changes: [string, string, object?][] = [
      ['PATCH', '', { name: 'Ada' }],
      ['PATCH', '', { blocked: true }],
      ['PUT', '/roles', { roles: ['admin'] }],
      ['PATCH', '', { blocked: false }],
      ['DELETE', ''],
    ];
    for (const [method, tail, body] of changes)
      expect((await call(method, someone.path + tail, { as: admin, body })).status).to.be.below(300);
    // A change by somebody else, after which all of those have been delivered.
    const other = await aUserOf('acme', ['member']);
    await change(other.id, { name: 'Grace' });
    await untilRecorded(other.id, 'user.changed_elsewhere');
    await until(async () => (await deliveredOf(someone.id)) >= 1 + changes.length);
    await whenProcessed();
    expect(await typesOf(someone.id)).to.deep.equal([]);
  });

  it('records nothing of users who are adopted, either', async () => {
    const { ids } = await existingUsers(2);
    const { status, body } = await adopt('acme', { user_ids: ids });
    expect([status, body.adopted]).to.deep.equal([200, 2]);
    await until(async () => (await Promise.all(ids.map(deliveredOf))).every((count) => count >= 2));
    await whenProcessed();
    expect(await Promise.all(ids.map(typesOf))).to.deep.equal([[], []]);
  });

  /** Deliveries about a user, as the stand-in counts them. */
  async function deliveredOf(userId: string): Promise<number> {
    const sdk = await management();
    const [stream] = (await sdk.eventStreams.list({})).data as { id: string }[];
    const page = await fetch(
      `${(await world()).authority}api/v2/event-streams/${stream!.id}/deliveries?take=100`,
      {
        headers: { authorization: await managementToken() },
      },
    );
    const { deliveries } = (await page.json()) as { deliveries: { status: string; event: object }[] };
    return deliveries.filter(
      ({ status, event }) => status === 'delivered' && JSON.stringify(event).includes(userId),
    ).length;
  }
  async function managementToken(): Promise<string> {
    const { authority: at, operator: client } = await world();
    const answer = await fetch(`${at}oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials', ...client, audience: `${at}api/v2/` }),
    });
    return `Bearer ${((await answer.json()) as { access_token: string }).access_token}`;
  }

  it('keeps no trace of people who belong to no tenant', async () => {
    const sdk = await management();
    const [connection] = (await sdk.connections.list({ strategy: 'auth0' } as object)).data;
    const made = await sdk.users.create({
      connection: connection!.name!,
      email: 'nobody-in-particular@elsewhere.example',
      password: `Aa1-${randomBytes(12).toString('hex')}`,
    });
    await change(made.user_id!, { blocked: true, app_metadata: { tenant_id: 'no-such-tenant' } });
    await change(made.user_id!, { app_metadata: { tenant_id: null } });
    await sdk.users.delete(made.user_id!);
    await until(async () => (await deliveredOf(made.user_id!)) >= 4);
    await whenProcessed();
    const redis = new Redis((await world()).redis);
    for await (const [key, text] of redisValues(redis)) {
      expect(key + text).not.to.include('nobody-in-particular');
      expect(key + text).not.to.include(made.user_id);
    }
    redis.disconnect();
  });

  describe('as a delivery', () => {
    const blocked = (id: string, more: object = {}, event: object = {}) =>
      delivery(
        'user.updated',
        {
          user_id: id,
          blocked: true,
          updated_at: new Date().toISOString(),
          app_metadata: { tenant_id: 'acme' },
          ...more,
        },
        { ...event },
      );

    it('is taken with either token, and with no other credential', async () => {
      const ping = delivery('group.created', {});
      for (const one of [token, second]) expect((await deliver(ping, `Bearer ${one}`)).status).to.equal(204);
      const callers: (string | undefined)[] = [
        undefined,
        'Bearer bm90IGEgdG9rZW4',
        `Basic ${Buffer.from(`authority:${token}`).toString('base64')}`,
        await user('acme'),
        await apiKey('acme'),
        await tenantToken('acme'),
        await app('acme'),
        await operator(),
      ];
      const someone = await aUserOf('acme', ['member']);
      for (const as of callers) {
        const { status, body } = await deliver(blocked(someone.id), as);
        expect(status).to.equal(401);
        expect(body.code).to.equal(as === undefined ? 'authentication_required' : 'invalid_token');
      }
      await whenProcessed();
      expect(await statusesOf(someone.as)).to.deep.equal([200, 200]);
    });

    it('is the only thing that the token is for', async () => {
      const refused: Record<string, number> = {};
      for (const { id, method, path, security, body, isOpen } of loadContract().operations.values()) {
        if (security.size === 0 || id === 'receiveAuthorityEvent') continue;
        const answer = await fetch(own.api + path.replaceAll(/\{\w+\}/g, 'acme'), {
          method: method.toUpperCase(),
          headers: { authorization: authority, ...(body && { 'content-type': 'application/json' }) },
          ...(body && { body: '{}' }),
        });
        await answer.body?.cancel();
        if (answer.status !== 401 && !isOpen) refused[id] = answer.status;
      }
      expect(refused).to.deep.equal({});
    });

    it('is processed once, however often and wherever it comes', async () => {
      const someone = await aUserOf('acme', ['member']);
      const event = blocked(someone.id);
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, i) => deliver(event, authority, own.apis[i % 2 === 0 ? 0 : 1])),
      );
      expect(answers.map(({ status }) => status)).to.deep.equal(Array(12).fill(204));
      await untilRecorded(someone.id, 'user.blocked_elsewhere');
      await deliver(event, authority);
      await untilRecorded(someone.id, 'user.blocked_elsewhere');
    });

    it('undoes no newer state when it comes late', async () => {
      const someone = await aUserOf('acme', ['member']);
      const before = new Date().toISOString();
      await change(someone.id, { blocked: true });
      await untilStatus(someone.as, 401);
      await change(someone.id, { blocked: false });
      await untilStatus(someone.as, 200);
      await deliver(blocked(someone.id, { updated_at: before }, { time: before }), authority);
      await whenProcessed();
      expect(await statusesOf(someone.as)).to.deep.equal([200, 200]);
    });

    it('gives nobody anything: what would allow is read at the authority', async () => {
      const member = await aUserOf('acme', ['member']);
      const gives = delivery('user.updated', {
        user_id: member.id,
        updated_at: new Date(Date.now() + 60_000).toISOString(),
        app_metadata: { tenant_id: 'acme', roles: ['admin'] },
      });
      await deliver(gives, authority);
      const someone = await aUserOf('acme', ['member']);
      await change(someone.id, { blocked: true });
      await untilStatus(someone.as, 401);
      const lets = {
        user_id: someone.id,
        blocked: false,
        app_metadata: { tenant_id: 'acme', roles: ['member'] },
      };
      await deliver(
        delivery('user.updated', { ...lets, updated_at: new Date(Date.now() + 60_000).toISOString() }),
        authority,
      );
      await untilRecorded(member.id, 'user.changed_elsewhere');
      await until(async () => (await typesOf(someone.id)).length === 2);
      await whenReread();
      const status = (as: string) => call('GET', '/v1/tenant/api-keys', { as });
      expect((await status(member.as)).status).to.equal(403);
      expect(await statusesOf(someone.as)).to.deep.equal([401, 401]);
    });

    it('has a user read again when the authority fails, and not at once: each reading takes a call', async () => {
      const someone = await aUserOf('acme', ['admin']);
      await whenReread();
      const redis = new Redis((await world()).redis);
      const effect = { kind: 'answer', status: 503, body: {} } as const;
      const fault = await own.control.addFault({ method: 'GET', path: '/api/v2/users/{id}', effect });
      const began = performance.now();
      await change(someone.id, { app_metadata: { tenant_id: 'acme', roles: ['member'] } });
      const turn = async () => Number(await redis.zscore(keys.authorityRereads, `acme ${someone.id}`));
      let first = 0;
      await until(async () => (first = await turn()) > 0);
      // Each failure moves it by 30 s; what is seen first may have failed already.
      await until(async () => (await turn()) - first >= 3 * 30_000);
      expect(performance.now() - began).to.be.at.least(500 + 1_000);
      await own.control.removeFault(fault.id);
      await until(async () => (await call('GET', '/v1/tenant/api-keys', { as: someone.as })).status === 403);
      redis.disconnect();
    });

    /** Until no user is to be read at the authority. */
    async function whenReread(): Promise<void> {
      const redis = new Redis((await world()).redis);
      await until(async () => (await redis.exists(keys.authorityRereads)) === 0);
      redis.disconnect();
    }

    it('is refused when it is malformed, and forgotten when it is of another kind', async () => {
      const statusOf = async (body: unknown) => (await deliver(body, authority)).status;
      expect(await statusOf('{')).to.be.oneOf([400, 415]);
      expect(await statusOf({})).to.equal(422);
      expect(await statusOf(delivery('user.updated', {}))).to.equal(422);
      expect(await statusOf(delivery('user.updated', { user_id: 7 }))).to.equal(422);
      expect(
        await statusOf(delivery('organization.member.added', { user: { user_id: 'auth0|1' } })),
      ).to.equal(422);
      expect(await statusOf({ ...delivery('user.updated', { user_id: 'auth0|1' }), time: 'now' })).to.equal(
        422,
      );
      const long = `${new Date().toISOString().slice(0, -1)}${'0'.repeat(1_000)}Z`;
      expect(await statusOf(delivery('user.updated', { user_id: 'auth0|1' }, { time: long }))).to.equal(422);
      expect(await statusOf(delivery('organization.updated', { id: 'org_1' }))).to.equal(204);
      const someone = await aUserOf('acme', ['member']);
      expect(await statusOf(blocked(someone.id, {}, { a0purpose: 'test' }))).to.equal(204);
      await whenProcessed();
      expect(await statusesOf(someone.as)).to.deep.equal([200, 200]);
    });

    it('delays nobody else when there are many', async () => {
      const [someone, many] = await Promise.all([aUserOf('globex', ['member']), aUserOf('acme', ['member'])]);
      const flood = Array.from({ length: 400 }, () =>
        deliver(blocked(many.id, { blocked: false }), authority),
      );
      await (await management()).users.update(someone.id, { blocked: true });
      await untilStatus(someone.as, 401);
      await (await management()).users.update(someone.id, { blocked: false });
      await untilStatus(someone.as, 200);
      const answers = await Promise.all(flood);
      expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([204]));
    });

    it('is processed behind one that cannot be', async () => {
      const redis = new Redis((await world()).redis);
      const broken = { id: 'broken', kind: 'changed', userId: 'auth0|1', time: 'never', claims: [] } as const;
      const claims = [{ tenantId: 'acme' }];
      await new AuthorityEventStore(redis).add({ ...broken, claims });
      const someone = await aUserOf('acme', ['member']);
      await deliver(blocked(someone.id), authority);
      await untilStatus(someone.as, 401);
      const [[entry = ''] = []] = await redis.xrange(keys.authorityInbox, '-', '+');
      await redis.xdel(keys.authorityInbox, entry);
      redis.disconnect();
    });

    it('is shown in metrics, by what came of it and what tells of changes', async () => {
      const { body } = await call('GET', '/metrics');
      expect(body).to.match(/trivium_authority_deliveries_total\{result="added"\} [1-9]/);
      expect(body).to.include('trivium_authority_events_source{source="stream"} 1');
      expect(body).to.match(/trivium_authority_events_last_seconds\{source="stream"\} 1[0-9]{9}/);
    });

    it('is lost at no kill: what was answered is processed by the next worker', async () => {
      const someone = await aUserOf('acme', ['member']);
      await own.parts.worker.stop('SIGKILL');
      const { status } = await deliver(blocked(someone.id), authority);
      expect(status).to.equal(204);
      expect(await statusesOf(someone.as)).to.deep.equal([200, 200]);
      await own.startWorker('worker-next', { AUTH0_LOG_POLL_SECONDS: '0' });
      await untilStatus(someone.as, 401);
      await untilRecorded(someone.id, 'user.blocked_elsewhere');
    });
  });

  it('has one operation, which pages of other origins may not call', () => {
    const operation = loadContract().operations.get('receiveAuthorityEvent')!;
    expect(operation).to.include({ path: EVENTS_PATH, isForAnyOrigin: false, event: undefined });
  });
});
