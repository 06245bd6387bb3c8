/** What endpoints of tenants get, from a real worker over real HTTP, and what becomes of it when they do not take it in. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { Webhook } from 'standardwebhooks';
import { until } from '../support/api-keys.ts';
import { aMoment, eventsSince } from '../support/audit.ts';
import { call } from '../support/client.ts';
import { aTenant } from '../support/tenants.ts';
import { startReceiver, type Received, type Receiver } from '../support/webhook-receiver.ts';
import {
  aWebhook,
  CREATED,
  deliveriesOf,
  happen,
  happenInARow,
  readWebhook,
  type MadeWebhook,
} from '../support/webhooks.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** Of the requests that it was told of. */
const requestsOf = (received: Received[]) => received.map(({ message }) => message.data.request_id);
const isGood = (secret: string, { body, headers }: Received): boolean => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

describe('webhooks', () => {
  let as: string;
  const made: MadeWebhook[] = [];
  const receivers: Receiver[] = [];

  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    as = (await aTenant()).key;
  });
  afterEach(async () => {
    for (const { path } of made.splice(0)) await call('DELETE', path, { as });
    await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
  });

  async function receiver(): Promise<Receiver> {
    const started = await startReceiver();
    receivers.push(started);
    return started;
  }
  async function webhook(url: string, more: object = {}): Promise<MadeWebhook> {
    const one = await aWebhook(as, url, more);
    made.push(one);
    return one;
  }

  describe('that are refused with Retry-After', () => {
    const seconds = () => '2';
    const date = () => new Date(Date.now() + 3_000).toUTCString();
    const cases: [what: string, status: number, field: () => string, more: object][] = [
      ['429 and seconds', 429, seconds, {}],
      ['503 and a date', 503, date, {}],
      ['429 and a date, in order', 429, date, { ordered: true }],
    ];
    for (const [what, status, field, more] of cases)
      it(`${what}: nothing is sent before, neither that event nor another`, async () => {
        const endpoint = await receiver();
        const hook = await webhook(endpoint.url, more);
        let waitUntil = Infinity;
        const early: number[] = [];
        endpoint.answer((_, response) => {
          const now = Date.now();
          if (waitUntil === Infinity) {
            const value = field();
            waitUntil = /^\d+$/.test(value) ? now + Number(value) * 1_000 : Date.parse(value);
            response.writeHead(status, { 'retry-after': value }).end();
            return;
          }
          if (now < waitUntil) early.push(waitUntil - now);
          response.writeHead(204).end();
        });
        const first = await happen(as);
        await until(async () => (await deliveriesOf(as, hook)).length > 0);
        const second = await happen(as);
        await until(() => endpoint.taken().length === 2);
        expect(requestsOf(endpoint.received)).to.include.members([first, second]);
        expect(early, 'ms too early').to.deep.equal([]);
        const refused = (await deliveriesOf(as, hook)).find((one) => one.status === status)!;
        expect(Date.parse(refused.next_at!)).to.be.at.least(waitUntil);
      });
  });

  describe('tell', () => {
    it('of what was chosen and of nothing else, signed, with ids only', async () => {
      const since = await aMoment();
      const endpoint = await receiver();
      const { secret } = await webhook(endpoint.url);
      const id = await happen(as);
      await call('GET', '/v1/tenant/initial-access-tokens', { as });
      const last = await happen(as);
      await until(() => requestsOf(endpoint.received).includes(last));
      expect(requestsOf(endpoint.received)).to.have.members([id, last]);
      const [first] = endpoint.received;
      expect(first!.headers['content-type']).to.equal('application/json');
      const told = new Webhook(secret).verify(first!.body, first!.headers);
      const event = (await eventsSince(since)).find(({ request_id }) => request_id === id)!;
      const { type, time, address: _address, recorded_at: _recorded, ...data } = event;
      expect(told).to.deep.equal({ type, timestamp: time, data });
      expect(first!.headers['webhook-id']).to.equal(event.id);
      // The control: another secret, another body.
      expect(isGood(`whsec_${Buffer.alloc(32, 1).toString('base64')}`, first!)).to.equal(false);
      expect(isGood(secret, { ...first!, body: first!.body.replace(id, last) })).to.equal(false);
    });

    it('of users, imports and keys, whoever does the work', async () => {
      const endpoint = await receiver();
      const event_types = ['user.created', 'user_import.completed', 'api_key.revoked', 'request.refused'];
      await webhook(endpoint.url, { event_types });
      const email = (name: string) => `${name}-${randomUUID()}@hooks.example`;
      const { body: created } = await call('POST', '/v1/users', { as, body: { email: email('a') } });
      const rows = [{ email: email('b') }];
      const { headers } = await call('POST', '/v1/user-imports', { as, body: rows });
      const key = { name: 'A key', scopes: ['read:tenant'] };
      const { body: made } = await call('POST', '/v1/tenant/api-keys', { as, body: key });
      await call('DELETE', `/v1/tenant/api-keys/${made.client_id}`, { as });
      await call('GET', `/v1/tenant/webhooks/${randomUUID()}`, { as });
      await until(() => endpoint.received.length === 4);
      const told = endpoint.received.map(({ message: { type, data } }) => [type, data.target]);
      expect(told).to.deep.include.members([
        ['user.created', created.user_id],
        ['user_import.completed', headers.get('location')!.split('/').at(-1)],
        ['api_key.revoked', made.client_id],
      ]);
      expect(endpoint.received.map(({ body }) => body).join()).to.not.include('@hooks.example');
    });

    it('on demand, whatever was chosen, and only the one that is tried', async () => {
      const [endpoint, other] = [await receiver(), await receiver()];
      const { path, id } = await webhook(endpoint.url);
      await webhook(other.url);
      expect((await call('POST', `${path}/test`, { as })).status).to.equal(202);
      await until(() => endpoint.received.length > 0);
      expect(endpoint.received[0]!.message.type).to.equal('webhook.tested');
      expect(endpoint.received[0]!.message.data.target).to.equal(id);
      await happen(as);
      await until(() => other.received.length > 0);
      expect(other.received.map(({ message }) => message.type)).to.deep.equal([CREATED]);
    });

    it('with both secrets while the old one is still good', async () => {
      const endpoint = await receiver();
      const { path, secret } = await webhook(endpoint.url);
      const next = async () => {
        const before = endpoint.received.length;
        await call('POST', `${path}/test`, { as });
        await until(() => endpoint.received.length > before);
        return endpoint.received.at(-1)!;
      };
      const rotate = async (overlap_seconds: number) =>
        (await call('POST', `${path}/rotate-secret`, { as, body: { overlap_seconds } })).body
          .secret as string;
      const second = await rotate(60);
      const overlapping = await next();
      expect(overlapping.headers['webhook-signature']!.split(' ')).to.have.length(2);
      expect([isGood(secret, overlapping), isGood(second, overlapping)]).to.deep.equal([true, true]);
      const short = await rotate(1);
      expect(isGood(secret, await next()), 'the one before the last').to.equal(false);
      await until(async () => !isGood(second, await next()));
      const third = await rotate(0);
      const after = await next();
      expect([short, third].map((one) => isGood(one, after))).to.deep.equal([false, true]);
      expect(after.headers['webhook-signature']!.split(' ')).to.have.length(1);
    });

    it('again from a time on, with the same ids', async () => {
      const endpoint = await receiver();
      const hook = await webhook(endpoint.url, { ordered: true });
      await happen(as);
      await until(() => endpoint.received.length === 1);
      const from = (await aMoment()).toISOString();
      await happenInARow(as, 2);
      await until(() => endpoint.received.length === 3);
      const replayed = await call('POST', `${hook.path}/replay`, { as, body: { from } });
      expect(replayed.status).to.equal(202);
      await until(() => endpoint.received.length === 5);
      const ids = endpoint.taken();
      expect(ids.slice(3)).to.deep.equal(ids.slice(1, 3));
      const future = new Date(Date.now() + 60_000).toISOString();
      const refused = await call('POST', `${hook.path}/replay`, { as, body: { from: future } });
      expect([refused.status, refused.body.errors[0].code]).to.deep.equal([422, 'in_future']);
      const ahead = new Date(Date.now() + 2_000).toISOString();
      const present = await call('POST', `${hook.path}/replay`, { as, body: { from: ahead } });
      expect(present.status, 'by a clock that is two seconds ahead').to.be.oneOf([202, 409]);
    });
  });

  describe('try again', () => {
    it('what was answered with 500 for a while, under the same id, and say so', async () => {
      const endpoint = await receiver();
      const hook = await webhook(endpoint.url);
      endpoint.answer(
        (_, response) => void response.writeHead(endpoint.received.length < 3 ? 500 : 200).end(),
      );
      await happen(as);
      await until(async () => (await readWebhook(as, hook)).failing_since !== undefined);
      await until(() => endpoint.taken().length === 1);
      expect(new Set(endpoint.received.map(({ headers }) => headers['webhook-id'])).size).to.equal(1);
      await until(async () => (await readWebhook(as, hook)).pending === 0);
      expect(await readWebhook(as, hook)).to.not.have.property('failing_since');
      const log = await deliveriesOf(as, hook);
      expect(log.map(({ attempt, status, result }) => [attempt, status, result])).to.deep.equal([
        [3, 200, 'delivered'],
        [2, 500, 'failed'],
        [1, 500, 'failed'],
      ]);
      expect(log[0]!.event_id).to.equal(endpoint.received[0]!.headers['webhook-id']);
      expect(Date.parse(log[1]!.next_at!)).to.be.greaterThan(Date.parse(log[1]!.time));
    });

    it('what was not answered in time, and what could not be sent', async () => {
      const endpoint = await receiver();
      const hook = await webhook(endpoint.url);
      endpoint.answer((_, response) => {
        if (endpoint.received.length === 1) return;
        if (endpoint.received.length === 2) response.destroy();
        else response.writeHead(204).end();
      });
      await happen(as);
      await until(async () => (await deliveriesOf(as, hook)).length === 3);
      const log = await deliveriesOf(as, hook);
      expect(log.map(({ error, result }) => error ?? result)).to.deep.equal([
        'delivered',
        'unreachable',
        'timeout',
      ]);
    });

    it('what was redirected, without going there', async () => {
      const [endpoint, trap] = [await receiver(), await receiver()];
      const hook = await webhook(endpoint.url);
      const places = [trap.url, '/elsewhere', 'http://169.254.169.254/latest/meta-data/', 'http://10.0.0.1/'];
      endpoint.answer((_, response) => {
        const location = places[endpoint.received.length - 1];
        if (location === undefined) response.writeHead(204).end();
        else response.writeHead(endpoint.received.length % 2 ? 302 : 307, { location }).end();
      });
      await happen(as);
      await until(async () => (await readWebhook(as, hook)).pending === 0 && endpoint.taken().length === 1);
      const log = await deliveriesOf(as, hook);
      expect(log.map(({ status }) => status)).to.deep.equal([204, 307, 302, 307, 302]);
      expect(trap.received).to.deep.equal([]);
      expect(new Set(endpoint.received.map(({ path }) => path))).to.deep.equal(new Set(['/hook']));
    });

    it('until the tries are used up, and can be told again then', async () => {
      const endpoint = await receiver();
      endpoint.answer(500);
      const hook = await webhook(endpoint.url);
      const from = new Date().toISOString();
      await happen(as);
      await until(async () => (await deliveriesOf(as, hook))[0]?.result === 'given_up');
      const log = await deliveriesOf(as, hook);
      expect(log.map(({ attempt }) => attempt)).to.deep.equal([6, 5, 4, 3, 2, 1]);
      expect(log[0]).to.not.have.property('next_at');
      expect((await readWebhook(as, hook)).pending).to.equal(0);
      endpoint.answer(204);
      await call('POST', `${hook.path}/replay`, { as, body: { from } });
      await until(() => endpoint.taken().length === 1);
    });
  });

  describe('are disabled', () => {
    it('at once by 410, which others are told of, and go on when they are enabled', async () => {
      const [endpoint, watching] = [await receiver(), await receiver()];
      endpoint.answer(410);
      await webhook(watching.url, { event_types: ['webhook.disabled'] });
      const hook = await webhook(endpoint.url, { ordered: true });
      const [first] = await happenInARow(as, 1);
      await until(() => watching.received.length === 1);
      expect(watching.received[0]!.message.data).to.deep.include({
        target: hook.id,
        principal: { kind: 'system' },
      });
      expect(await readWebhook(as, hook)).to.include({ status: 'disabled', disabled_because: 'gone' });
      expect(endpoint.received).to.have.length(1);
      for (const [below, body] of [
        ['test', undefined],
        ['replay', { from: new Date().toISOString() }],
      ] as const) {
        const refused = await call('POST', `${hook.path}/${below}`, { as, body });
        expect([refused.status, refused.body.code]).to.deep.equal([409, 'webhook_disabled']);
      }
      endpoint.answer(204);
      const { body } = await call('PATCH', hook.path, { as, body: { status: 'enabled' } });
      expect(body).to.include({ status: 'enabled' }).and.to.not.have.property('disabled_because');
      await until(() => endpoint.received.length === 2);
      expect(requestsOf(endpoint.received)).to.deep.equal([first, first]);
    });

    it('when nothing has arrived for days, with an event', async () => {
      const since = await aMoment();
      const endpoint = await receiver();
      endpoint.answer(500);
      const hook = await webhook(endpoint.url);
      await happen(as);
      await until(async () => (await deliveriesOf(as, hook)).length > 0);
      const redis = new Redis((await world()).redis);
      const days = 73 * 3_600_000;
      await redis.hset(`trivium:{registry}:webhook-state:${hook.id}`, {
        failing_since: Date.now() - days,
        paused_until: 0,
      });
      redis.disconnect();
      await until(async () => (await readWebhook(as, hook)).status === 'disabled');
      expect((await readWebhook(as, hook)).disabled_because).to.equal('failing');
      const told = (await eventsSince(since)).filter(({ type }) => type === 'webhook.disabled');
      expect(told.map(({ target }) => target)).to.deep.equal([hook.id]);
    });

    it('by their tenant, and what happens then is passed over', async () => {
      const endpoint = await receiver();
      const hook = await webhook(endpoint.url);
      const { body } = await call('PATCH', hook.path, { as, body: { status: 'disabled' } });
      expect(body).to.include({ status: 'disabled', disabled_because: 'asked' });
      const other = await receiver();
      await webhook(other.url);
      await happen(as);
      await until(() => other.received.length === 1);
      await call('PATCH', hook.path, { as, body: { status: 'enabled' } });
      const after = await happen(as);
      await until(() => endpoint.received.length > 0);
      expect(requestsOf(endpoint.received)).to.deep.equal([after]);
    });

    it('and pass over what happened meanwhile also when nobody looked before they were enabled', async () => {
      const endpoint = await receiver();
      const hook = await webhook(endpoint.url);
      await call('PATCH', hook.path, { as, body: { status: 'disabled' } });
      const redis = new Redis((await world()).redis);
      await redis.set('trivium:{registry}:webhook-dispatcher', 'somebody else', 'PX', 20_000);
      const since = await aMoment();
      await happen(as);
      await eventsSince(since);
      await call('PATCH', hook.path, { as, body: { status: 'enabled' } });
      await redis.del('trivium:{registry}:webhook-dispatcher');
      redis.disconnect();
      const after = await happen(as);
      await until(() => endpoint.received.length > 0);
      expect(requestsOf(endpoint.received)).to.deep.equal([after]);
    });
  });

  describe('keep', () => {
    it('the order where it is asked for: what comes behind waits for what failed', async () => {
      const endpoint = await receiver();
      endpoint.answer(
        (_, response) => void response.writeHead(endpoint.received.length < 3 ? 503 : 204).end(),
      );
      await webhook(endpoint.url, { ordered: true });
      const requests = await happenInARow(as, 6);
      await until(() => endpoint.taken().length === 6);
      expect(requestsOf(endpoint.received)).to.deep.equal([requests[0], requests[0], ...requests]);
    });

    it('going where it is not: one event that fails holds up no other', async () => {
      const endpoint = await receiver();
      let bad: unknown;
      endpoint.answer(({ message }, response) => {
        bad ??= message.data.request_id;
        response.writeHead(message.data.request_id === bad ? 500 : 204).end();
      });
      const hook = await webhook(endpoint.url);
      const requests = await happenInARow(as, 6);
      await until(() => endpoint.taken().length === 5);
      expect((await readWebhook(as, hook)).pending).to.equal(1);
      expect(new Set(requestsOf(endpoint.received))).to.deep.equal(new Set(requests));
    });

    it('others from waiting for those that are slow', async () => {
      const [slow, quick] = [await receiver(), await receiver()];
      // Never answers: each try takes as long as one may.
      slow.answer(() => undefined);
      const hooks: MadeWebhook[] = [];
      for (const place of ['/a', '/b', '/c']) hooks.push(await webhook(slow.url + place));
      hooks.push(await webhook(`${slow.url}/ordered`, { ordered: true }));
      await happen(as);
      // All of them at the same time, each with a worker's attention.
      const hanging = () => slow.received.filter(({ isOpen }) => isOpen()).map(({ path }) => path);
      await until(() => new Set(hanging()).size === hooks.length);
      const before = slow.received.length;
      await webhook(quick.url);
      await happenInARow(as, 11);
      await until(() => quick.taken().length === 11);
      // Whoever waits for the slow ones waits for four dozen tries.
      expect(slow.received.length - before).to.be.lessThan(hooks.length * 5);
      for (const hook of hooks) expect((await readWebhook(as, hook)).pending).to.equal(12);
    });
  });
});
