/** An endpoint is told nothing before it has agreed: which answers count as that, and what is sent until then. */
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { Webhook } from 'standardwebhooks';
import { until } from '../../support/api-keys.ts';
import { auditEvents } from '../../support/audit.ts';
import { call } from '../../support/client.ts';
import { aTenant } from '../../support/tenants.ts';
import { agree, startReceiver, type Agreement, type Receiver } from '../../support/webhook-receiver.ts';
import {
  aWebhook,
  CREATED,
  happen,
  readWebhook,
  verificationsOf,
  type MadeWebhook,
} from '../../support/webhooks.ts';
import { world, WORLD_MS } from '../../support/world.ts';

const answers =
  (status: number, type: string, body: (challenge: string, request: string) => string): Agreement =>
  (challenge, { body: request }, response) =>
    void response.writeHead(status, { 'content-type': type }).end(body(challenge, request));
const json = (body: (challenge: string) => unknown, status = 200) =>
  answers(status, 'application/json', (challenge) => JSON.stringify(body(challenge)));

const REFUSALS: Record<string, Agreement> = {
  'with nothing': (_, __, response) => void response.writeHead(200).end(),
  'with 204': (_, __, response) => void response.writeHead(204).end(),
  'with what it was sent': answers(200, 'application/json', (_, request) => request),
  'with what it was sent, in an envelope': answers(200, 'application/json', (_, request) =>
    JSON.stringify({ data: request, json: JSON.parse(request) as unknown }),
  ),
  'with the challenge as plain text': answers(200, 'text/plain', (challenge) => challenge),
  'with the challenge as a JSON string': json((challenge) => challenge),
  'with the challenge in a list': json((challenge) => [{ challenge }]),
  'with another challenge': json(() => ({ challenge: 'x'.repeat(43) })),
  'with a part of it': json((challenge) => ({ challenge: challenge.slice(0, -1) })),
  'with a challenge that is no text': json((challenge) => ({ challenge: [challenge] })),
  'with null': json(() => null),
  'with HTML': answers(200, 'text/html', () => '<html>ok</html>'),
  'with the challenge and 404': json((challenge) => ({ challenge }), 404),
  'with the challenge and a redirect': json((challenge) => ({ challenge }), 307),
  'with the challenge behind more than is read': json((challenge) => ({
    more: 'x'.repeat(8_192),
    challenge,
  })),
};

describe('an endpoint that has not agreed', () => {
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

  async function receiver(how: Agreement = agree): Promise<Receiver> {
    const started = await startReceiver();
    started.agreement(how);
    receivers.push(started);
    return started;
  }
  async function webhook(url: string, more: object = {}): Promise<MadeWebhook> {
    const one = await aWebhook(as, url, more);
    made.push(one);
    return one;
  }
  const isEnabled = async (hook: MadeWebhook) => (await readWebhook(as, hook)).status === 'enabled';
  const triedAt = (hook: MadeWebhook, count: number) =>
    until(async () => (await verificationsOf(as, hook)).length === count);

  it('is asked with a signed challenge, and is told of what has happened since when it has agreed', async () => {
    const endpoint = await receiver(REFUSALS['with nothing']);
    const { status, body } = await call('POST', '/v1/tenant/webhooks', {
      as,
      body: { url: endpoint.url, event_types: [CREATED] },
    });
    expect([status, body.status]).to.deep.equal([201, 'unverified']);
    const hook = {
      id: body.id as string,
      path: `/v1/tenant/webhooks/${body.id}`,
      secret: body.secret as string,
    };
    made.push(hook);
    const id = await happen(as);
    await triedAt(hook, 1);
    const [asked] = endpoint.verifications;
    const message = new Webhook(hook.secret).verify(asked!.body, asked!.headers) as typeof asked & object;
    expect(message).to.have.nested.property('data.webhook_id', hook.id);
    expect(await readWebhook(as, hook)).to.not.have.property('verified_at');
    const [tried] = await verificationsOf(as, hook);
    expect(tried).to.include({ attempt: 1, result: 'failed', status: 200, error: 'not_agreed' });
    expect(tried!.event_id).to.equal(asked!.headers['webhook-id']);

    endpoint.agreement(agree);
    expect((await call('POST', `${hook.path}/test`, { as })).status).to.equal(202);
    await until(() => endpoint.received.length === 2);
    expect(endpoint.received.map(({ message: { type } }) => type)).to.have.members([
      CREATED,
      'webhook.tested',
    ]);
    expect(endpoint.received.map(({ message: { data } }) => data['request_id'])).to.include(id);
    const [first, second] = endpoint.verifications.map(({ message: { data } }) => data['challenge']);
    expect(first)
      .to.match(/^[\w-]{43}$/)
      .and.not.equal(second);
    expect((await readWebhook(as, hook)).verified_at).to.be.a('string');
    await until(async () =>
      (await auditEvents({ target: hook.id })).some(({ type }) => type === 'webhook.verified'),
    );
    // It is not asked again.
    await call('POST', `${hook.path}/test`, { as });
    await until(() => endpoint.received.length === 3);
    expect(endpoint.verifications).to.have.length(2);
  });

  for (const [what, refusal] of Object.entries(REFUSALS))
    it(`has not by answering ${what}`, async () => {
      const [endpoint, other] = [await receiver(refusal), await receiver()];
      const hook = await webhook(endpoint.url);
      await triedAt(hook, 1);
      await webhook(other.url);
      await happen(as);
      await until(() => other.received.length === 1);
      expect(await readWebhook(as, hook)).to.include({ status: 'unverified', pending: 0 });
      expect(endpoint.received).to.deep.equal([]);
    });

  it('is asked three times at most, and 410 is the end of it; that is told', async () => {
    const [silent, gone] = [await receiver(REFUSALS['with 204']), await receiver(json(() => ({}), 410))];
    const hook = await webhook(silent.url);
    const redis = new Redis((await world()).redis);
    for (const count of [1, 2, 3]) {
      await triedAt(hook, count);
      if (count === 3) break;
      // The time in between goes by.
      await redis.hset(`trivium:{registry}:webhook-state:${hook.id}`, 'verification_at', Date.now());
      await redis.zadd(
        'trivium:{registry}:webhooks-due',
        Date.now(),
        `${(await call('GET', '/v1/tenant', { as })).body.id} ${hook.id}`,
      );
    }
    redis.disconnect();
    const ended = async (id: string) =>
      (await auditEvents({ target: id })).filter(({ type }) => type === 'webhook.verification_failed').length;
    await until(async () => (await ended(hook.id)) === 1);
    expect((await verificationsOf(as, hook)).map(({ result }) => result)).to.deep.equal([
      'given_up',
      'failed',
      'failed',
    ]);
    const other = await webhook(gone.url);
    await until(async () => (await ended(other.id)) === 1);
    expect(gone.verifications).to.have.length(1);
    expect(await readWebhook(as, other)).to.include({ status: 'unverified' });
  });

  it('is one at a URL that a webhook is moved to, and nothing goes there before it agrees', async () => {
    const [before, after] = [await receiver(), await receiver(REFUSALS['with 204'])];
    const hook = await webhook(before.url);
    await until(() => isEnabled(hook));
    const { body } = await call('PATCH', hook.path, { as, body: { url: after.url } });
    expect(body).to.include({ status: 'unverified' }).and.to.not.have.property('verified_at');
    const id = await happen(as);
    await until(() => after.verifications.length === 1);
    const replay = { as, body: { from: new Date(0).toISOString() } };
    expect((await call('POST', `${hook.path}/replay`, replay)).status).to.equal(202);
    expect([before.received.length, after.received.length]).to.deep.equal([0, 0]);
    after.agreement(agree);
    await call('POST', `${hook.path}/test`, { as });
    await until(() => after.received.some(({ message }) => message.data['request_id'] === id));
    expect([before.received.length, before.verifications.length]).to.deep.equal([0, 1]);
    // The same URL again is no move.
    const same = await call('PATCH', hook.path, {
      as,
      body: { url: after.url, event_types: [CREATED, 'user.created'] },
    });
    expect(same.body.status).to.equal('enabled');
  });

  it('is not told of what happened after its time was over, but of what happens from its next verification on', async () => {
    const endpoint = await receiver(REFUSALS['with 204']);
    const hook = await webhook(endpoint.url);
    await triedAt(hook, 1);
    const redis = new Redis((await world()).redis);
    await redis.hset(`trivium:{registry}:webhook-state:${hook.id}`, 'verification_ends', Date.now() - 1_000);
    redis.disconnect();
    const missed = await happen(as);
    await until(async () =>
      (await auditEvents({ type: CREATED })).some(({ request_id }) => request_id === missed),
    );
    endpoint.agreement(agree);
    await call('POST', `${hook.path}/test`, { as });
    await until(() => isEnabled(hook));
    const told = await happen(as);
    await until(() => endpoint.received.some(({ message }) => message.data['request_id'] === told));
    expect(endpoint.received.map(({ message }) => message.data['request_id'])).to.not.include(missed);
  });
});
